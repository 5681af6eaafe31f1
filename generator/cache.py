"""The cache folder below the output: what spares the next run some work, and nothing else.

It holds JSON only, never code, keeps itself out of git, and may be deleted at any time.
"""

from __future__ import annotations

import json
import os
import tempfile
from typing import TYPE_CHECKING, Any

from generator.modules.catalogue import KNOWN_FILE, Catalogue

if TYPE_CHECKING:
    from generator.project import Project

FOLDER = ".dativo-cache"


def cache_folder(project_folder: str, output: str) -> str:
    """The cache folder of a project; it need not exist."""
    return os.path.join(project_folder, output, FOLDER)


def open_catalogue(project: Project) -> Catalogue:
    """The interfaces of modules, with those that earlier runs read."""
    return Catalogue(cache_folder(project.folder, project.settings.output))


def keep_interfaces(project: Project, learnt: dict[str, Any]) -> None:
    """Add interfaces to those kept for the next run."""
    if not learnt:
        return
    folder = cache_folder(project.folder, project.settings.output)
    known = read(folder, KNOWN_FILE) or {}
    write(folder, KNOWN_FILE, {**known, **learnt})


def read(folder: str, name: str) -> dict[str, Any] | None:
    """A file of the cache; None when it is not there or not readable."""
    try:
        with open(os.path.join(folder, name), "rb") as file:
            data = json.loads(file.read())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def write(folder: str, name: str, data: dict[str, Any]) -> None:
    """Write a file of the cache, as a whole or not at all; a cache that cannot be written is none."""
    try:
        if os.path.islink(folder) or os.path.realpath(folder) != os.path.abspath(
            os.path.realpath(folder)
        ):
            return
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if not os.path.exists(ignore):
            with open(ignore, "w", encoding="ascii") as file:
                file.write("*\n")
        descriptor, scratch = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, separators=(",", ":")))
        os.replace(scratch, os.path.join(folder, name))
    except OSError:
        return
