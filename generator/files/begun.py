"""A mark in the cache folder while roots are written: it stays when a run is cut short."""

from __future__ import annotations

import contextlib
import os

from generator.files.cache import cache_folder, prepare
from generator.files.names import BEGUN


def begin(project: str, output: str) -> bool:
    """Make the mark.

    Args:
        project: the project folder.
        output: its output folder, below it.

    Returns:
        Whether an earlier run may have left something: its mark is there, or cannot be known.
    """
    known = os.path.isdir(cache_folder(project, output))
    folder = prepare(project, output)
    if folder is None:
        return True
    try:
        os.close(os.open(os.path.join(folder, BEGUN), os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except OSError:
        return True
    return not known


def is_begun(project: str, output: str) -> bool:
    """Whether there is a mark: a run that is writing, or one that was cut short."""
    return os.path.lexists(os.path.join(cache_folder(project, output), BEGUN))


def end(project: str, output: str) -> None:
    """Remove the mark: nothing is left of a run that was cut short."""
    path = os.path.join(cache_folder(project, output), BEGUN)
    with contextlib.suppress(OSError):
        os.unlink(path)
    with contextlib.suppress(OSError):  # somebody made a folder of it
        os.rmdir(path)
