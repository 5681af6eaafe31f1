"""No empty promise: a field that a job may set has an effect on its runtime, or is an error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.plan.runtimes.runtime import RuntimeSpec, honoured
from generator.plan.runtimes.table import RUNTIMES
from generator.render.render import render
from tests.plan.conftest import HEAD, Plans
from tests.plan.promises import BESIDE, JOBS, SHOWN, VALUES, at, fields, job, merged

ROWS = [row for row in RUNTIMES.values() if row.module]
FILES = ("main.tf", "providers.tf", "data.tf", "variables.tf")


def test_every_runtime_and_every_field_is_tried() -> None:
    """A new one needs a job or a value here."""
    assert [key for key in RUNTIMES if RUNTIMES[key].module and key not in JOBS] == []
    assert set(fields()) == set(VALUES)


@pytest.fixture(params=ROWS, ids=lambda row: f"{row.cloud}-{row.type}")
def row(request: pytest.FixtureRequest) -> RuntimeSpec:
    """One runtime."""
    chosen: RuntimeSpec = request.param
    return chosen


def test_a_field_has_an_effect_or_is_an_error(plans: Plans, row: RuntimeSpec) -> None:
    """Setting any field of a whole job changes the files of its root, or is told at its line."""
    whole = job(row.cloud, row.type)
    unchanged = _outcome(plans, whole)
    assert isinstance(unchanged, dict), unchanged
    silent, idle = [], []
    for field in fields():
        beside = BESIDE.get(field, {}).get(row.cloud) if honoured(row.honours, field) else None
        base = merged(whole, beside) if beside else whole
        before = _outcome(plans, base) if beside else unchanged
        value = VALUES[field]
        value = value[row.cloud] if isinstance(value, dict) and row.cloud in value else value
        outcome = _outcome(plans, merged(base, at(field, value)))
        if not honoured(row.honours, field):
            wanted = f'"{field}" has no effect on {row.type}'
            if isinstance(outcome, dict) or wanted not in outcome:
                silent.append(field)
        elif outcome == before and (row.type, field) not in SHOWN:
            idle.append(field)
    assert (silent, idle) == ([], [])


def _outcome(plans: Plans, block: dict[str, Any]) -> dict[str, str] | list[str]:
    """The files that a job decides, or its errors."""
    text = HEAD + "infrastructure: " + json.dumps(block)
    found, problems = plans.decided(text)
    errors = [problem.message for problem in problems if problem.severity == "error"]
    if errors:
        return errors
    files = render(found[0])
    return {name: files[name] for name in FILES if name in files}
