"""A user's repository: its folder, its settings, and its files, read with bounds."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator import job_file
from generator.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from generator.job.settings import Settings

SETTINGS_FILE = "dativo.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """What every stage may know of the repository.

    Attributes:
        folder: absolute path of the project folder.
        settings: the validated dativo.yaml, or all defaults.
        document: dativo.yaml as plain data, for the defaults and their places.
        assets: asset file to what was read from it, shared by all jobs of a run.
    """

    folder: str
    settings: Settings
    document: dict[str, Any]
    assets: dict[str, Any] = field(default_factory=dict)

    def read(self, file: str) -> bytes:
        """The bytes of a file below the project folder.

        Raises:
            OSError: it does not exist or cannot be read.
            InputError: it lies outside the project folder, by ``..`` or by a symbolic link.
        """
        return read_inside(self.folder, file)


def read_inside(folder: str, file: str) -> bytes:
    """Read ``file`` below ``folder``, up to one byte more than a job file may have.

    Raises:
        OSError: it does not exist or cannot be read.
        InputError: it lies outside the folder.
    """
    path = os.path.join(folder, file)
    real, root = os.path.realpath(path), os.path.realpath(folder)
    if real != root and not real.startswith(root.rstrip(os.sep) + os.sep):
        raise InputError(Problem("outside-project", f'"{file}" lies outside the project folder'))
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    try:
        data = os.read(descriptor, 65536)
        while len(data) >= 65536 and len(data) <= job_file.MAX_BYTES:
            more = os.read(descriptor, job_file.MAX_BYTES + 1)
            if not more:
                break
            data += more
        return data
    finally:
        os.close(descriptor)


def open_project(folder: str) -> Project:
    """Read a project's settings.

    Args:
        folder: the project folder; it need not hold a dativo.yaml.

    Raises:
        InputError: dativo.yaml is wrong; every problem in it is told.
    """
    folder = os.path.abspath(folder)
    try:
        data = read_inside(folder, SETTINGS_FILE)
    except FileNotFoundError:
        data = b""
    document = job_file.load(data, SETTINGS_FILE)
    if document is None:
        document = {}
    if not isinstance(document, dict):
        raise InputError(
            Problem("not-a-mapping", "dativo.yaml must hold a mapping", Place(SETTINGS_FILE))
        )
    return Project(folder, _settings(document), document)


def _settings(document: dict[str, Any]) -> Settings:
    from pydantic import ValidationError

    from generator.job.problems import problems_of
    from generator.job.settings import Settings

    def place(path: tuple[str | int, ...], on_key: bool) -> Place:
        return Place(SETTINGS_FILE, path, on_key)

    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        raise InputError(*problems_of(error, Settings, place)) from None
    problems = [*_path_problems(settings)]
    if problems:
        raise InputError(*problems)
    return settings


def _path_problems(settings: Settings) -> list[Problem]:
    paths = [(("output",), settings.output)]
    paths += [(("jobs", index), path) for index, path in enumerate(settings.jobs)]
    paths += [
        (("hand_written_roots", i), path) for i, path in enumerate(settings.hand_written_roots)
    ]
    problems = []
    for key, path in paths:
        steps = path.replace("\\", "/").split("/")
        if os.path.isabs(path) or ".." in steps:
            message = f'"{key[0]}" must be a folder below the project, not "{path}"'
            problems.append(Problem("outside-project", message, Place(SETTINGS_FILE, key)))
    if os.path.normpath(settings.output) == ".":
        problem = Problem(
            "invalid-value",
            '"output" must be a folder of its own',
            Place(SETTINGS_FILE, ("output",)),
        )
        problems.append(problem)
    return problems
