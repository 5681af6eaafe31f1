"""A run over the project as it will be once some job files are changed, and the change itself."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from generator.dialects import CANONICAL
from generator.errors import InputError, Location, Problem, TreeError
from generator.exports.destination import write as write_file
from generator.job.project import Project
from generator.moving.own_files import move
from generator.run import Run
from generator.tree.allowed import Allowed
from generator.tree.change import RootChange
from generator.tree.retire import RETIRES
from generator.tree.write import write

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Ahead(NamedTuple):
    """What a change of job files comes to.

    Attributes:
        edited: job file to its new content; None for one that goes.
        run: over the project as it will be, compared with the disk.
        folders: the roots that the change is about, below the output folder.
        problems: those of them, all errors, and warnings about these roots and files; the
            warnings that a root retires, which is what is wanted, are left out.
    """

    edited: Mapping[str, bytes | None]
    run: Run
    folders: tuple[str, ...]
    problems: list[Problem]

    @property
    def failed(self) -> bool:
        """Whether anything stands in the way."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def changes(self) -> list[RootChange]:
        """What happens to these roots. Others that are not up to date are left as they are."""
        return [one for one in self.run.comparison.changes if one.folder in self.folders]


def look_ahead(
    project: Project, edited: Mapping[str, bytes | None], folders: Collection[str]
) -> Ahead:
    """Build the project as it will be; nothing is written.

    Args:
        project: the repository as it is.
        edited: job file to its new content; None for one that goes.
        folders: the roots that the change is about; they may go.
    """
    output = project.settings.output
    shown = [os.path.join(project.folder, output, folder) for folder in sorted(folders)]
    run = Run(with_edited(project, edited), (), Allowed(retire=tuple(shown)))
    run.check()
    problems = [p for p in run.problems if concerns(p, output, edited, folders)]
    return Ahead(edited, run, tuple(sorted(folders)), problems)


def refuse_older_form(file: str, dialect: str) -> None:
    """Refuse to change a job file that is not written in the canonical form.

    Raises:
        InputError: it is not.
    """
    if dialect != CANONICAL:
        message = f"{file} is written in an older form, in which nothing is changed"
        hint = f"run: dativo migrate {file}"
        raise InputError(Problem("older-form", message, Location(file), hint))


def with_edited(project: Project, edited: Mapping[str, bytes | None]) -> Project:
    """The project as it will be; assets that were read are read again."""
    return replace(project, edited={**project.edited, **edited}, assets={})


def concerns(
    problem: Problem, output: str, edited: Mapping[str, bytes | None], folders: Collection[str]
) -> bool:
    """Whether a problem is to be told: each error, and a warning about these files and roots."""
    if problem.severity == "error":
        return True
    if problem.code in (RETIRES, "no-jobs"):
        return False
    file = problem.location.file if problem.location else ""
    return file in edited or any(f"{file}/".startswith(f"{output}/{one}/") for one in folders)


def carry_out(project: Project, ahead: Ahead, moves: Mapping[str, str] = _NOTHING) -> None:
    """Write the job files, then the roots; a run that is cut short is finished by generate.

    Args:
        project: the repository, locked.
        ahead: what to do; it has no errors.
        moves: files of the user's that go along, see ``own_files``.

    Raises:
        TreeError: a file cannot be written or removed.
    """
    new = {file: data for file, data in ahead.edited.items() if data is not None}
    for file, data in new.items():
        write_file(os.path.join(project.folder, file), data, project.folder)
    for file in ahead.edited.keys() - new.keys():
        try:
            os.unlink(os.path.join(project.folder, file))
        except OSError as error:
            message = f"cannot remove {file}: {error.strerror}"
            raise TreeError(Problem("unwritable", message, Location(file))) from error
    move(project, moves)
    write(ahead.run.comparison, ahead.changes)
