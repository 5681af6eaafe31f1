"""The little of dativo.yaml that a comparison needs, at both ends; broken settings are told."""

from __future__ import annotations

import posixpath
from typing import Any, NamedTuple

from generator.changes.repository import Trees
from generator.errors import InputError
from generator.files.names import SETTINGS_FILE

_OUTPUT = "generated"
_JOBS = ("jobs",)


class Settings(NamedTuple):
    """Where the roots and the job files are.

    Attributes:
        outputs: the output folder below the project folder, in the base and in the head.
        jobs: the folders of job files at either end.
    """

    outputs: tuple[str, str]
    jobs: tuple[str, ...]


def settings_of(trees: Trees) -> Settings:
    """Read them.

    Raises:
        InputError: that of the head is no YAML.
    """
    file = trees.repository.prefix + SETTINGS_FILE
    old, new = trees.fetch([file])[file]
    head = _read(new)
    try:
        base = head if old == new else _read(old)
    except InputError:  # mended since
        base = head
    return Settings((base[0], head[0]), tuple(dict.fromkeys((*base[1], *head[1]))))


def _read(data: bytes | None) -> tuple[str, tuple[str, ...]]:
    """The folders that dativo.yaml names; its text is parsed only where it may name any."""
    if data is None or (b"output" not in data and b"jobs" not in data):
        return _OUTPUT, _JOBS
    from generator.yaml.load import load_yaml

    document = load_yaml(data, SETTINGS_FILE)
    if not isinstance(document, dict):
        return _OUTPUT, _JOBS
    output, jobs = document.get("output"), document.get("jobs")
    return _folder(output) or _OUTPUT, tuple(filter(None, map(_folder, _listed(jobs)))) or _JOBS


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _folder(value: Any) -> str:
    """A folder as the settings mean it; "" for what cannot be one."""
    return posixpath.normpath(str(value)) if isinstance(value, str) and value else ""
