"""Tells whether dativo itself is the one that it was; nothing but ``os`` is imported here."""

from __future__ import annotations

import os
import sys

from generator.files import shipped
from generator.files.regular import read
from generator.files.stamps import digest_of, digest_of_files, stamp
from generator.version import __version__

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterator

# Folders of the package and beside modules that no root depends on.
_APART = frozenset(("__pycache__", "data", "examples", "json_schema", "rehearsal", "tests"))
_INSTALLED = frozenset(("site-packages", "dist-packages"))


def own_stamp() -> str:
    """What changes whenever dativo does: its version, its files, and what is installed beside it.

    Raises:
        OSError: the installation is not complete.
    """
    seen = [__version__, sys.version]
    for top in _tops():
        for folder, entries in _files(top):
            seen.append(folder)
            for entry in entries:
                found = entry.stat()
                seen.append(f"{entry.name} {found.st_size} {found.st_mtime_ns}")
    seen += [stamp(folder) for folder in _installed()]
    return digest_of("\n".join(seen).encode("utf-8", "surrogateescape"))


# A process that runs more than once reads itself once.
_read: dict[str, str] = {}


def own_digest(stamped: str) -> str:
    """The same by content, so that another machine with the same dativo has the same.

    Args:
        stamped: what ``own_stamp`` says; what it said before was digested already.

    Raises:
        OSError: the installation is not complete.
    """
    if stamped not in _read:
        found = _digest()
        _read.clear()
        _read[stamped] = found
    return _read[stamped]


def _digest() -> str:
    seen = [__version__, sys.version]
    # A package that is installed has a folder with its name and version.
    seen += sorted(
        n for folder in _installed() for n in os.listdir(folder) if n.endswith(".dist-info")
    )
    own = (
        (os.path.relpath(entry.path, top), read(entry.path)[0])
        for top in _tops()
        for _, entries in _files(top)
        for entry in entries
    )
    return digest_of_files([("", "\n".join(seen).encode("utf-8", "surrogateescape")), *own])


def _tops() -> tuple[str, ...]:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return package, shipped.folder("templates/root"), shipped.folder("modules")


def _installed() -> list[str]:
    named = [folder for folder in sys.path if os.path.basename(folder) in _INSTALLED]
    return [folder for folder in named if os.path.isdir(folder)]


def _files(top: str) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """Each folder with the files in it that matter, in order."""
    stack = [top]
    while stack:
        folder = stack.pop()
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
        inner = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        stack += [entry.path for entry in inner if entry.name not in _APART]
        yield folder, [
            e for e in entries if e not in inner and not e.name.endswith((".md", ".pyc"))
        ]
