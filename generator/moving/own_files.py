"""Files of a root that dativo did not write, and that go along when its folder does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from generator.errors import InputError, Location, Problem, TreeError
from generator.files.names import MANIFEST
from generator.files.paths import is_leftover
from generator.job.project import Project
from generator.render.manifest_check import GENERATED
from generator.tree.change import RootChange
from generator.tree.sweep import OF_TERRAFORM


def own_files(
    project: Project, roots: Mapping[str, str], changes: Iterable[RootChange]
) -> dict[str, str]:
    """Each file or folder of the user's in some roots, to where it goes.

    Local states, lock files and what ``terraform init`` left are among them; a lock that dativo
    wrote is not: the run removes it.

    Args:
        project: the repository.
        roots: old root to new root, below the output folder.
        changes: what the run does to roots.

    Returns:
        Paths below the output folder.

    Raises:
        InputError: the new root has another of the same name.
    """
    top = os.path.join(project.folder, project.settings.output)
    found = {}
    removed = {change.folder: change.removals for change in changes}
    for old, new in roots.items():
        for name in sorted(os.listdir(os.path.join(top, old))):
            if name in GENERATED or name == MANIFEST or is_leftover(name):
                continue
            if name in removed.get(old, ()):
                continue
            if os.path.lexists(os.path.join(top, new, name)):
                if name in OF_TERRAFORM:  # made anew by terraform init
                    continue
                shown = f"{project.settings.output}/{new}/{name}"
                message = f"{shown} is there, and {old} has a file of yours with that name, too"
                raise InputError(
                    Problem("name-taken", message, Location(shown), "move one of the two away")
                )
            found[f"{old}/{name}"] = f"{new}/{name}"
    return found


def move(project: Project, moves: Mapping[str, str]) -> None:
    """Move them.

    Raises:
        TreeError: the system refuses.
    """
    top = os.path.join(project.folder, project.settings.output)
    for old, new in moves.items():
        try:
            os.makedirs(os.path.dirname(os.path.join(top, new)), exist_ok=True)
            os.rename(os.path.join(top, old), os.path.join(top, new))
        except OSError as error:
            shown = f"{project.settings.output}/{old}"
            message = f"cannot move {shown}: {error.strerror}"
            raise TreeError(Problem("unwritable", message, Location(shown))) from error
