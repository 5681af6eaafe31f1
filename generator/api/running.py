"""Generate, check and validate a project, as data."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.errors import InputError, Problem
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project, open_project
from generator.kept.reuse import Kept
from generator.noop.note import remember
from generator.run import Run
from generator.tree.allowed import Allowed
from generator.tree.transition import OnChange


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


def generate(  # noqa: PLR0913 - each is an option of the command line
    project_dir: str | os.PathLike[str] = ".",
    paths: Sequence[str] = (),
    *,
    force: bool = False,
    migrate_state: bool = False,
    on_change: OnChange = "stop",
    retire: Sequence[str] = (),
    cache: bool = True,
) -> RunResult:
    """Write the roots of all or some jobs, if nothing is wrong with any of them.

    Args:
        project_dir: the project folder.
        paths: job files or folders, relative to the current folder; none means all.
        force: replace generated files that were edited by hand.
        migrate_state: let the state of a root move to another address.
        on_change: where the runtime, cluster, account or host of a root changes under its state:
            "stop", "change" it, "retire" what is there first, or that was "applied".
        retire: roots, job files, or folders of such, whose roots may retire although it looks
            like a slip.
        cache: use and renew what earlier runs left in ``.dativo/``.

    Returns:
        What became of each root. Errors are in ``problems``; nothing was written then.

    Raises:
        InputError: dativo.yaml is wrong.
        UsageError: a path is no job file, or ``retire`` stands beside ``paths``.
    """
    allowed = Allowed(force, migrate_state, on_change, tuple(retire))
    with opened_to_write(os.fspath(project_dir)) as project:
        work = Run(project, paths, allowed, _kept(project, cache))
        work.generate()
        if on_change == "stop":
            remember(work)
        return _result(work)


def check(
    project_dir: str | os.PathLike[str] = ".", paths: Sequence[str] = (), *, cache: bool = True
) -> RunResult:
    """What ``generate`` would do; nothing is written. Arguments and errors as there."""
    with opened_to_compare(os.fspath(project_dir)) as project:
        work = Run(project, paths, kept=_kept(project, cache))
        work.check()
        return _result(work)


def validate(
    project_dir: str | os.PathLike[str] = ".", paths: Sequence[str] = (), *, cache: bool = True
) -> tuple[Problem, ...]:
    """Errors and warnings of job files and all that they name; none is raised."""
    project = open_project(os.fspath(project_dir))
    work = Run(project, paths, kept=_kept(project, cache))
    work.build()
    return tuple(work.problems)


def _kept(project: Project, cache: bool) -> Kept:
    return Kept(project.folder if cache else None)


def _result(work: Run) -> RunResult:
    output = work.project.settings.output
    roots = {} if work.failed else work.statuses
    return RunResult(
        {f"{output}/{folder}": status for folder, status in sorted(roots.items())},
        tuple(work.problems),
        tuple(sorted(work.built.without_root)),
        work.built.files,
    )
