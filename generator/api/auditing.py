"""Intended tags against those that are there, as data."""

from __future__ import annotations

import os
from collections.abc import Sequence

from generator.audit.compare import Audit
from generator.audit.run import audit_files
from generator.errors import Problem
from generator.job.project import open_project


def audit_tags(
    project_dir: str | os.PathLike[str], files: Sequence[str | os.PathLike[str]]
) -> tuple[Audit, tuple[Problem, ...]]:
    """Hold exports of clouds against what all jobs intend; nothing is called over the network.

    Args:
        project_dir: the project folder.
        files: exports as JSON, relative to the current folder; docs/audit.md says of which tools.

    Returns:
        The findings, and errors in job files or exports: with any the audit is of the rest.

    Raises:
        InputError: dativo.yaml is wrong.
        UsageError: a file cannot be read.
    """
    found, problems = audit_files(
        open_project(os.fspath(project_dir)), [os.fspath(file) for file in files]
    )
    return found, tuple(problems)
