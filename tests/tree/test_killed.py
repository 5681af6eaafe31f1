"""A run that is killed, wherever: the next one makes every root whole, and nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import pytest

from tests.deep import sampled
from tests.tree.cut_short import CHANGES, Roots, generate, healed, laid_out, restore
from tests.tree.killing import run_apart
from tests.tree.trees import Tree

pytest.importorskip("fcntl")


def _deaths(
    tree: Tree, runs: Sequence[Roots], every: Sequence[int], first: int = 1, apart: bool = False
) -> Iterator[None]:
    """Let runs die, one after the other; each time that all have, with the disk as it then is.

    Args:
        tree: as it is before the first run.
        runs: what each was to write.
        every: of each run, how far apart the moments are at which it dies.
        first: the first moment of the first run.
        apart: with a second process.
    """
    (roots, *others), (step, *steps) = runs, every
    content = tree.content()
    for moment in count(first, step):
        restore(tree, content)
        if run_apart(generate(tree, roots, apart), moment) is not None:
            break
        if others:
            yield from _deaths(tree, others, steps, 1 + moment % steps[0], apart)
        else:
            yield


See = Callable[..., int]


@pytest.fixture
def see(tree: Tree, record_property: Callable[[str, object], None]) -> See:
    """Kill as many runs as there are steps, and heal with the last: in how many ways."""

    def call(change: str, every: Sequence[int], last: int, apart: bool = False) -> int:
        before, *runs = CHANGES[change]
        laid_out(tree, before)
        ways = 0
        for _ in _deaths(tree, runs[: len(every)], every, apart=apart):
            healed(tree, runs[last], apart)
            ways += 1
        record_property("ways", ways)
        return ways

    return call


@pytest.mark.parametrize("change", sampled({name: name for name in CHANGES}, "changed", "retired"))
def test_killed_once(see: See, change: str) -> None:
    """Wherever a run dies, the next one finishes it."""
    assert see(change, [1], 0) > 10


@pytest.mark.deep
@pytest.mark.parametrize("change", CHANGES)
def test_killed_once_and_changed(see: See, change: str) -> None:
    """Also when the job has changed since."""
    assert see(change, [1], 1) > 10


def test_killed_with_two_processes(see: See) -> None:
    """Also when a second process writes some of the roots."""
    assert see("two", [1], 0, apart=True) > 30


@pytest.mark.parametrize(
    ("change", "every"),
    [
        *(pytest.param(name, (5, 7), id=f"sample-{name}") for name in ("changed", "retired")),
        *(pytest.param(name, (1, 3), id=name, marks=pytest.mark.deep) for name in CHANGES),
    ],
)
def test_killed_twice(see: See, change: str, every: Sequence[int]) -> None:
    """The run after one that died dies too, with other inputs; the third one, with others again."""
    assert see(change, every, 2) > 10


@pytest.mark.deep
@pytest.mark.parametrize("change", CHANGES)
def test_killed_thrice(see: See, change: str) -> None:
    """And so does the third one."""
    assert see(change, (3, 5, 7), 2) > 5
