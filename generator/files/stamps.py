"""Tells whether a file is the one it was; nothing but ``os`` and a hash is imported here."""

from __future__ import annotations

import os
from marshal import dumps

from generator.files.regular import read

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterable

try:  # hashlib loads OpenSSL first, which takes longer than all the hashing
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_BY_DESCRIPTOR = {os.open, os.stat} <= os.supports_dir_fd and hasattr(os, "O_DIRECTORY")
# The newest form of marshal in which what is equal is written equally.
_PLAIN = 2
# Clocks of file systems tick more slowly than those of processors: 10 ms and less on Linux.
TICK = 20_000_000
# 2001-09-09, the time of modification that every file of the cache is given. No checkout
# leaves a file of that age, so a note that somebody committed vouches for nothing.
MARK = 10**18


def stamp(path: str) -> str:
    """Size, times and inode of a file or folder, without following a link.

    Raises:
        OSError: nothing is there.
    """
    return stamp_of(os.lstat(path))


def stamp_of(found: os.stat_result) -> str:
    """The stamp from what the system says of a file.

    The time of change (ctime) is in it, since a tool can set the time of modification.
    """
    return " ".join(map(str, _numbers(found)))


def _numbers(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def stamps_now(paths: Iterable[str]) -> str:
    """The ``digest_of_stamps`` of files and folders as they are now.

    Raises:
        OSError: one of them is not there.
    """
    numbers: list[int] = []
    for path in paths:
        found = os.lstat(path)
        numbers += _numbers(found)
    return digest_of(dumps(numbers, _PLAIN))


def stamps_inside(folder: str, names: Iterable[str]) -> str:
    """The ``digest_of_stamps`` of a folder, which is no link, and of files in it as they are now.

    Raises:
        OSError: it is a link, or one of them is not there.
    """
    if not _BY_DESCRIPTOR:
        return stamps_now([folder, *[f"{folder}/{name}" for name in names]])
    # The system walks the way to the folder once, and not for each file.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        numbers = [*_numbers(found)]
        for name in names:
            found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            numbers += _numbers(found)
    finally:
        os.close(descriptor)
    return digest_of(dumps(numbers, _PLAIN))


def digest_of_stamps(stamps: Iterable[str]) -> str:
    """The digest of the stamps of several files; the order counts.

    To compare numbers takes a third of the time that it takes to write them as text. The digest
    is compared by the same Python that made it, see ``own``.
    """
    return digest_of(dumps([int(one) for each in stamps for one in each.split(" ")], _PLAIN))


def are_old(stamps: Iterable[str], young: int) -> bool:
    """Whether another change of any of some files would give it another stamp.

    Args:
        stamps: of the files.
        young: nanoseconds; what changed since could change once more within the same tick.
    """
    return all(int(stamp.split(" ")[2]) < young for stamp in stamps)


def boot() -> str:
    """When this machine was started, where the system tells; else the same each time.

    What was written shortly before a power cut may have its size and its times, and not its
    content. So a stamp of before says nothing.
    """
    try:
        return read("/proc/sys/kernel/random/boot_id")[0].decode().strip()
    except (OSError, ValueError):
        return ""


def digest_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """The digest of several files, each with its name and its content; the order counts."""
    total = blake2b(digest_size=16)
    for name, data in files:
        total.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return total.hexdigest()


def digest_of(data: bytes) -> str:
    """The digest of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()
