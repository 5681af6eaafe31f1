"""Writes a file that the user names: as a whole or not at all, and through no link."""

from __future__ import annotations

import os
import stat

from generator.errors import UsageError
from generator.files.beside import replace_beside
from generator.files.regular import read


def write(path: str, data: bytes, project: str | None = None) -> bool:
    """Write a file beside its place and rename it there; folders on the way are made.

    A file that has the content already is left alone, and one that is replaced keeps its mode.

    Args:
        path: relative to the current folder, or absolute.
        data: the whole content.
        project: the project folder whose lock this process holds; None where it holds none.

    Returns:
        Whether anything was written.

    Raises:
        UsageError: a symbolic link or something else that is no regular file is in the way, or
            the system refuses.
    """
    try:
        mode = _mode(path)
        if mode is not None and read(path, most=len(data))[0] == data:
            return False
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        replace_beside(path, data, mode=mode, project=project)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    except ValueError:  # a NUL in the name
        raise UsageError(f"cannot write {path!r}: not a file name") from None
    return True


def _mode(path: str) -> int | None:
    """The permissions of the file that is there; None when nothing is."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        real = os.path.realpath(path)
        raise UsageError(f"{path} is a symbolic link; name the file it leads to: {real}")
    if not stat.S_ISREG(mode):
        raise UsageError(f"cannot write {path}: it is no regular file")
    return stat.S_IMODE(mode)
