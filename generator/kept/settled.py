"""Which job files, and which of their roots, are as they were when the record was written."""

from __future__ import annotations

import os
import time

from generator.files.folders import root_folders
from generator.files.inside import Inside
from generator.files.names import MANIFEST, PENDING, SCRATCH, SETTINGS_FILE
from generator.files.own import own_digest, own_stamp
from generator.files.regular import read
from generator.files.seen import CHANGED, FILE, now
from generator.files.stamps import TICK, boot, digest_of_files, stamp, stamp_of
from generator.kept.record import Job, Record, is_as_read, read_record

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        self._real: dict[str, bool] = {}
        self._ours: bool | None = None
        self._young = time.time_ns() - TICK
        # Stamps of before the machine was started again tell nothing of contents.
        self.is_awake = record.fact("boot") == [boot()]

    def is_ours(self) -> bool:
        """Whether this very dativo wrote the record, or one that is the same in all it does."""
        if self._ours is None:
            by_stamp, by_content = self.record.fact("own")
            self._ours = by_stamp == own_stamp() or by_content == own_digest()
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
                found = saved != CHANGED and now(self._inside, what) == saved
            except OSError:
                found = False
            self._same[what] = found
        return found

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
            found = all(self.has(self._seen[int(one)]) for one in job.inputs.split())
            self._inputs[job.inputs] = found
        return job if found else None

    def all_roots(self, folders: Iterable[str]) -> bool:
        """Whether some roots are on the disk as they were written, and nothing else of ours."""
        return all(map(self.root, folders))

    def root(self, folder: str, only_first: bool = False) -> bool:
        """Whether a root is on the disk as it was.

        Args:
            folder: below the output folder.
            only_first: look at its manifest alone.
        """
        line = self.record.roots.get(folder)
        if line is None or not self._is_real(os.path.dirname(folder)):
            return False
        path = f"{self.folder}/{self.output}/{folder}"
        fields = line.split("\t")
        names, stamps = fields[2::2], fields[3::2]
        try:
            if not self.is_awake:
                return self._by_content(folder, path, fields[1], names)
            if only_first:
                if stamp(f"{path}/{names[0]}") == stamps[0]:
                    return True
            elif stamp(path) == fields[0] and _same(path, names, stamps):
                return True
            return self._by_content(folder, path, fields[1], names)
        except OSError:
            return False

    def no_other_roots(self) -> bool:
        """Whether no root is on the disk that the record does not know."""
        top = f"{self.folder}/{self.output}"
        if not self._is_real(""):
            return False
        try:
            if self.is_awake and all(
                stamp(f"{self.folder}/{f}") == s for f, s in self.record.folders.items()
            ):
                return True
        except FileNotFoundError:  # a folder that held no root
            pass
        unknown = [one for one in root_folders(top) if one not in self.record.roots]
        return not any(os.path.lexists(f"{top}/{one}/{MANIFEST}") for one in unknown)

    def _by_content(self, folder: str, path: str, saved: str, names: Sequence[str]) -> bool:
        """The same by content, as after a checkout; only whole roots are known by it."""
        if not saved or os.path.islink(path):
            return False
        line = [stamp(path), saved]
        if any(name.startswith(_LEFTOVERS) for name in os.listdir(path)):
            return False
        files = []
        for name in names:
            data, found = read(f"{path}/{name}", follow=False)
            files.append((name, data))
            line += [name, stamp_of(found) if found.st_ctime_ns < self._young else ""]
        if digest_of_files(files) != saved:
            return False
        self.renewed[folder] = "\t".join(line)
        return True

    def _is_real(self, below: str) -> bool:
        """Whether a folder below the output folder, and all above it, are no links."""
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


def without_stamps(line: str) -> str:
    """The line of a root, so that it is known by its content alone."""
    fields = line.split("\t")
    fields[0], fields[3::2] = "", [""] * len(fields[3::2])
    return "\t".join(fields)


def _same(path: str, names: Sequence[str], stamps: Sequence[str]) -> bool:
    pairs = zip(names, stamps, strict=True)
    return all(stamp(f"{path}/{name}") == saved for name, saved in pairs)
