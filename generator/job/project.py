"""A user's repository: its folder, its settings, and its files, read with bounds."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from errno import ENOENT
from typing import Any

from generator.errors import InputError, KeyPath, Location, Problem, Problems
from generator.files.folders import misnamed_settings, repository
from generator.files.inside import MAX_BYTES, Inside, OutsideError, is_inside
from generator.files.names import SETTINGS_FILE
from generator.files.regular import read
from generator.files.seen import Seen
from generator.job import output_folder, required_version
from generator.job.credentials import check_settings
from generator.job.environments import not_allowed
from generator.job.scoped_values import Scope, Values, value_problems, values_for
from generator.model.problems import problems_of
from generator.model.settings import Settings
from generator.model.variables import names_left
from generator.yaml.load import load_yaml


@dataclass(frozen=True, slots=True)
class Project:
    """What every stage may know of the repository.

    Attributes:
        folder: absolute path of the project folder.
        settings: the validated dativo.yaml, or all defaults.
        document: dativo.yaml as plain data, for the defaults and their places.
        assets: asset file to what was read from it, shared by all jobs of a run.
        searched: the folders that hold roots of others, relative to the project folder.
        locks: what was read of locks of providers, shared by all jobs of a run.
        edited: job files as they will be once a command writes them, by path; None for one that
            goes.
        seen: what was read, as it was then.
    """

    folder: str
    settings: Settings
    document: dict[str, Any]
    assets: dict[str, Any] = field(default_factory=dict)
    searched: tuple[str, ...] = (".",)
    locks: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    edited: Mapping[str, bytes | None] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen, repr=False, compare=False)
    _values: dict[Scope, Values] = field(default_factory=dict, repr=False, compare=False)
    _reader: Inside = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reader", Inside(self.folder))

    def values(self, tenant: str | None = None, environment: str | None = None) -> Values:
        """The values of dativo.yaml, those for all unless a tenant and an environment are given."""
        found = self._values.get((tenant, environment))
        if found is None:
            found = values_for(self.settings, tenant, environment)
            self._values[tenant, environment] = found
        return found

    def read(self, file: str) -> bytes:
        """The bytes of a file below the project folder, up to one more than it may have.

        Raises:
            OSError: it does not exist, is no regular file, or cannot be read.
            InputError: it lies outside the project folder, by ``..`` or by a symbolic link.
        """
        if file in self.edited:
            return self._as_edited(file)
        try:
            data = self._reader.read(file)
        except OutsideError:
            raise _outside(file) from None
        except FileNotFoundError:
            self.seen.file(file, None)
            raise
        self.seen.file(file, data)
        return data

    def _as_edited(self, file: str) -> bytes:
        data = self.edited[file]
        if data is None:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), file)
        return data


def _outside(file: str) -> InputError:
    return InputError(Problem("outside-project", f'"{file}" lies outside the project folder'))


def open_project(folder: str) -> Project:
    """Read a project's settings.

    Args:
        folder: the project folder; it need not hold a dativo.yaml.

    Raises:
        InputError: dativo.yaml is wrong; with every problem in it.
    """
    folder = os.path.abspath(folder)
    if (wrong := misnamed_settings(folder)) is not None:
        message = f'settings are read from {SETTINGS_FILE}, and not from "{wrong}"'
        there = os.path.lexists(os.path.join(folder, SETTINGS_FILE))
        hint = "remove one of the two" if there else f"rename it to {SETTINGS_FILE}"
        raise InputError(Problem("settings-name", message, Location(wrong), hint))
    try:
        if not is_inside(folder, SETTINGS_FILE):
            raise _outside(SETTINGS_FILE)
        data, _ = read(os.path.join(folder, SETTINGS_FILE), most=MAX_BYTES)
    except FileNotFoundError:
        return project_of(folder, None)
    except OSError as error:
        message = f"cannot read {SETTINGS_FILE}: {error.strerror}"
        raise InputError(Problem("unreadable", message, Location(SETTINGS_FILE))) from None
    return project_of(folder, data)


def project_of(folder: str, data: bytes | None) -> Project:
    """A project, with what dativo.yaml holds, or will hold.

    Args:
        folder: absolute.
        data: the content of dativo.yaml; None without one.

    Raises:
        InputError: it is wrong; with every problem in it.
    """
    document = load_yaml(data or b"", SETTINGS_FILE)
    if document is None:
        document = {}
    if not isinstance(document, dict):
        raise InputError(
            Problem(
                "not-a-mapping", f"{SETTINGS_FILE} must hold a mapping", Location(SETTINGS_FILE)
            )
        )
    if problem := required_version.problem(document, SETTINGS_FILE, folder):
        raise InputError(problem)
    settings = _settings(document)
    if found := list(output_folder.problems(folder, settings)):
        raise InputError(*found)
    project = Project(folder, settings, document, searched=_searched(folder, settings))
    project.seen.file(SETTINGS_FILE, data)
    return project


def _searched(folder: str, settings: Settings) -> tuple[str, ...]:
    """Where roots of others are: in the folders that are named, or in the whole repository.

    Raises:
        InputError: a folder lies outside the repository.
    """
    top = repository(folder)
    if settings.hand_written_roots is None:
        return (os.path.relpath(top, folder).replace(os.sep, "/"),)
    for index, path in enumerate(settings.hand_written_roots):
        if not is_inside(top, os.path.join(folder, path)):
            message = f'"hand_written_roots" must be a folder of the repository, not "{path}"'
            location = Location(SETTINGS_FILE, ("hand_written_roots", index))
            raise InputError(Problem("outside-project", message, location))
    return tuple(map(posixpath.normpath, settings.hand_written_roots))


def _settings(document: dict[str, Any]) -> Settings:
    from pydantic import ValidationError

    def location(path: tuple[str | int, ...], on_key: bool) -> Location:
        return Location(SETTINGS_FILE, path, on_key)

    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        found = problems_of(error, Settings, location)
        if isinstance(document.get("policies"), dict):
            from generator.job.policies import faults

            found += faults(document["policies"])
        raise InputError(*found) from None
    problems = Problems(
        [
            *_path_problems(settings),
            *value_problems(settings),
            *check_settings(document, SETTINGS_FILE),
            *_environment_problems(settings),
        ]
    )
    policies = None
    if settings.policies is not None:
        from generator.job.policies import checked

        policies = problems.attempt(checked, document["policies"], settings)
    problems.raise_any()
    return settings.model_copy(
        update={
            "jobs": tuple(map(posixpath.normpath, settings.jobs)),
            "output": posixpath.normpath(settings.output),
            "policies": policies,
        }
    )


def _path_problems(settings: Settings) -> Iterator[Problem]:
    """Folders lie below the project: nothing is read or written elsewhere."""
    paths: list[tuple[KeyPath, str]] = [(("output",), settings.output)]
    paths += [(("jobs", index), path) for index, path in enumerate(settings.jobs)]
    others = settings.hand_written_roots or ()
    paths += [(("hand_written_roots", index), path) for index, path in enumerate(others)]
    for key, path in paths:
        location = Location(SETTINGS_FILE, key)
        out = ".." in path.split("/") and key[0] != "hand_written_roots"
        if out or re.match(r"/|[A-Za-z]:", path):
            message = f'"{key[0]}" must be a folder below the project, not "{path}"'
            yield Problem("outside-project", message, location)
        elif not re.fullmatch(r"[^\x00-\x1f\x7f\\]*", path):
            hint = "write folders with / between them, and without control characters"
            yield Problem("invalid-value", f'"{key[0]}" is no folder name', location, hint)


def _environment_problems(settings: Settings) -> Iterator[Problem]:
    """Environments that dativo.yaml itself names are among those that it allows."""
    allowed = settings.environments.allowed
    if allowed is None:
        return
    named = [(name, ("defaults", "environments", name)) for name in settings.defaults.environments]
    found = [
        not_allowed(name, allowed, Location(SETTINGS_FILE, path, True)) for name, path in named
    ]
    for name, others in settings.needs.across.environments.items():
        path: KeyPath = ("needs", "across", "environments", name)
        if name != "*":
            found.append(not_allowed(name, allowed, Location(SETTINGS_FILE, path, True)))
        found += [
            not_allowed(other, allowed, Location(SETTINGS_FILE, (*path, index)))
            for index, other in enumerate(others)
        ]
    if (default := settings.defaults.environment) is not None and not names_left(default):
        found.append(
            not_allowed(default, allowed, Location(SETTINGS_FILE, ("defaults", "environment")))
        )
    yield from filter(None, found)
