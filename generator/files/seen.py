"""What a run reads, by the digest of what it was when it was read; only ``os`` is needed.

What is read has a kind and a place below the project folder, and both are written as one word:

    f jobs/orders.yaml     the content of a file; "" for one that is not there
    m modules/etl          which files of a folder Terraform reads
    l locks                which files of a folder are locks of providers
    d modules/etl          whether it is a folder
    o ../vpc/main.tf       the content of somebody else's file, inside the project or not
    t old/dativo.yaml      whether anything is there
    h                      where the project folder is
"""

from __future__ import annotations

import os

from generator.files.inside import Inside
from generator.files.regular import read
from generator.files.stamps import digest_of
from generator.files.terraform_files import is_lock, is_terraform

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, TypeVar

    T = TypeVar("T")

FILE, MODULE, LOCKS, FOLDER, OTHER, THERE, HERE = "fmldoth"
# Of what was not the same each time that it was read. No digest is this one.
CHANGED = "?"


class Seen:
    """What a run has read so far, and what of it went into the job at hand.

    Attributes:
        digests: kind and place to digest.
    """

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self._using: list[set[str]] = []
        self._made: dict[object, tuple[Any, set[str]]] = {}

    def file(self, path: str, data: bytes | None) -> None:
        """A file was read; None for one that is not there."""
        self._note(FILE + path, "" if data is None else digest_of(data))

    def other(self, path: str, data: bytes) -> None:
        """A file was read that is not the project's."""
        self._note(OTHER + path, digest_of(data))

    def module(self, folder: str, names: Iterable[str]) -> None:
        """A folder was searched for a module."""
        self._note(MODULE + folder, _names(names))

    def locks(self, folder: str, names: Iterable[str]) -> None:
        """A folder was searched for locks of providers."""
        self._note(LOCKS + folder, _names(names))

    def folder(self, path: str, there: bool) -> None:
        """Somebody asked whether something is a folder."""
        self._note(FOLDER + path, "d" if there else "")

    def there(self, path: str, there: bool) -> None:
        """Somebody asked whether anything is at a place."""
        self._note(THERE + path, "t" if there else "")

    def here(self, folder: str) -> None:
        """Where the project folder is made a difference."""
        self._note(HERE, _path(folder))

    def _note(self, what: str, digest: str) -> None:
        self._add(what, digest)
        if self._using:
            self._using[-1].add(what)

    def use(self, what: Iterable[str]) -> None:
        """What was read earlier, and kept in memory since, went into the job at hand."""
        if self._using:
            self._using[-1].update(what)

    def begin(self) -> set[str]:
        """Begin to note what goes into something; the set grows until ``end``."""
        used: set[str] = set()
        self._using.append(used)
        return used

    def end(self) -> None:
        """End what began last; it is part of what began before it."""
        self.use(self._using.pop())

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What a function returns, called once; what it read is used by whoever asks for it."""
        if key not in self._made:
            used = self.begin()
            try:
                self._made[key] = make(), used
            finally:
                self.end()
        made, used = self._made[key]
        self.use(used)
        value: T = made
        return value

    def merge(self, digests: Mapping[str, str]) -> None:
        """Take in what another process of the run read."""
        for what, digest in digests.items():
            self._add(what, digest)

    def _add(self, what: str, digest: str) -> None:
        if self.digests.setdefault(what, digest) != digest:
            self.digests[what] = CHANGED


def now(inside: Inside, what: str) -> str:
    """What is there now, told as ``Seen`` tells it.

    Args:
        inside: the reader of the project's files.
        what: kind and place.

    Raises:
        OSError: it cannot be read, or lies outside the project folder.
    """
    kind, place = what[0], what[1:]
    if kind == FILE:
        try:
            return digest_of(inside.read(place))
        except (FileNotFoundError, NotADirectoryError):
            return ""
    if kind == HERE:
        return _path(inside.folder)
    path = os.path.join(inside.folder, place)
    if kind == OTHER:
        return digest_of(read(path)[0])
    if kind == THERE:
        return "t" if os.path.lexists(path) else ""
    if kind == FOLDER:
        return "d" if os.path.isdir(path) and inside.holds(place) else ""
    names = os.listdir(path) if os.path.isdir(path) and inside.holds(place) else []
    if kind == LOCKS:
        return _names(filter(is_lock, names))
    found = [name for name in filter(is_terraform, names) if not os.path.isdir(f"{path}/{name}")]
    return _names(found)


def _names(names: Iterable[str]) -> str:
    return digest_of("\0".join(sorted(names)).encode("utf-8", "surrogateescape"))


def _path(folder: str) -> str:
    real = os.path.realpath(folder)
    return digest_of(f"{folder}\0{real}".encode("utf-8", "surrogateescape"))
