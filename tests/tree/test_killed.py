"""A run that is killed, wherever: the next one makes every root whole, and nothing is left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import pytest

from generator.render import manifest
from generator.render.render import render_tombstone
from generator.tree.write import write
from tests.deep import sampled
from tests.tree.killing import run_apart
from tests.tree.trees import Tree, other, wanted

pytest.importorskip("fcntl")

Roots = Mapping[str, Mapping[str, str]]
EVERYTHING: dict[str, Any] = {
    "required_version": ">= 1.11",
    "summary": {"Cloud": "new"},
    "tag_maps": (),
    "variables": (),
}


def tombstone(roots: Roots) -> Roots:
    """What becomes of the roots when their jobs are gone."""
    return {
        folder: render_tombstone(
            manifest.read(files[".dativo.json"].encode(), folder, ""), "generated"
        )
        for folder, files in roots.items()
    }


def gone(roots: Roots) -> Roots:
    """The roots vanish, since their states belong to others."""
    return {folder: {} for folder in roots}


A, B = wanted("a"), wanted("b", **EVERYTHING)
C, D = wanted("c", outputs=()), wanted("d")
BOTH = A | other("second")
# Each: what is there whole; what two runs that die were to write; and what the last one writes.
CHANGES: dict[str, tuple[Roots, Roots, Roots, Roots]] = {
    "changed": (A, B, C, D),
    "back": (A, B, C, A),
    "again": (A, B, B, B),
    "forth": (A, B, A, B),
    "created": ({}, B, C, D),
    "never mind": ({}, B, C, other("second")),
    "retired": (A, tombstone(A), B, C),
    "retired in between": (A, B, tombstone(B), D),
    "retired at last": (A, B, C, tombstone(A)),
    "gone": (A, gone(A), gone(A), gone(A)),
    "gone and back": (A, gone(A), B, C),
    "gone in the end": (A, B, C, gone(A)),
    "two": (other("second"), BOTH, B | other("second", "s3://acme-state/second"), D),
}


def _generate(tree: Tree, roots: Roots, apart: bool = False) -> Callable[[], None]:
    def call() -> None:
        comparison = tree.compare(roots)
        write(comparison, comparison.changes, whole=True, least=1 if apart else None)

    return call


def _laid_out(tree: Tree, roots: Roots) -> None:
    shutil.rmtree(tree.project)
    tree.project.mkdir()
    if roots:
        tree.generate(roots)


def _healed(tree: Tree, last: Roots, apart: bool = False) -> None:
    """Write once more, and see that all is as if nothing had happened."""
    before = tree.content()
    comparison = tree.compare(last)
    assert comparison.problems == [], before
    write(comparison, comparison.changes, whole=True, least=1 if apart else None)
    assert tree.compare(last).changes == []
    found = {path: data for path, data in tree.content().items() if not path.startswith(".dativo")}
    for folder, files in last.items():
        for name, text in files.items():
            assert found.pop(f"generated/{folder}/{name}") == text.encode(), before
    left = {path for path, data in found.items() if data is not None}
    assert left <= {f"generated/{path}" for path in _kept(tree, last)}, left
    assert not [path for path, data in found.items() if data is None and _is_bare(tree, path)]
    assert not (tree.project / ".dativo" / "writing").exists()


def _kept(tree: Tree, last: Roots) -> set[str]:
    """The files of roots that the last run does not know; the command would let them retire."""
    known = tree.path().rglob(".dativo.json")
    roots = [path.parent for path in known if path.parent.relative_to(tree.path()).as_posix()]
    return {
        file.relative_to(tree.path()).as_posix()
        for root in roots
        if root.relative_to(tree.path()).as_posix() not in last
        for file in root.iterdir()
    }


def _is_bare(tree: Tree, path: str) -> bool:
    folder = tree.project / path
    return path != "generated" and not any(folder.iterdir())


def _restore(tree: Tree, content: Mapping[str, bytes | None]) -> None:
    shutil.rmtree(tree.project)
    tree.project.mkdir()
    for path, data in sorted(content.items()):
        if data is None:
            (tree.project / path).mkdir()
        else:
            (tree.project / path).write_bytes(data)


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
        _restore(tree, content)
        if run_apart(_generate(tree, roots, apart), moment) is not None:
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
        _laid_out(tree, before)
        ways = 0
        for _ in _deaths(tree, runs[: len(every)], every, apart=apart):
            _healed(tree, runs[last], apart)
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
