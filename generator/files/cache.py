"""The cache folder below the output: what spares the next run some work, and nothing else.

It holds text only, never code, keeps itself out of git, and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os

from generator.errors import TreeError
from generator.files.names import CACHE_FOLDER
from generator.files.paths import output_folder, refuse_link
from generator.files.regular import replace
from generator.files.stamps import MARK

_SCRATCH = "tmp-"


def cache_folder(project: str, output: str) -> str:
    """The cache folder of a project folder with this output folder; it need not exist."""
    return os.path.join(project, output, CACHE_FOLDER)


def prepare(project: str, output: str) -> str | None:
    """Make the cache folder; None where there can be none."""
    try:
        folder = os.path.join(output_folder(project, output), CACHE_FOLDER)
        refuse_link(folder, project)
        os.makedirs(folder, exist_ok=True)
        if not os.path.lexists(ignore := os.path.join(folder, ".gitignore")):
            _write(ignore, "*\n")
    except (OSError, TreeError):
        return None
    return folder


def write(project: str, output: str, name: str, text: str) -> None:
    """Write a file of the cache, as a whole or not at all; what cannot be written is left out.

    Args:
        project: the project folder.
        output: its output folder, below it.
        name: the file's name.
        text: what it shall hold.
    """
    folder = prepare(project, output)
    if folder is not None:
        with contextlib.suppress(OSError):
            _write(os.path.join(folder, name), text)


def sweep(project: str, output: str) -> None:
    """Remove what runs that were cut short left of files; to be called by the only writer."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder := cache_folder(project, output)):
            if name.startswith(_SCRATCH):
                os.unlink(os.path.join(folder, name))


def _write(path: str, text: str) -> None:
    scratch = os.path.join(os.path.dirname(path), f"{_SCRATCH}{os.urandom(6).hex()}")
    data = text.encode("utf-8", "surrogateescape")
    replace(path, scratch, data, mode=0o600, time=MARK)
