"""A mark in the cache folder while roots are written: it stays when a run is cut short."""

from __future__ import annotations

import contextlib
import os

from generator.errors import TreeError
from generator.files import cache
from generator.files.names import BEGUN, CACHE_FOLDER


def begin(project: str) -> bool:
    """Make the mark in a project folder.

    Returns:
        Whether an earlier run may have left something: its mark is there, or cannot be known.
    """
    folder = os.path.join(project, CACHE_FOLDER)
    known = os.path.isdir(folder)
    try:
        cache.prepare(project)
        os.close(os.open(os.path.join(folder, BEGUN), os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except (OSError, TreeError):
        return True
    return not known


def is_begun(project: str) -> bool:
    """Whether there is a mark: a run that is writing, or one that was cut short."""
    return os.path.lexists(os.path.join(project, CACHE_FOLDER, BEGUN))


def end(project: str) -> None:
    """Remove the mark: nothing is left of a run that was cut short."""
    path = os.path.join(project, CACHE_FOLDER, BEGUN)
    with contextlib.suppress(OSError):
        os.unlink(path)
    with contextlib.suppress(OSError):  # somebody made a folder of it
        os.rmdir(path)


def forget(project: str) -> None:
    """Remove the folder where it holds nothing but the mark: without it as little is known."""
    folder = os.path.join(project, CACHE_FOLDER)
    with contextlib.suppress(OSError):
        if sorted(os.listdir(folder)) == sorted((cache.IGNORE, BEGUN)):
            os.unlink(os.path.join(folder, cache.IGNORE))
            end(project)
            os.rmdir(folder)
