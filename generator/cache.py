"""The cache folder below the output: what spares the next run some work, and nothing else.

It holds text only, never code, keeps itself out of git, and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

from generator.modules.catalogue import KNOWN_FILE, Catalogue
from generator.stamps import MARK
from generator.unchanged import CACHE_FOLDER

if TYPE_CHECKING:
    from generator.project import Project

_SCRATCH = "tmp-"


def cache_folder(project: Project) -> str:
    """The cache folder of a project; it need not exist."""
    return os.path.join(project.folder, project.settings.output, CACHE_FOLDER)


def open_catalogue(project: Project) -> Catalogue:
    """The interfaces of modules, with those that earlier runs read."""
    return Catalogue(cache_folder(project))


def keep_interfaces(project: Project, learnt: dict[str, Any]) -> None:
    """Add interfaces to those kept for the next run."""
    if not learnt:
        return
    try:
        with open(os.path.join(cache_folder(project), KNOWN_FILE), "rb") as file:
            known = json.loads(file.read())
    except (OSError, ValueError, RecursionError):
        known = {}
    write(
        project, KNOWN_FILE, json.dumps({**known, **learnt} if isinstance(known, dict) else learnt)
    )


def prepare(project: Project) -> str | None:
    """Make the cache folder; None where there can be none."""
    from generator.errors import TreeError
    from generator.tree.paths import output_folder, refuse_link

    try:
        folder = os.path.join(output_folder(project.folder, project.settings.output), CACHE_FOLDER)
        refuse_link(folder, project.folder)
        os.makedirs(folder, exist_ok=True)
        if not os.path.lexists(ignore := os.path.join(folder, ".gitignore")):
            _write(ignore, "*\n")
    except (OSError, TreeError):
        return None
    return folder


def write(project: Project, name: str, text: str) -> None:
    """Write a file of the cache, as a whole or not at all; what cannot be written is left out.

    Args:
        project: the repository.
        name: the file's name.
        text: what it shall hold.
    """
    folder = prepare(project)
    if folder is not None:
        with contextlib.suppress(OSError):
            _write(os.path.join(folder, name), text)


def sweep(project: Project) -> None:
    """Remove what runs that were cut short left of files; to be called by the only writer."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder := cache_folder(project)):
            if name.startswith(_SCRATCH):
                os.unlink(os.path.join(folder, name))


def _write(path: str, text: str) -> None:
    import tempfile

    descriptor, scratch = tempfile.mkstemp(prefix=_SCRATCH, dir=os.path.dirname(path))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8", "surrogateescape"))
        os.utime(scratch, ns=(MARK, MARK))
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise
