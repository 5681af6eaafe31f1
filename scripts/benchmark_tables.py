"""The tables of docs/benchmarks.md, from what was measured: benchmarks/results/."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.goals import FLOOR, GOALS, Goal, Run, Runs, measured, ratio, runs_of
from benchmarks.measure import BY_NAME
from benchmarks.peer_cases import PEERS
from benchmarks.stages import ORDER
from scripts.pages import TOP, Files, between_markers

PAGE = "docs/benchmarks.md"
_PEERS = {case.name for case in PEERS}


def results(name: str) -> dict[str, Any]:
    """Kept results, as ``measure`` returns them."""
    path = os.path.join(TOP, "benchmarks", "results", f"{name}.json")
    with open(path, encoding="utf-8") as stream:
        loaded: dict[str, Any] = json.load(stream)
    return loaded


def files() -> Files:
    """The page with its tables."""
    before, after, peers = (results(name) for name in ("before", "after", "peers"))
    sections = {
        "GOALS": _goals(runs_of(before), runs_of(after)),
        "MACHINE": _machine(after),
        "AFTER": [line for run in after["runs"] for line in _cases(run)],
        "BEFORE": [line for run in before["runs"] for line in _cases(run)],
        "PEERS": [line for run in peers["runs"] for line in _cases(run)],
        "STAGES": _stages(results("profiles")),
    }
    yield PAGE, between_markers(PAGE, sections)


def _goals(before: Runs, after: Runs) -> Iterator[str]:
    yield "| | goal | before | after | after, by CPU time |"
    yield "|---|---|---|---|---|"
    for goal in GOALS:
        limit = f"{goal.limit:g}{_unit(goal)}"
        cells = [_value(goal, before, "wall"), _value(goal, after, "wall"), _by_cpu(goal, after)]
        yield f"| {goal.title} | {limit} | {' | '.join(cells)} |"


def _value(goal: Goal, runs: Runs, what: str) -> str:
    value = measured(goal, runs, what)
    return "not measured" if value is None else f"{_number(value)}{_unit(goal)}"


def _by_cpu(goal: Goal, runs: Runs) -> str:
    return "" if goal.unit == "MiB" else _value(goal, runs, "cpu")


def _unit(goal: Goal) -> str:
    return f" {goal.unit}" if goal.unit else ""


def _number(value: float) -> str:
    """Two digits that say something, and whole numbers whole."""
    if value >= 10 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2g}" if value < 1 else f"{value:.1f}"


def _machine(of: dict[str, Any]) -> Iterator[str]:
    facts = of["machine"]
    yield (
        f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gib']} GiB, "
        f"{facts['system']}, CPython {facts['python']}, projects on {facts['file_system']}; "
        f"measured on {of['date']}."
    )


def _cases(run: Run) -> Iterator[str]:
    """A table of one run: a row a case."""
    megabytes = run["bytes"] / 1_000_000
    rounds = "once" if run["rounds"] == 1 else f"median of {run['rounds']} rounds"
    low, high = sorted(run["load"])
    yield (
        f"{run['jobs']:,} jobs, {run['roots']:,} roots, {run['files']:,} files, {megabytes:.1f} MB;"
        f" {rounds}; load of the machine {low:g} to {high:g}:"
    )
    yield ""
    yield "| | wall, s | CPU, s | memory, MiB | wall, to the floor | CPU, to the floor |"
    yield "|---|---|---|---|---|---|"
    for name, columns in run["cases"].items():
        wall, cpu, memory = (median(columns[what]) for what in ("wall", "cpu", "memory"))
        cells = [f"{wall:.3g}", f"{cpu:.3g}", f"{memory / 1024:.0f}"]
        cells += [_number(ratio(run, name, FLOOR, what)) for what in ("wall", "cpu")]
        yield f"| {BY_NAME[name].title} | {' | '.join(cells)} |"
    yield ""


def _stages(profiles: dict[str, Any]) -> Iterator[str]:
    """Parts of a profile's time in percent: a row a stage, a column a case."""
    cases = profiles["cases"]
    yield f"{profiles['jobs']:,} jobs, in one process, percent of the time under the profiler:"
    yield ""
    yield f"| | {' | '.join(BY_NAME[name].title for name in cases)} |"
    yield "|---" * (len(cases) + 1) + "|"
    for stage in ORDER:
        parts = [100 * seconds.get(stage, 0) / sum(seconds.values()) for seconds in cases.values()]
        if max(parts) >= 0.5:
            yield f"| {stage} | {' | '.join(f'{part:.0f}' for part in parts)} |"
