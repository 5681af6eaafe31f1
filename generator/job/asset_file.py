"""The asset contract that a job names, read once however many jobs name it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.errors import InputError, KeyPath, Location, Problem, Problems
from generator.files.seen import FILE
from generator.job.loaded import Layers, written_path
from generator.job.misspelt import misspelt_in_asset
from generator.job.project import Project
from generator.model.asset import Asset, flatten
from generator.model.job import Job
from generator.model.problems import LocationOf, problems_of
from generator.model.variables import fill, finish
from generator.yaml.load import load_yaml

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
    location = layers.location(("asset_path",))
    file = local_path(project, finish(job.asset_path, location))
    if file not in project.assets:
        project.assets[file] = _read(project, file)
    project.seen.use((FILE + file,))
    found = project.assets[file]
    if isinstance(found, InputError):
        raise found
    if isinstance(found, _Unread):
        raise InputError(Problem(found.code, found.message, location, found.hint))
    return found[0], file, found[1]


class _Unread(NamedTuple):
    """Why a file could not be read; each job that names it reports that at its own line."""

    code: str
    message: str
    hint: str = ""


def local_path(project: Project, path: str) -> str:
    """A path of a job file as one below the project folder: ``/app/`` and its like cut off."""
    for prefix in project.settings.strip_prefixes:
        if path.startswith(prefix):
            path = path[len(prefix) :]
            break
    path = posixpath.normpath(path.replace("\\", "/"))
    return _relative(project, path) if os.path.isabs(path) else path


def _relative(project: Project, path: str) -> str:
    """An absolute path below the project folder, or that leads there through a link."""
    project.seen.here(project.folder)
    for top, full in (
        (project.folder, path),
        (os.path.realpath(project.folder), os.path.realpath(path)),
    ):
        inside = top.replace(os.sep, "/").rstrip("/") + "/"
        if full.replace(os.sep, "/").startswith(inside):
            return full.replace(os.sep, "/")[len(inside) :]
    return path


def _read(project: Project, file: str) -> Loaded | InputError | _Unread:
    """The asset, or what is wrong with it, which every job that names it reports."""
    shown = f'the asset file "{file}"'
    try:
        data = project.read(file)
    except InputError:
        return _Unread("outside-project", f"{shown} lies outside the project folder")
    except (FileNotFoundError, NotADirectoryError):
        hint = _decomposed(project, file) or "paths are relative to the project folder"
        return _Unread("missing-asset", f"{shown} does not exist", hint)
    except OSError as error:
        return _Unread("unreadable", f"{shown} cannot be read: {error.strerror}")
    try:
        document = load_yaml(data, file)
        if not isinstance(document, dict):
            message = "an asset file must hold a mapping of keys to values"
            raise InputError(Problem("not-a-mapping", message, Location(file)))
        return _validate(fill(document, {}), file)
    except InputError as error:
        return error


def _decomposed(project: Project, file: str) -> str | None:
    """What to do where the file is there by a name that looks the same."""
    from unicodedata import normalize

    if file.isascii() or not os.path.lexists(os.path.join(project.folder, normalize("NFD", file))):
        return None
    return "the file's name is in decomposed Unicode (NFD): rename it to the composed form (NFC)"


def _validate(document: dict[str, Any], file: str) -> Loaded:
    from pydantic import ValidationError

    flat, moved = flatten(document)

    def location(path: KeyPath, on_key: bool) -> Location:
        return Location(file, written_path(path, moved), on_key)

    problems = Problems(
        [
            *_spelt_twice(flat, Asset, location),
            *misspelt_in_asset(document, flat, file, location),
        ]
    )
    problems.raise_any()
    try:
        return Asset.model_validate(flat), moved
    except ValidationError as error:
        raise InputError(*problems_of(error, Asset, location)) from None


def _spelt_twice(
    flat: dict[str, Any], model: type[Asset], location: LocationOf
) -> Iterator[Problem]:
    """Two spellings of one thing with different values: neither can be chosen."""
    for name, field in model.model_fields.items():
        alias = field.alias
        if alias is not None and alias in flat and name in flat and flat[alias] != flat[name]:
            message = f'"{name}" and "{alias}" are one thing and have different values'
            yield Problem("conflict", message, location((name,), True), "keep one of the two")
