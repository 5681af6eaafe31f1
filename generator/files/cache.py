"""The cache folder of a project: what spares the next run some work, and nothing else.

It holds text only, never code, keeps itself out of git, and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

from generator.errors import TreeError
from generator.files.names import CACHE_FOLDER, OLD_CACHE_FOLDER
from generator.files.paths import refuse_link
from generator.files.regular import replace
from generator.files.stamps import MARK

_SCRATCH = "tmp-"
IGNORE = ".gitignore"
# What an earlier dativo had in the folder that it had.
_OLD_NAMES = (IGNORE, "unchanged.txt", "interfaces.json")


def write(project: str, name: str, text: str) -> None:
    """Write a file of the cache, as a whole or not at all; what cannot be written is left out.

    Args:
        project: the project folder.
        name: the file's name.
        text: what it shall hold.
    """
    with contextlib.suppress(OSError, TreeError, UnicodeEncodeError):
        _write(os.path.join(prepare(project), name), text)


def prepare(project: str) -> str:
    """Make the cache folder of a project folder, kept out of git.

    Raises:
        OSError: the system refuses.
        TreeError: a link is there.
    """
    folder = os.path.join(project, CACHE_FOLDER)
    refuse_link(folder, project)
    os.makedirs(folder, exist_ok=True)
    if not os.path.lexists(ignore := os.path.join(folder, IGNORE)):
        _write(ignore, "*\n")
    return folder


def sweep(project: str, output: str) -> None:
    """Remove what runs that were cut short left, and the folder that an earlier dativo had.

    To be called by the only writer.

    Args:
        project: the project folder.
        output: the output folder below it.
    """
    folder = os.path.join(project, CACHE_FOLDER)
    if os.path.isdir(folder) and not os.path.islink(folder):
        _remove(folder, lambda name: name.startswith(_SCRATCH))
    old = os.path.join(project, output, OLD_CACHE_FOLDER)
    if os.path.isdir(old) and not os.path.islink(old):
        _remove(old, lambda name: name in _OLD_NAMES or name.startswith(_SCRATCH))
        with contextlib.suppress(OSError):  # what else is in it is not ours
            os.rmdir(old)


def _remove(folder: str, ours: Callable[[str], bool]) -> None:
    with contextlib.suppress(OSError):
        for name in filter(ours, os.listdir(folder)):
            os.unlink(os.path.join(folder, name))


def _write(path: str, text: str) -> None:
    scratch = os.path.join(os.path.dirname(path), f"{_SCRATCH}{os.urandom(6).hex()}")
    data = text.encode("utf-8", "surrogateescape")
    replace(path, scratch, data, mode=0o600, time=MARK)
