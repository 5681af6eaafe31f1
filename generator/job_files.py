"""Finds the job files of a project."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.errors import UsageError

if TYPE_CHECKING:
    from generator.project import Project

_ENDINGS = (".yaml", ".yml")


def all_jobs(project: Project) -> list[str]:
    """Every job file below the folders that the settings name, in order.

    Hidden files and folders are left out; symbolic links to folders are not followed.
    """
    found: list[str] = []
    for folder in dict.fromkeys(path.strip("/") for path in project.settings.jobs):
        found += _below(project.folder, folder)
    return sorted(dict.fromkeys(found))


def chosen_jobs(project: Project, paths: Sequence[str]) -> list[str]:
    """The job files that the given paths mean: files, or folders that hold some.

    Args:
        project: the repository.
        paths: relative to the current folder, or absolute.

    Raises:
        UsageError: a path is outside the project, does not exist, or is no YAML file.
    """
    found: list[str] = []
    for path in paths:
        file = os.path.relpath(os.path.abspath(path), project.folder).replace(os.sep, "/")
        if file == ".." or file.startswith("../"):
            raise UsageError(f"{path}: outside the project folder {project.folder}")
        full = os.path.join(project.folder, file)
        if os.path.isdir(full):
            found += _below(project.folder, file)
        elif not os.path.exists(full):
            raise UsageError(f"{path}: no such file or folder")
        elif not file.endswith(_ENDINGS):
            raise UsageError(f"{path}: not a YAML file")
        else:
            found.append(file)
    return sorted(dict.fromkeys(found))


def _below(project_folder: str, folder: str) -> Iterator[str]:
    """The YAML files below a folder, as paths below the project folder."""
    base = "" if folder in ("", ".") else folder + "/"
    try:
        entries = sorted(
            os.scandir(os.path.join(project_folder, folder)), key=lambda entry: entry.name
        )
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(project_folder, base + entry.name)
        elif entry.name.endswith(_ENDINGS) and entry.is_file():
            yield base + entry.name
