"""Which job files, and which of their roots, are as they were when the record was written."""

from __future__ import annotations

import os
import time

from generator.files.folders import root_folders
from generator.files.inside import Inside
from generator.files.names import MANIFEST, PENDING, SCRATCH, SETTINGS_FILE
from generator.files.own import own_digest, own_stamp
from generator.files.processors import may_fork
from generator.files.regular import read
from generator.files.seen import CHANGED, FILE, OTHER, now
from generator.files.stamps import (
    TICK,
    digest_of_files,
    stamp,
    stamp_of,
    stamps_inside,
    stamps_now,
)
from generator.kept.ahead import Ahead
from generator.kept.record import Job, Record, is_as_read, read_record, root_line

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Below this many roots a second process costs more than it saves.
ENOUGH_TO_FORK = 300
_UNMOVED = "/"  # no root is called so
# What a run that was cut short leaves in a root.
_LEFTOVERS = (SCRATCH, PENDING)


class Settled:
    """Compares the record with the disk; each file is looked at once.

    Args:
        folder: the project folder, absolute.
        record: of earlier runs.

    Attributes:
        folder, record: the same.
        output: the output folder, below the project folder.
        renewed: roots that were found the same by their content, to their new lines.
        is_awake: the machine was not started again since the record was written.
    """

    def __init__(self, folder: str, record: Record) -> None:
        self.record, self.renewed = record, dict[str, str]()
        self.folder, self._inside = folder, Inside(folder)
        [self.output] = record.fact("output")
        self._seen = list(record.digests)
        self._same: dict[str, bool] = {}
        self._inputs: dict[str, bool] = {}
        self._unchanged: set[str] = set()
        self._real: dict[str, bool] = {}
        self._names: dict[str, list[str]] = {}
        self._unmoved: bool | None = None
        self._roots: dict[str, bool] = {}
        self._ahead: Ahead | None = None
        self._ours: bool | None = None
        self._own = ""
        self._young = time.time_ns() - TICK
        self.is_awake = record.is_awake

    def own_stamp(self) -> str:
        """The stamp of this dativo when it was first asked for, before anything was built."""
        self._own = self._own or own_stamp()
        return self._own

    def is_ours(self) -> bool:
        """Whether this very dativo wrote the record, or one that is the same in all it does."""
        if self._ours is None:
            by_stamp, by_content = self.record.fact("own")
            stamp = self.own_stamp()
            self._ours = by_stamp == stamp or by_content == own_digest(stamp)
        return self._ours

    def is_current(self) -> bool:
        """Whether the record is still the one on the disk."""
        return is_as_read(self.folder, self.record)

    def has(self, what: str) -> bool:
        """Whether something that was read is as it was."""
        found = self._same.get(what)
        if found is None:
            saved = self.record.digests.get(what, CHANGED)
            try:
                found = saved != CHANGED and (
                    self._is_read_as(what, saved) or now(self._inside, what) == saved
                )
            except OSError:
                found = False
            self._same[what] = found
        return found

    def _is_read_as(self, what: str, saved: str) -> bool:
        """Whether somebody else's file is one of ours that was the same a moment ago."""
        ours = FILE + what[1:]
        return what[0] == OTHER and (
            self._same.get(ours, False) and self.record.digests[ours] == saved != ""
        )

    def settings(self) -> bool:
        """Whether dativo.yaml is as it was."""
        return self.has(FILE + SETTINGS_FILE)

    def job(self, file: str) -> Job | None:
        """What a job file came to; None where it, or anything that it was made from, differs."""
        job = self.record.jobs.get(file)
        if job is None or not self.has(FILE + file):
            return None
        found = self._inputs.get(job.inputs)
        if found is None:
            # Most lists are of inputs that others had as well.
            new = [one for one in job.inputs.split() if one not in self._unchanged]
            found = all(self.has(self._seen[int(one)]) for one in new)
            self._inputs[job.inputs] = found
            if found:
                self._unchanged.update(new)
        return job if found else None

    def look_ahead(self) -> None:
        """Begin to look at all roots beside what this process does, where that saves time."""
        if len(self.record.roots) >= ENOUGH_TO_FORK and may_fork():
            self._ahead = Ahead(self._all)

    def end(self) -> None:
        """Wait for what was begun and not asked for."""
        if self._ahead is not None:
            self._ahead.end()
            self._ahead = None

    def _all(self) -> list[str]:
        """What is found of the roots, as lines: whether they moved, which differ, renewed ones."""
        lines = [_UNMOVED] if self.is_unmoved() else []
        lines += [root for root in self.record.roots if not self.root(root)]
        return [*lines, "", *(f"{root}\t{line}" for root, line in self.renewed.items())]

    def _take_ahead(self) -> None:
        """Take what the second process found; what it did not tell is looked at here."""
        if self._ahead is None:
            return
        ahead, self._ahead = self._ahead, None
        told = ahead.told()
        if told is None:
            return
        self._set_unmoved(told[:1] == [_UNMOVED])
        differ = told[self._unmoved is True : told.index("")]
        self._roots = dict.fromkeys(self.record.roots, True) | dict.fromkeys(differ, False)
        for line in told[told.index("") + 1 :]:
            root, _, renewed = line.partition("\t")
            self.renewed[root] = renewed

    def all_roots(self, folders: Iterable[str]) -> bool:
        """Whether some roots are on the disk as they were written, and nothing else of ours."""
        return all(map(self.root, folders))

    def root(self, folder: str, only_first: bool = False) -> bool:
        """Whether a root is on the disk as it was.

        Args:
            folder: below the output folder.
            only_first: look at its manifest alone.
        """
        self._take_ahead()
        if not only_first and folder in self._roots:
            return self._roots[folder]
        line = self.record.roots.get(folder)
        if line is None or not self._is_real(os.path.dirname(folder)):
            return False
        path = f"{self.folder}/{self.output}/{folder}"
        stamps, first, content, listed = line.split("\t")
        names = self._names.get(listed)
        if names is None:
            names = self._names[listed] = listed.split("/")
        try:
            if not self.is_awake:
                return self._by_content(folder, path, content, names)
            if only_first:
                if first and stamps_now([f"{path}/{names[0]}"]) == first:
                    return True
            elif stamps and stamps_inside(path, names) == stamps:
                return True
            return self._by_content(folder, path, content, names)
        except OSError:
            return False

    def no_other_roots(self) -> bool:
        """Whether no root is on the disk that the record does not know."""
        top = f"{self.folder}/{self.output}"
        if not self._is_real(""):
            return False
        if self.is_unmoved():
            return True
        unknown = [one for one in root_folders(top) if one not in self.record.roots]
        return not any(os.path.lexists(f"{top}/{one}/{MANIFEST}") for one in unknown)

    def _by_content(self, folder: str, path: str, saved: str, names: Sequence[str]) -> bool:
        """The same by content, as after a checkout; only whole roots are known by it."""
        if not saved or os.path.islink(path):
            return False
        stamps = [stamp(path)]
        if any(name.startswith(_LEFTOVERS) for name in os.listdir(path)):
            return False
        files = []
        for name in names:
            data, found = read(f"{path}/{name}", follow=False)
            files.append((name, data))
            stamps.append(stamp_of(found))
        if digest_of_files(files) != saved:
            return False
        self.renewed[folder] = root_line(stamps, saved, names, self._young)
        return True

    def is_unmoved(self) -> bool:
        """Whether the folders around roots are those that were there, with what they held."""
        self._take_ahead()
        if self._unmoved is None:
            saved, folders = self.record.fact("folders"), self.record.folders
            try:
                now = stamps_now([f"{self.folder}/{folder}" for folder in folders])
            except OSError:  # a folder that held no root
                now = ""
            self._set_unmoved(self.is_awake and saved == [now] and self._is_real(""))
        return self._unmoved is True

    def _set_unmoved(self, unmoved: bool) -> None:
        self._unmoved = unmoved
        if unmoved:
            skip = len(self.output) + 1
            self._real |= dict.fromkeys([one[skip:] for one in self.record.folders], True)

    def _is_real(self, below: str) -> bool:
        """Whether a folder below the output folder, and all above it, are no links."""
        found = self._real.get(below)
        if found is None and below and self.is_unmoved():
            found = self._real.get(below)
        if found is None:
            path = f"{self.output}/{below}" if below else self.output
            steps = path.split("/")
            ways = ["/".join(steps[: n + 1]) for n in range(len(steps))]
            found = not any(os.path.islink(f"{self.folder}/{way}") for way in ways)
            self._real[below] = found
        return found


def opened(folder: str) -> Settled | None:
    """The record of a project folder, compared with nothing yet; None where none can be used."""
    record = read_record(folder)
    try:
        return None if record is None else Settled(folder, record)
    except ValueError:
        return None
