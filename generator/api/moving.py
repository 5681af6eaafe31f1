"""Retire, rename and adopt, as data."""

from __future__ import annotations

import os

from generator.adopt.adopt import Adoption, Wanted, adopt
from generator.errors import InputError
from generator.job.lock import opened_to_compare, opened_to_write
from generator.moving.ahead import Ahead, carry_out
from generator.moving.rename import renaming
from generator.moving.retire import retirement


def retire_job(
    project_dir: str | os.PathLike[str],
    job: str,
    *,
    tenant: str | None = None,
    environment: str | None = None,
    keep_file: bool = False,
    dry_run: bool = False,
) -> dict[str, str]:
    """Take a job, or one tenant or environment of it, out on purpose.

    Args:
        project_dir: the project folder.
        job: a job's name, its file or its root.
        tenant: whose part of it goes; None stands for all.
        environment: likewise.
        keep_file: the job file stays, with ``iac: manual``.
        dry_run: change nothing.

    Returns:
        Each root that retires, below the project folder, to what its next apply does.

    Raises:
        InputError: something is wrong with a job of the project, the file would be lost, or it is
            needed by others; nothing was changed.
        UsageError: ``job`` means none or several, or has no such part.
    """
    opened = opened_to_compare if dry_run else opened_to_write
    with opened(os.fspath(project_dir)) as project:
        found = retirement(project, job, tenant, environment, keep_file)
        _require_ok(found.ahead)
        if not dry_run:
            carry_out(project, found.ahead)
    output = project.settings.output
    return {f"{output}/{folder}": said for folder, said in found.consequences.items()}


def rename_job(  # noqa: PLR0913 - all but the names are options
    project_dir: str | os.PathLike[str],
    old: str,
    new: str,
    *,
    keep_names: bool = True,
    keep_file: bool = False,
    not_applied: bool = False,
    dry_run: bool = False,
) -> dict[str, str]:
    """Give a job another name, and keep its state.

    Args:
        project_dir: the project folder.
        old: the job's name, its file or its root; or the name that it had.
        new: its new name.
        keep_names: its resources keep the names that they have.
        keep_file: the job file stays where it is.
        not_applied: the job was renamed by hand, and neither of its roots was applied since.
        dry_run: change nothing.

    Returns:
        Each old root to its new one, below the project folder.

    Raises:
        InputError: something is wrong with a job of the project, a root is not what its job says,
            or the name is taken; nothing was changed.
        UsageError: ``old`` means no job or several.
    """
    opened = opened_to_compare if dry_run else opened_to_write
    with opened(os.fspath(project_dir)) as project:
        found = renaming(
            project,
            old,
            new,
            keep_names=keep_names,
            keep_file=keep_file,
            not_applied=not_applied,
        )
        _require_ok(found.ahead)
        if not dry_run:
            carry_out(project, found.ahead, found.moves)
    output = project.settings.output
    return {f"{output}/{old}": f"{output}/{new}" for old, new in found.job.roots.items()}


def adopt_root(
    project_dir: str | os.PathLike[str],
    root: str | os.PathLike[str],
    *,
    job: str | None = None,
    wanted: Wanted | None = None,
) -> Adoption:
    """Propose a job for a hand-written root, or compare one with it; nothing is written.

    Args:
        project_dir: the project folder.
        root: the root's folder, relative to the current folder, or absolute.
        job: a job file to compare; None proposes one.
        wanted: what the root does not tell of the job.

    Raises:
        InputError: the root or the job file cannot be read.
        UsageError: there is no such root, or it does not tell who the job is.
    """
    with opened_to_compare(os.fspath(project_dir)) as project:
        return adopt(project, os.fspath(root), wanted or Wanted(), job)


def _require_ok(ahead: Ahead) -> None:
    if ahead.failed:
        raise InputError(*ahead.problems)
