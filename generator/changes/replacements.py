"""What a changed input makes anew, as far as the shipped modules and their providers tell.

Known are the inputs of the shipped modules that end in an argument which the provider cannot
change in place (``replacements.json``, written by ``scripts/replacements.py`` from the modules and
from what the providers say of their resources). A module of the user's own is not looked into: the
plan tells.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from generator.changes.model import Difference
from generator.changes.repository import Trees

FILE = os.path.join(os.path.dirname(__file__), "replacements.json")
_SHOWN = 2


def digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of a module's files: names and contents, but for line ends."""
    found = hashlib.sha256()
    for name, data in sorted(files.items()):
        found.update(name.encode() + b"\0" + data.replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


@cache
def _table() -> dict[str, dict[str, Any]]:
    with open(FILE, encoding="utf-8") as file:
        found: dict[str, dict[str, Any]] = json.load(file)
    return found


class Replacements:
    """What differences of module inputs make anew."""

    def __init__(self, trees: Trees) -> None:
        """Args: trees: both ends."""
        self._trees = trees
        self._as_shipped = cache(self._is_as_shipped)

    def marked(self, difference: Difference, module: str) -> Difference:
        """A difference with what it makes anew.

        Args:
            difference: of a root.
            module: the source of its module: a folder below the top of the repository, or an
                address.
        """
        name = _name(module)
        row = _table().get(name)
        if row is None or difference.part != "input":
            return difference
        found = dict(_replaced(difference, row["inputs"]))
        if not found:
            return difference
        sure = any(found.values()) and self._as_shipped(module)
        resources = sorted(found, key=lambda resource: (not found[resource], resource))
        shown = ", ".join(resources[:_SHOWN])
        left = len(resources) - _SHOWN
        more = f" and {left} more" if left > 0 else ""
        if sure:
            return difference._replace(replaces=f"makes {shown}{more} anew")
        return difference._replace(replaces=f"may make {shown}{more} anew")

    def _is_as_shipped(self, module: str) -> bool:
        """Whether the copy in the repository is the module that the table was made from."""
        row = _table()[_name(module)]
        paths = {name: f"{module}/{name}" for name in row["files"]}
        texts = self._trees.fetch(paths.values())
        files = {name: texts[path][1] for name, path in paths.items()}
        found = {name: data for name, data in files.items() if data is not None}
        return len(found) == len(files) and digest(found) == row["digest"]


def _name(module: str) -> str:
    """The last folder of a source, without its version."""
    return posixpath.basename(module.partition("?")[0].partition(" ")[0].rstrip("/"))


def _replaced(
    difference: Difference, inputs: Mapping[str, list[list[Any]]]
) -> Iterator[tuple[str, bool]]:
    """Resources that are made anew, and whether that is sure."""
    sure: dict[str, bool] = {}
    for path, rows in inputs.items():
        if not _overlap(path, difference.name):
            continue
        for resource, argument, when, exact in rows:
            if when == "when set" and difference.old is None:
                continue
            if when == "when removed" and difference.new is not None:
                continue
            certain = exact and path == difference.name and when is True
            sure[f"{resource} ({argument})"] = certain
    yield from sure.items()


def _overlap(path: str, name: str) -> bool:
    return f"{name}.".startswith(f"{path}.") or f"{path}.".startswith(f"{name}.")
