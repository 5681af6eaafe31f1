"""One root on its way to the disk: all its files beside their places, then all in their places."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from errno import EACCES, EEXIST, ENOSYS, ENOTDIR, ENOTEMPTY, ENOTSUP, EOPNOTSUPP, EPERM
from typing import Literal

from generator.errors import Location, Problem, TreeError
from generator.files.names import MANIFEST, PENDING, SCRATCH
from generator.files.paths import exists, is_pending, own_name
from generator.files.regular import create
from generator.files.stamps import stamp, stamp_of
from generator.tree.change import REMOVED, RootChange
from generator.tree.sweep import clear, discard, remove_empty

# What became of a root: all of it, nothing of it, or some of its files.
Outcome = Literal["written", "untouched", "half"]
# A file system without hard links says one of these.
_NO_LINKS = frozenset((EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP))
_IN_THE_WAY = frozenset((EEXIST, ENOTEMPTY, ENOTDIR))


class StagedRoot:
    """What is to happen to one root, in two steps: nothing that is there changes in the first.

    Args:
        top: the absolute output folder.
        output: the same below the project folder.
        change: what is to happen.
        token: of the process, for its names.
        number: of the root in the run.
    """

    def __init__(self, top: str, output: str, change: RootChange, token: str, number: int) -> None:
        self.change, self.shown = change, f"{output}/{change.folder}"
        self._top, self._path = top, f"{top}/{change.folder}"
        self._token, self._number = token, number
        self._beside: list[tuple[str, str]] = []
        self._folder: tuple[int, ...] = ()
        self._new = ""

    def stage(self) -> None:
        """Write all that is new beside its place, and see that all else can be done.

        Raises:
            OSError: the system refuses.
            TreeError: something is not as it was compared.
        """
        try:
            found = os.lstat(self._path)
        except FileNotFoundError:
            self._stage_new()
            return
        if not stat.S_ISDIR(found.st_mode):
            raise self._moved(self.shown)
        self._see_rights(found)
        self._see_files()
        self._stage_files()
        self._folder = _signs(os.lstat(self._path))

    def _stage_new(self) -> None:
        if not self.change.differing:
            raise self._moved(self.shown)
        new = self._name_of_new()
        try:
            os.mkdir(new)
        except FileNotFoundError:
            os.makedirs(new)
        self._new = new
        stamps = self.change.stamps
        for name, data in self.change.writes.items():
            stamps[name] = stamp_of(create(f"{new}/{name}", data))

    def _see_rights(self, folder: os.stat_result) -> None:
        """Renaming and removing want the folder's permission, in one that is sticky the file's."""
        effective = os.access in os.supports_effective_ids
        if not os.access(self._path, os.W_OK | os.X_OK, effective_ids=effective):
            raise PermissionError(EACCES, os.strerror(EACCES), self._path)
        user = os.geteuid() if hasattr(os, "geteuid") else 0
        if not folder.st_mode & stat.S_ISVTX or user in (0, folder.st_uid):
            return
        for name in (*self.change.differing, *self.change.removals):
            path = f"{self._path}/{name}"
            with contextlib.suppress(FileNotFoundError):
                if os.lstat(path).st_uid != user:
                    raise PermissionError(EPERM, os.strerror(EPERM), path)

    def _see_files(self) -> None:
        """What is replaced or removed is what was compared, and what is new has its place."""
        change = self.change
        wanted = {name: change.stamps.get(name, "") for name in change.differing} | change.seen
        for name, before in wanted.items():
            path = f"{self._path}/{name}"
            try:
                now = stamp(path)
            except FileNotFoundError:  # nothing is lost with it
                continue
            if now != before:
                raise self._moved(f"{self.shown}/{name}")

    def _stage_files(self) -> None:
        """The manifest last, so that no other file is younger than it.

        It alone has to outlast a power cut: all else can be made again from the job, or told by it.
        """
        for name, path in self._names_beside():
            create(path, self.change.texts[name].encode(), durable=name == MANIFEST)
            self._beside.append((name, path))

    def place(self) -> None:
        """Put everything in its place.

        Raises:
            OSError: the system refuses.
            TreeError: something is not as it was when this was staged.
        """
        if self._new:
            self._place_new()
            return
        found = _signs(os.lstat(self._path))
        if found[:2] != self._folder[:2]:
            raise self._moved(self.shown)
        if found != self._folder:  # a file came or went
            self._see_files()
        change = self.change
        if change.status == REMOVED:
            clear(self._path, change.removals)
        last = [name for name in change.removals if name == MANIFEST or is_pending(name)]
        others = [name for name in change.removals if name not in last]
        manifest = [one for one in self._beside if one[0] == MANIFEST]
        for name, source in self._beside:
            if name != MANIFEST:
                self._put(name, source)
        self._remove(others)
        for name, source in manifest:
            self._put(name, source)
        self._remove(last)
        if change.status == REMOVED:
            remove_empty(self._top, change.folder)

    def _place_new(self) -> None:
        try:
            os.rename(self._new, self._path)
        except OSError as error:
            if error.errno in _IN_THE_WAY:
                raise self._moved(self.shown) from error
            raise

    def _put(self, name: str, source: str) -> None:
        """Rename a file to its place; where nothing was, nothing that is there is replaced."""
        target = f"{self._path}/{name}"
        if self.change.stamps.get(name):
            os.replace(source, target)
        else:
            self._put_new(name, source, target)
        self.change.stamps[name] = stamp(target)

    def _put_new(self, name: str, source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in (EEXIST, *_NO_LINKS):
                raise
            if error.errno == EEXIST or exists(target):
                raise self._moved(f"{self.shown}/{name}") from None
            os.replace(source, target)
        else:
            os.unlink(source)

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self._path}/{name}")

    def settle(self, began: bool) -> Outcome:
        """Remove what was only staged, once the run has failed, whichever process staged it.

        Args:
            began: roots were being put in their places.

        Returns:
            What became of this one, as the disk has it. Of half a root what vouches for its new
            files stays.
        """
        outcome = self._outcome() if began else "untouched"
        discard(self._name_of_new())
        for name, path in self._names_beside():
            if name != MANIFEST or outcome != "half":
                with contextlib.suppress(OSError):
                    os.unlink(path)
        if outcome == "untouched":
            remove_empty(self._top, self.change.folder)
        return outcome

    def _outcome(self) -> Outcome:
        if exists(self._name_of_new()):
            return "untouched"
        removals = [f"{self._path}/{name}" for name in self.change.removals]
        beside = [path for _, path in self._names_beside()]
        left = sum(map(exists, beside + removals))
        if left == len(beside) + len(removals):
            return "untouched"
        return "half" if left else "written"

    def _name_of_new(self) -> str:
        name = own_name(SCRATCH, self._token, self._number)
        return f"{os.path.dirname(self._path)}/{name}"

    def _names_beside(self) -> Iterator[tuple[str, str]]:
        """Each file that is written, and where it is staged; the manifest last."""
        for number, name in enumerate(self.change.differing):
            kind = PENDING if name == MANIFEST else SCRATCH
            yield name, f"{self._path}/{own_name(kind, self._token, number)}"

    @staticmethod
    def _moved(shown: str) -> TreeError:
        message = f"{shown} is not what it was when this run looked at it: somebody else changes it"
        return TreeError(Problem("changed-meanwhile", message, Location(shown), "run it again"))


def _signs(folder: os.stat_result) -> tuple[int, ...]:
    """Which folder it is, and when a name in it came or went."""
    return folder.st_dev, folder.st_ino, folder.st_mtime_ns
