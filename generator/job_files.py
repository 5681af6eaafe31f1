"""Finds the job files of a project."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.errors import UsageError
from generator.folders import is_yaml, yaml_files

if TYPE_CHECKING:
    from generator.project import Project


def all_jobs(project: Project) -> list[str]:
    """Every job file below the folders that the settings name, in order."""
    return yaml_files(project.folder, list(project.settings.jobs))


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
        file = below(project, path)
        full = os.path.join(project.folder, file)
        if os.path.isdir(full):
            found += yaml_files(project.folder, [file])
        elif not os.path.exists(full):
            raise UsageError(f"{path}: no such file or folder")
        elif not is_yaml(file):
            raise UsageError(f"{path}: not a YAML file")
        else:
            found.append(file)
    return sorted(dict.fromkeys(found))


def below(project: Project, path: str) -> str:
    """A path on the command line as one below the project folder.

    Args:
        project: the repository.
        path: relative to the current folder, or absolute.

    Raises:
        UsageError: it is outside the project.
    """
    file = os.path.relpath(os.path.abspath(path), project.folder).replace(os.sep, "/")
    if file == ".." or file.startswith("../"):
        raise UsageError(f"{path}: outside the project folder {project.folder}")
    return file
