"""Sums over roots, by whatever people add up: who pays, whose it is, what it holds, where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.inventory.facts import Row

# Name of the pivot to the column; a root with several classes counts for each of them.
PIVOTS = {
    "cost_center": "cost_center",
    "team": "team",
    "tenant": "tenant",
    "class": "classes",
    "cloud": "cloud",
}
_HOURS = ("vcpu_hours_a_month", "gib_hours_a_month")


class Pivots:
    """Grows row by row, so that no row has to be kept."""

    def __init__(self) -> None:
        self._sums: dict[str, dict[str | None, dict[str, Any]]] = {name: {} for name in PIVOTS}
        self._jobs: dict[tuple[str, str | None], set[str]] = {}

    def add(self, row: Row) -> None:
        """Take a root in."""
        for name, column in PIVOTS.items():
            for value in _values(row[column]):
                self._add(name, value, row)

    def _add(self, name: str, value: str | None, row: Row) -> None:
        line = self._sums[name].setdefault(value, _nothing(value))
        jobs = self._jobs.setdefault((name, value), set())
        jobs.add(f"{row['tenant']}/{row['job']}")
        line["jobs"] = len(jobs)
        line["roots"] += 1
        line["runs_a_month"] += row["runs_a_month"] or 0
        for hours in _HOURS:
            line[hours] += round((row[hours] or 0) * 100)
        line["without_bound"] += row["vcpu_hours_a_month"] is None
        line["resources_at_least"] += row["resources_at_least"] or 0

    def lines(self) -> dict[str, list[dict[str, Any]]]:
        """Name of the pivot to its lines, by value; what has no value comes last."""
        return {
            name: [_rounded(sums[value]) for value in _sorted(sums)]
            for name, sums in self._sums.items()
        }


def _values(found: Any) -> Iterable[str | None]:
    return (found or [None]) if isinstance(found, list) else [found]


def _nothing(value: str | None) -> dict[str, Any]:
    return {
        "value": value,
        "jobs": 0,
        "roots": 0,
        "runs_a_month": 0,
        **dict.fromkeys(_HOURS, 0),
        "without_bound": 0,
        "resources_at_least": 0,
    }


def _sorted(values: Iterable[str | None]) -> list[str | None]:
    return sorted(values, key=lambda value: (value is None, value or ""))


def _rounded(line: dict[str, Any]) -> dict[str, Any]:
    hours = {name: line[name] / 100 for name in _HOURS}
    return {**line, "runs_a_month": round(line["runs_a_month"], 6), **hours}
