"""Writes a file that the user names: as a whole or not at all, and through no link."""

from __future__ import annotations

import os
import stat

from generator.errors import UsageError
from generator.files.regular import read, replace


def write(path: str, data: bytes) -> bool:
    """Write a file beside its place and rename it there; folders on the way are made.

    A file that has the content already is left alone, and one that is replaced keeps its mode.

    Args:
        path: relative to the current folder, or absolute.
        data: the whole content.

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
        folder, name = os.path.split(path)
        os.makedirs(folder or ".", exist_ok=True)
        scratch = os.path.join(folder, f".{name[:200]}.{os.urandom(6).hex()}.dativo-new")
        replace(path, scratch, data, mode=mode)
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
