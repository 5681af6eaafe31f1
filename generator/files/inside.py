"""Reads files of a project and nothing outside of it; nothing but ``os`` is imported here."""

from __future__ import annotations

import os

from generator.files.regular import read

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
# A YAML file may have as many bytes: 1 MiB.
MAX_BYTES = 1024 * 1024


class OutsideError(OSError):
    """A path leads out of the project folder, by ``..`` or by a symbolic link."""


class Inside:
    """A reader of the files below a folder, which looks at each folder above them once.

    Args:
        folder: the project folder, absolute.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._folders: dict[str, bool] = {}

    def read(self, file: str) -> bytes:
        """The bytes of a file, up to one more than ``MAX_BYTES`` and a few.

        Args:
            file: below the project folder.

        Raises:
            OutsideError: it lies outside.
            OSError: it does not exist, is no regular file, or cannot be read.
        """
        if not self.holds(file.rpartition("/")[0]) or (
            not _NOFOLLOW and not is_inside(self.folder, file)
        ):
            raise OutsideError(file)
        path = f"{self.folder}/{file}"
        try:
            return read(path, follow=False, most=MAX_BYTES)[0]
        except OSError:
            if not os.path.islink(path):
                raise
        if not is_inside(self.folder, file):
            raise OutsideError(file)
        return read(path, most=MAX_BYTES)[0]

    def holds(self, folder: str) -> bool:
        """Whether a folder lies inside, links followed; asked of the disk once."""
        found = self._folders.get(folder)
        if found is None:
            found = self._folders[folder] = is_inside(self.folder, folder)
        return found


def is_inside(folder: str, path: str) -> bool:
    """Whether a path below a folder stays there when links and ``..`` are followed."""
    try:
        real = os.path.realpath(os.path.join(folder, path))
        root = os.path.realpath(folder)
    except ValueError:  # a NUL in the name
        return False
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)
