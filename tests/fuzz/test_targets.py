"""Whatever a file holds, dativo answers with roots or with problems, and with nothing else."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.target import CORPUS, Target
from tests.fuzz.targets import TARGETS
from tests.fuzz.world import world

_NAMES = [target.name for target in TARGETS]
_FOUND = [(target, path.name) for target in TARGETS for path in target.corpus()]
_IDS = [f"{target.name}/{name}" for target, name in _FOUND]


@pytest.mark.parametrize(("target", "name"), _FOUND, ids=_IDS)
def test_what_was_found_once(target: Target, name: str) -> None:
    """An input that once broke a promise keeps it now."""
    target.run((CORPUS / target.name / name).read_bytes())


def test_every_folder_of_the_corpus_has_a_target() -> None:
    """No input lies where nobody replays it."""
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} <= set(_NAMES)


def test_good_inputs_become_roots() -> None:
    """What the inputs are made of is not refused for another reason, so that changes decide."""
    target = next(target for target in TARGETS if target.name == "job")
    for data in target.seeds():
        target.run(data)
        assert world().generated(), data


def _try(target: Target, random: Random, times: int) -> None:
    data = random.choice(target.seeds())
    for _ in range(times):
        data = target.mutate(data, random)
    target.run(data)


def _property(examples: int) -> settings:
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )


@pytest.mark.parametrize("target", TARGETS, ids=_NAMES)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
@_property(2)
def test_few_inputs(target: Target, random: Random, times: int) -> None:
    """What every target promises holds for a handful of inputs."""
    _try(target, random, times)


@pytest.mark.deep
@pytest.mark.parametrize("target", TARGETS, ids=_NAMES)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
@_property(20)
def test_many_inputs(target: Target, random: Random, times: int) -> None:
    """What every target promises holds for some more."""
    _try(target, random, times)
