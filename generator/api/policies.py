"""What the policies of dativo.yaml find, as data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from generator.decided.jobs import decided, jobs_of
from generator.errors import Problems
from generator.job.job_files import jobs_to_build
from generator.job.project import Project, open_project
from generator.rules.judge import Finding, findings


def policy_findings(
    project_dir: str | os.PathLike[str] = ".", paths: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Which policies jobs do not keep, job by job; those that they are exempt from as well.

    Args:
        project_dir: the project folder.
        paths: job files or folders, relative to the current folder; none means all.

    Returns:
        The findings, each with its address, severity and place. Of a job that cannot be loaded,
        or whose tags cannot be told, nothing is known: ``validate`` says why.

    Raises:
        InputError: dativo.yaml is wrong.
        UsageError: a path is no job file.
    """
    return tuple(_findings(open_project(os.fspath(project_dir)), paths))


def _findings(project: Project, paths: Sequence[str]) -> Iterator[Finding]:
    if project.settings.policies is None:
        return
    files, _ = jobs_to_build(project, paths)
    for one in decided(project, jobs_of(project, files, Problems()), files):
        if one.tags is not None:
            yield from findings(project, one.loaded, one.tags, one.left_out)
