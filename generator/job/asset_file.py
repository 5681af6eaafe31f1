"""The asset contract that a job names, read once however many jobs name it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from generator import job_file
from generator.errors import InputError, KeyPath, Place, Problem
from generator.job.variables import finish

if TYPE_CHECKING:
    from generator.job.asset import Asset
    from generator.job.job import Job
    from generator.job.loaded import Layers
    from generator.project import Project

Loaded = tuple["Asset", dict[KeyPath, KeyPath]]


def load_asset(
    project: Project, job: Job, layers: Layers
) -> tuple[Asset | None, str | None, dict[KeyPath, KeyPath]]:
    """The asset of a job.

    Returns:
        The asset, its file below the project folder, and for the nested shape where moved
        values stand. None, None and nothing for a job without ``asset_path``.

    Raises:
        InputError: the file is missing, outside the project, not YAML, or not an asset.
    """
    if job.asset_path is None:
        return None, None, {}
    place = layers.place(("asset_path",))
    file = local_path(project, finish(job.asset_path, place))
    if file not in project.assets:
        project.assets[file] = _read(project, file, place)
    found = project.assets[file]
    if isinstance(found, InputError):
        raise found
    return found[0], file, found[1]


def local_path(project: Project, path: str) -> str:
    """A path of a job file as one below the project folder: ``/app/`` and its like cut off."""
    for prefix in project.settings.strip_prefixes:
        if path.startswith(prefix):
            path = path[len(prefix) :]
            break
    return posixpath.normpath(path.replace("\\", "/"))


def _read(project: Project, file: str, place: Place) -> Loaded | InputError:
    """The asset, or the error that every job naming it raises."""
    try:
        data = project.read(file)
    except InputError:
        message = f'the asset file "{file}" lies outside the project folder'
        return InputError(Problem("outside-project", message, place))
    except OSError:
        hint = "paths are relative to the project folder"
        return InputError(
            Problem("missing-asset", f'the asset file "{file}" does not exist', place, hint)
        )
    try:
        document = job_file.load(data, file)
        if not isinstance(document, dict):
            raise InputError(
                Problem("not-a-mapping", "an asset file must hold a mapping", Place(file))
            )
        return _validate(document, file)
    except InputError as error:
        return error


def _validate(document: dict[str, Any], file: str) -> Loaded:
    from pydantic import ValidationError

    from generator.job.asset import Asset, flatten
    from generator.job.problems import problems_of

    flat, moved = flatten(document)

    def place(path: KeyPath, on_key: bool) -> Place:
        for length in range(len(path), 0, -1):
            if path[:length] in moved:
                return Place(file, moved[path[:length]] + path[length:], on_key)
        return Place(file, path, on_key)

    try:
        return Asset.model_validate(flat), moved
    except ValidationError as error:
        raise InputError(*problems_of(error, Asset, place)) from None
