"""The report as data: the rows that are asked for, their sums and their gaps.

::

    {"format": 1, "rows": [...], "pivots": {"cost_center": [...], ...}, "gaps": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import Problem
from generator.inventory import gaps as of_gaps
from generator.inventory.chosen import Condition
from generator.inventory.facts import Row
from generator.inventory.gaps import SEVERITIES, Gap
from generator.inventory.gaps_between import Between, retired
from generator.inventory.gather import Gathered, gather
from generator.inventory.pivots import Pivots
from generator.job.project import Project
from generator.report.located import locate

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What the roots of a project come to.

    Attributes:
        gathered: the rows, packed.
        shown: the addresses of those that are asked for, in order.
        pivots: name to lines, of those.
        gaps: of those, and of what no root can be named for; the worst first.
        problems: what is wrong with job files, or worth a warning.
    """

    gathered: Gathered
    shown: tuple[str, ...]
    pivots: dict[str, list[dict[str, Any]]]
    gaps: tuple[Gap, ...]
    problems: list[Problem]

    def rows(self) -> Iterator[Row]:
        """The rows that are asked for, one at a time."""
        return self.gathered.each(self.shown)

    def worst(self) -> str | None:
        """The severity of the worst gap; None where there is none."""
        return self.gaps[0].severity if self.gaps else None

    def document(self) -> dict[str, Any]:
        """All of it as plain data, as the JSON has it."""
        return {
            "format": FORMAT,
            "rows": [*self.rows()],
            "pivots": self.pivots,
            "gaps": [one._asdict() for one in self.gaps],
        }


def report(project: Project, wanted: Sequence[Condition] = ()) -> Report:
    """Report on all roots of a project.

    Args:
        project: the repository.
        wanted: conditions that rows must meet, all of them.

    Raises:
        InputError: the folders of job files or of roots cannot be read.
    """
    gathered = gather(project)
    pivots, between = Pivots(), Between()
    shown: list[str] = []
    gaps: list[Gap] = []
    for row in gathered.each(sorted(gathered.rows)):
        between.add(row)
        if all(condition.takes(row) for condition in wanted):
            shown.append(row["address"])
            pivots.add(row)
            gaps += of_gaps.of_root(row)
            gaps += gathered.findings[row["address"]]
    asked = {*shown}
    gaps += (gap for gap in between.gaps() if gap.address in asked)
    if not wanted:
        gaps += retired(project)
    gaps += _unplanned(project, gathered.problems)
    gaps.sort(key=_order)
    return Report(gathered, tuple(shown), pivots.lines(), tuple(gaps), gathered.problems)


def _unplanned(project: Project, problems: Sequence[Problem]) -> Iterator[Gap]:
    """A report without some roots says so, whatever is asked for."""
    errors = [problem for problem in problems if problem.severity == "error"]
    for found in locate(errors, project.folder):
        yield of_gaps.unplanned(found.problem, found.file, found.line)


def _order(gap: Gap) -> tuple[int, str, str, str, int, str]:
    place = (gap.address or "", gap.file or "", gap.line or 0)
    return (SEVERITIES.index(gap.severity), gap.rule, *place, gap.message)
