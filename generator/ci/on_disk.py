"""Pipelines on the disk: which of them are ours, which are stale, and writing them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from generator.ci.systems import DIGEST, FILES, HEADER, SHARED, digest
from generator.errors import InputError, Location, Problem, Problems
from generator.files.beside import replace_beside
from generator.files.inside import is_inside
from generator.files.paths import read_file
from generator.job.project import Project

STALE = "stale-pipeline"
EDITED = "edited-pipeline"
FOREIGN = "foreign-file"
# Every file that may be a pipeline of ours.
ALL_FILES = tuple(path for paths in FILES.values() for path in paths)


class Difference(NamedTuple):
    """A pipeline that is not as it would be written.

    Attributes:
        path: below the project folder.
        text: what is to be written; None where the file is to go.
        found: what is there; None where nothing is.
    """

    path: str
    text: str | None
    found: str | None


def compare(project: Project, system: str) -> list[Difference]:
    """The pipelines of a system that differ from what would be written.

    Raises:
        InputError: one of the files cannot be read.
        UsageError: a manifest cannot be read.
    """
    # Only here is a template engine needed.
    from generator.ci.pipelines import pipelines

    wanted = pipelines(project, system)
    differences = []
    for path in sorted({*wanted, *FILES[system]}):
        found = _read(project, path)
        text = wanted.get(path)
        theirs = found is not None and not found.startswith(HEADER)
        if (theirs and path in SHARED) or (text is None and (found is None or theirs)):
            continue
        if found != text:
            differences.append(Difference(path, text, found))
    return differences


def shared(project: Project, system: str) -> Iterator[tuple[str, str]]:
    """Files of the user's that have to include ours and do not name it, and what they lack."""
    for path in FILES[system]:
        found = _read(project, path) if path in SHARED else None
        if found is not None and not found.startswith(HEADER) and FILES[system][0] not in found:
            yield path, SHARED[path]


def refusals(differences: list[Difference], *, force: bool) -> Problems:
    """Why files are not replaced: they are not ours, or were edited since."""
    problems = Problems()
    for path, _, found in differences:
        location = Location(path, line=1, column=1)
        if found is None:
            continue
        if not found.startswith(HEADER):
            message = f"{path} was not written by dativo and is not overwritten"
            problems.error(FOREIGN, message, location, "move it away or rename it")
        elif not force and is_edited(found):
            message = f"{path} was edited by hand"
            hint = "put the change into ci in dativo.yaml or into a file of your own; --force "
            problems.error(EDITED, message, location, f"{hint}replaces the file")
    return problems


def is_edited(text: str) -> bool:
    """Whether a pipeline of ours is not as some dativo wrote it."""
    _, _, rest = text.partition("\n")
    vouched, _, body = rest.partition("\n")
    return vouched != f"{DIGEST}{digest(body)}"


def write(project: Project, differences: list[Difference]) -> None:
    """Write pipelines: each as a whole.

    Raises:
        InputError: one cannot be written.
    """
    for path, text, found in differences:
        target = os.path.join(project.folder, path)
        try:
            if text is None:
                os.unlink(target)
                continue
            os.makedirs(os.path.dirname(target), exist_ok=True)
            mode = None if found is None else os.stat(target).st_mode & 0o777
            replace_beside(target, text.encode(), mode=mode, project=project.folder)
        except OSError as error:
            message = f"cannot write {path}: {error.strerror}"
            raise InputError(Problem("unwritable", message, Location(path))) from error


def stale(project: Project) -> Iterator[Problem]:
    """A warning of each pipeline of ours that is not as it would be written now.

    Only a system that has a pipeline of ours is looked at.

    Raises:
        InputError: one of the files cannot be read.
        UsageError: a manifest cannot be read.
    """
    for system in FILES:
        texts = {path: _read(project, path) for path in FILES[system]}
        if not any(text is not None and text.startswith(HEADER) for text in texts.values()):
            continue
        for path, _, found in compare(project, system):
            location, hint = Location(path, line=1, column=1), f"run: dativo ci {system}"
            if found is not None and not found.startswith(HEADER):
                continue
            if found is not None and is_edited(found):
                hint += " --force, or put the change into ci in dativo.yaml"
                yield Problem(EDITED, f"{path} was edited by hand", location, hint)
            else:
                said = "is missing" if found is None else "is stale"
                yield Problem(STALE, f"{path} {said}", location, hint)


def _read(project: Project, path: str) -> str | None:
    full = os.path.join(project.folder, path)
    problem = None
    if os.path.islink(full) or not is_inside(project.folder, os.path.dirname(path)):
        problem = f"{path} is, or lies behind, a symbolic link, which is not followed"
    else:
        try:
            data = read_file(full)
            return None if data is None else data.decode().replace("\r\n", "\n")
        except OSError as error:
            problem = f"cannot read {path}: {error.strerror}"
        except UnicodeDecodeError:
            problem = f"{path} is not UTF-8"
    raise InputError(Problem("unreadable", problem, Location(path)))
