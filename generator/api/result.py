"""What a run over a project came to, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import InputError, Problem

if TYPE_CHECKING:
    from generator.run import Run


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a project's roots.

    Attributes:
        roots: root folder below the project to "created", "changed", "unchanged", "retired" or
            "removed"; empty when something is wrong.
        problems: errors and warnings.
        without_root: job files that have no root.
        files: how many job files were read.
    """

    roots: Mapping[str, str]
    problems: tuple[Problem, ...]
    without_root: tuple[str, ...]
    files: int

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def up_to_date(self) -> bool:
        """Whether there is no error and nothing to write."""
        return self.ok and set(self.roots.values()) <= {"unchanged"}

    def require_ok(self) -> RunResult:
        """This result.

        Raises:
            InputError: there are errors; with all problems.
        """
        if not self.ok:
            raise InputError(*self.problems)
        return self


def result_of(work: Run) -> RunResult:
    """The roots of a run, none where it failed, and its problems."""
    output = work.project.settings.output
    roots = {} if work.failed else work.statuses
    return RunResult(
        {f"{output}/{folder}": status for folder, status in sorted(roots.items())},
        tuple(work.problems),
        tuple(sorted(work.built.without_root)),
        work.built.files,
    )
