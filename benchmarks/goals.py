"""How fast dativo has to be: one row a goal, in ratios of one run wherever that says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

Run = dict[str, Any]
Runs = dict[int, Run]
FLOOR = "floor"


def runs_of(results: dict[str, Any]) -> Runs:
    """The runs of results by their number of jobs."""
    return {run["jobs"]: run for run in results["runs"]}


def ratio(run: Run, case: str, to: str = FLOOR, what: str = "wall") -> float:
    """How many times another case takes: the median of the rounds' ratios.

    Args:
        run: one of results.
        case: its case.
        to: the case that it is compared with.
        what: wall or cpu.

    Raises:
        KeyError: a case was not measured.
    """
    rows = zip(run["cases"][case][what], run["cases"][to][what], strict=True)
    return float(median(one / other for one, other in rows))


def beyond(run: Run, case: str, what: str = "wall") -> float:
    """Milliseconds beyond the start of Python, likewise."""
    rows = zip(run["cases"][case][what], run["cases"]["python"][what], strict=True)
    return 1000 * float(median(one - other for one, other in rows))


class Goal(NamedTuple):
    """One goal.

    Attributes:
        title: for people.
        limit: what is allowed.
        unit: of that: "" for a ratio, or ms or MiB.
        value: what was measured, from the runs and "wall" or "cpu".
    """

    title: str
    limit: float
    unit: str
    value: Callable[[Runs, str], float]


def _to_floor(case: str) -> Callable[[Runs, str], float]:
    return lambda runs, what: ratio(runs[1000], case, what=what)


def _beyond(case: str) -> Callable[[Runs, str], float]:
    return lambda runs, what: beyond(runs[1000], case, what)


def _growth(runs: Runs, what: str) -> float:
    large, small = (runs[number]["cases"]["cold"][what] for number in (10000, 1000))
    return float(median(large) / median(small))


def _memory(runs: Runs, _: str) -> float:
    return float(max(runs[10000]["cases"]["cold"]["memory"])) / 1024


GOALS = (
    Goal("1,000 jobs, nothing kept, to the floor", 4, "", _to_floor("cold")),
    Goal("one of 1,000 changed, to the floor", 0.9, "", _to_floor("one-changed")),
    Goal("nothing of 1,000 changed, to the floor", 0.45, "", _to_floor("unchanged")),
    Goal("`check` of 1,000, nothing kept, to the floor", 3, "", _to_floor("check-without")),
    Goal("`check` of 1,000, to the floor", 0.5, "", _to_floor("check")),
    Goal("hook, one of 1,000 changed, beyond Python's start", 150, "ms", _beyond("hook-changed")),
    Goal("hook, none of 1,000 changed, beyond Python's start", 25, "ms", _beyond("hook-unchanged")),
    Goal("10,000 jobs, nothing kept, to 1,000", 10.5, "", _growth),
    Goal("10,000 jobs, nothing kept, largest process", 200, "MiB", _memory),
    Goal(
        "1,000 jobs, nothing kept, to `terraform fmt` of the result",
        0.25,
        "",
        lambda runs, what: ratio(runs[1000], "cold", "terraform-fmt", what),
    ),
)


def measured(goal: Goal, runs: Runs, what: str) -> float | None:
    """What was measured for a goal; None when it was not."""
    try:
        return goal.value(runs, what)
    except KeyError:
        return None


def missed(runs: Runs, slack: float) -> Iterator[str]:
    """Each goal that was measured and missed, in a sentence.

    Args:
        runs: of results.
        slack: how far beyond a limit is let through: 0.25 for a quarter.
    """
    for goal in GOALS:
        value = measured(goal, runs, "wall")
        if value is not None and value > goal.limit * (1 + slack):
            unit = f" {goal.unit}" if goal.unit else ""
            yield f"{goal.title}: {value:.3g}{unit}, the goal is {goal.limit:g}{unit}"
