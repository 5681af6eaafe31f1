"""Tells whether a file is the one it was; nothing but ``os`` and a hash is imported here."""

from __future__ import annotations

import os
import sys

from generator.files import shipped
from generator.files.regular import read
from generator.files.terraform_files import is_lock, is_terraform
from generator.version import __version__

try:  # hashlib loads OpenSSL first, which takes longer than all the hashing
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

# Clocks of file systems tick more slowly than those of processors: 10 ms and less on Linux.
TICK = 20_000_000
# 2001-09-09, the time of modification that every file of the cache is given. No checkout
# leaves a file of that age, so a note that somebody committed vouches for nothing.
MARK = 10**18
# Folders of the package and beside modules that no root depends on.
_APART = frozenset(("__pycache__", "data", "examples", "json_schema", "rehearsal", "tests"))
_INSTALLED = frozenset(("site-packages", "dist-packages"))


def stamp(path: str) -> str:
    """Size, times and inode of a file or folder, without following a link.

    Raises:
        OSError: nothing is there.
    """
    return stamp_of(os.lstat(path))


def stamp_behind(path: str) -> str:
    """As ``stamp``, of what a link leads to.

    Raises:
        OSError: nothing is there.
    """
    return stamp_of(os.stat(path))


def stamp_of(found: os.stat_result) -> str:
    """The stamp from what the system says of a file.

    The time of change (ctime) is in it, since a tool can set the time of modification.
    """
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def digest_of(data: bytes) -> str:
    """The digest of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


def digest(path: str, follow: bool = True) -> str:
    """The digest of a file's content, or of what a folder lists.

    Args:
        path: a file, or with a slash at the end a folder, of which the names of the
            Terraform files and of locks count.
        follow: follow a symbolic link.

    Returns:
        Hexadecimal; "" for what is not there.

    Raises:
        OSError: it cannot be read.
    """
    if path.endswith("/"):
        return _listing(path[:-1])
    try:
        return digest_of(read(path, follow=follow)[0])
    except FileNotFoundError:
        return ""


def _listing(folder: str) -> str:
    if os.path.islink(folder):
        return "link"
    try:
        names = sorted(name for name in os.listdir(folder) if is_terraform(name) or is_lock(name))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return digest_of("\0".join(names).encode("utf-8", "surrogateescape"))


def own_stamp() -> str:
    """What changes whenever dativo does: its version, its files, and what is installed beside it.

    Raises:
        OSError: the installation is not complete.
    """
    seen = [__version__, sys.version]
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for top in (package, shipped.folder("templates/root"), shipped.folder("modules")):
        _collect(top, seen)
    installed = [folder for folder in sys.path if os.path.basename(folder) in _INSTALLED]
    seen += [stamp(folder) for folder in installed if os.path.isdir(folder)]
    return digest_of("\n".join(seen).encode("utf-8", "surrogateescape"))


def _collect(top: str, seen: list[str]) -> None:
    stack = [top]
    while stack:
        folder = stack.pop()
        seen.append(folder)
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _APART:
                        stack.append(entry.path)
                elif not entry.name.endswith((".md", ".pyc")):
                    found = entry.stat()
                    seen.append(f"{entry.name} {found.st_size} {found.st_mtime_ns}")
