"""What docs/benchmarks.md says follows from the results that are kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import main
from benchmarks.goals import GOALS, missed, runs_of
from benchmarks.plot import TARGET, data, digest
from benchmarks.stages import ORDER, STAGES, by_stage
from scripts import benchmark_tables
from scripts.pages import read
from tests.repository import TOP


def test_tables_are_fresh() -> None:
    """The tables are those of the results; else: make derived."""
    ((path, text),) = benchmark_tables.files()
    assert read(path) == text


def test_the_plot_is_fresh() -> None:
    """The plot says of which data it is; else, in .venv-benchmarks: python -m benchmarks.plot."""
    assert f"data: {digest(data())}" in Path(TARGET).read_text("utf-8")


def run(jobs: int, **seconds: float) -> dict[str, Any]:
    """A run with two rounds, of which the machine was twice as slow in the second."""
    cases = {
        name.replace("_", "-"): {
            "wall": [value, 2 * value],
            "cpu": [value, 2 * value],
            "memory": [1024, 2048],
        }
        for name, value in {"floor": 1.0, "python": 0.01, **seconds}.items()
    }
    return {"jobs": jobs, "cases": cases}


def test_a_goal_that_is_missed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ratios are those of the same round; what is beyond goal and slack is named."""
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"runs": [run(1000, cold=4.9, check_without=3.8)]}), "utf-8")

    assert main(["goals", str(path)]) == 1
    said = capsys.readouterr().err
    assert said == "`check` of 1,000, nothing kept, to the floor: 3.8, the goal is 3\n"
    assert main(["goals", str(path), "--slack", "0.3"]) == 0


def test_every_goal_is_asked(tmp_path: Path) -> None:
    """With results that are slow everywhere, every goal is missed."""
    names = ("cold", "one_changed", "unchanged", "check", "check_without", "hook_changed")
    slow = dict.fromkeys((*names, "hook_unchanged"), 10.0)
    results = {
        "runs": [
            run(1000, **slow, terraform_fmt=1.0),
            {
                "jobs": 10000,
                "cases": {"cold": {"wall": [900.0], "cpu": [900.0], "memory": [1 << 20]}},
            },
        ]
    }
    assert len(list(missed(runs_of(results), 0.0))) == len(GOALS)


def test_stages_are_those_of_the_house() -> None:
    """Each room and each file that is named for a stage is there."""
    named = [part for parts in STAGES.values() for part in parts]
    assert [part for part in named if not (TOP / "generator" / part).exists()] == []


def test_time_under_the_profiler_is_some_stages(tmp_path: Path) -> None:
    """The parts of a profile are parts of the way, and add up to the time that it took."""
    profile = tmp_path / "statistics"
    program = [sys.executable, str(TOP / "benchmarks" / "profiled.py"), str(profile)]
    done = subprocess.run(
        [*program, "dativo", "validate", "--no-cache", "jobs/acme/stripe-customers.yaml"],
        cwd=TOP,
        check=True,
        capture_output=True,
        env={"PYTHONPATH": str(TOP)},
    )
    assert done.returncode == 0

    seconds = by_stage(str(profile))
    assert set(seconds) <= set(ORDER)
    assert {"imports", "job and model", "plan", "yaml"} <= set(seconds)
    assert all(value > 0 for value in seconds.values())
