"""Which job files of a run need not be built, and what they came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.files.names import SETTINGS_FILE
from generator.files.seen import FILE, Seen
from generator.kept.data import Came, decode
from generator.kept.record import Job, Record
from generator.kept.settled import Settled, opened
from generator.provider_locks.lock_file import LockFile


class Kept:
    """The record of earlier runs, for one run.

    Args:
        folder: the project folder, absolute; None for a run that neither asks nor tells.
        settled: what this process found of the record already, if it did.

    Attributes:
        is_used: a record may be read and written.
        settled: the comparison of the record with the disk; None without a record, or with one
            of another dativo.
        jobs: the job files that are taken as they were, and what they came to.
    """

    def __init__(self, folder: str | None, settled: Settled | None = None) -> None:
        self.is_used = folder is not None
        self.settled = None if folder is None else _ours(folder, settled)
        self.jobs: dict[str, tuple[Job, Came]] = {}

    @property
    def record(self) -> Record:
        """What was read; empty where nothing can be used."""
        return Record() if self.settled is None else self.settled.record

    def take(
        self, files: Iterable[str], seen: Seen, locks: Mapping[str, LockFile], on_disk: bool
    ) -> None:
        """Find the job files that are as they were.

        Args:
            files: job files.
            seen: what the run has read so far: dativo.yaml and locks.
            locks: the locks of the project by file.
            on_disk: their roots have to be on the disk as they were written.
        """
        settled = self.settled
        what = FILE + SETTINGS_FILE
        if settled is None or seen.digests[what] != settled.record.digests.get(what):
            return
        for file in files:
            job = settled.job(file)
            if job is None or (on_disk and not settled.all_roots(job.roots)):
                continue
            try:
                self.jobs[file] = job, decode(job, locks)
            except (ValueError, LookupError, TypeError, AttributeError):
                continue

    def leave(self, files: Iterable[str]) -> list[str]:
        """Do not take these after all; returns those that were taken, in order."""
        return sorted(file for file in files if self.jobs.pop(file, None) is not None)

    @property
    def tied(self) -> set[str]:
        """The job files that needed others, or that others needed."""
        return {file for file, job in self.record.jobs.items() if "t" in job.flags}

    def is_unmoved(self, output: str) -> bool:
        """Whether the folders around roots hold what they held after the last run.

        Args:
            output: the folder that the roots are in now.
        """
        settled = self.settled
        return settled is not None and settled.output == output and settled.is_unmoved()

    def roots_there(self, output: str) -> list[str] | None:
        """The roots that are on the disk, and none beside them; None where only a search tells.

        Args:
            output: likewise.
        """
        return [*self.record.roots] if self.is_unmoved(output) else None

    def is_as_before(self, file: str, roots: Iterable[str], without: bool) -> bool:
        """Whether a job file that was built has the roots that it had."""
        job = self.record.jobs.get(file)
        return job is not None and {*job.roots} == {*roots} and ("n" in job.flags) == without


def _ours(folder: str, settled: Settled | None) -> Settled | None:
    if settled is None or settled.folder != folder or not settled.is_current():
        settled = opened(folder)
    try:
        return settled if settled is not None and settled.is_ours() else None
    except (OSError, ValueError, LookupError, TypeError):
        return None
