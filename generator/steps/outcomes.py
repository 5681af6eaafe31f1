"""What an apply came to, kept for the job that proposes what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.steps import kept

_ENDING = ".applied.json"


class Applied(NamedTuple):
    """One root that was applied, or had nothing to do.

    Attributes:
        root: its folder below the project folder.
        job_file: which it came from.
        environment: of it.
        retired: it is a tombstone, and all that it had made is gone.
        outputs: name to value of those that are not sensitive; empty unless they are wanted.
    """

    root: str
    job_file: str
    environment: str
    retired: bool
    outputs: Mapping[str, Any]


def write(folder: str, applied: Applied) -> None:
    """Write one into a folder, which is made.

    Raises:
        UsageError: it cannot be written.
    """
    kept.write(folder, applied.root, _ENDING, applied._asdict())


def read_all(folder: str) -> list[Applied]:
    """Those below a folder, by root.

    Raises:
        UsageError: one cannot be read.
    """
    found = kept.read_all(folder, _ENDING, _applied, "does not say what was applied")
    return sorted(found, key=lambda one: one.root)


def _applied(data: dict[str, Any]) -> Applied:
    return Applied(**data)
