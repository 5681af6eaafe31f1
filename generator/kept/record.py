"""The record of what earlier runs came to: its place, its text, and reading it.

It is text, one fact a line, fields separated by tabs, since a JSON parser takes longer to import
than all of this takes to run. The first line has the format, and a digest of all that follows, so
that no damage goes unseen. Then come five parts, with an empty line between them::

    own, say, ...         about the whole: kind of line, and its fields
    digest, what          what was read, as ``files.seen`` names it
    job file, ...         what it was made from, what it came to, its roots
    root, ...             what tells it later: digests of its stamps, of that of its first file
                          and of its content, then the files, separated by slashes
    folder                in which roots may appear; the fact "folders" has their stamps

Nothing is taken from a file that is not the user's own, that is a link or has further names, or
that lacks the time that every file of the cache is given.
"""

from __future__ import annotations

import os
import stat

from generator.files.names import CACHE_FOLDER
from generator.files.regular import read
from generator.files.stamps import MARK, are_old, boot, digest_of, digest_of_stamps, stamp, stamp_of

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = "dativo-cache 2"
NAME = "roots.txt"
# A record of 10,000 roots has about 10 MB.
_MOST = 256 * 1024 * 1024


class Job:
    """What a job file came to.

    Attributes:
        flags: "t" where it needs others or others need it, "w" where a warning is about it,
            "n" where it holds a job without a root.
        inputs: numbers of what was read beside its own file, separated by blanks.
        data: claims, warnings and locks, as JSON.
        roots: below the output folder.
    """

    __slots__ = ("data", "flags", "inputs", "roots")

    def __init__(self, flags: str, inputs: str, data: str, *roots: str) -> None:
        self.flags, self.inputs, self.data, self.roots = flags, inputs, data, roots

    def fields(self) -> list[str]:
        """The line without the job file."""
        return [self.flags, self.inputs, self.data, *self.roots]


class Record:
    """A record, read or to be written.

    Attributes:
        facts: kind of line to the fields of each.
        digests: what was read to its digest; the order counts.
        jobs: by job file.
        roots: root folder, below the output folder, to its line without that.
        folders: those in which roots may appear, below the project.
        text: what it was read from.
        stamp: of the file that it was read from.
    """

    __slots__ = ("digests", "facts", "folders", "jobs", "roots", "stamp", "text")

    def __init__(self) -> None:
        self.facts: dict[str, list[list[str]]] = {}
        self.digests: dict[str, str] = {}
        self.jobs: dict[str, Job] = {}
        self.roots: dict[str, str] = {}
        self.folders: list[str] = []
        self.text = self.stamp = ""

    def fact(self, kind: str) -> list[str]:
        """The fields of the one line of a kind; none where there is no such line."""
        found = self.facts.get(kind)
        return found[0] if found else []

    @property
    def is_awake(self) -> bool:
        """Whether the machine was not started again since, which makes stamps tell nothing."""
        return self.fact("boot") == [boot()]

    def write(self) -> str | None:
        """The text; None where a name holds a tab or a line break, which is not worth an escape."""
        parts = [
            [[kind, *line] for kind, lines in self.facts.items() for line in lines],
            [[digest, what] for what, digest in self.digests.items()],
            [[file, *job.fields()] for file, job in self.jobs.items()],
            [[folder, line] for folder, line in self.roots.items()],
            [[folder] for folder in self.folders],
        ]
        whole = [["\t".join(line) for line in part] for part in parts]
        count = sum(line.count("\t") for line in self.roots.values())
        fields = sum(len(line) - 1 for part in parts for line in part)
        lines = sum(max(len(part) - 1, 0) for part in whole) + 2 * (len(parts) - 1)
        text = "\n\n".join("\n".join(part) for part in whole)
        if text.count("\t") != fields + count or text.count("\n") != lines or "\0" in text:
            return None
        return f"{FORMAT}\t{_digest(text)}\n{text}"


def root_line(stamps: Sequence[str], content: str, names: Sequence[str], young: int) -> str:
    """The line of a root, without its folder.

    Args:
        stamps: of its folder and of its files.
        content: the digest of its files; empty where it is not whole.
        names: of its files, the manifest first.
        young: what changed since that time is told by its content, see ``are_old``.
    """
    parts = stamps, stamps[1:2]
    digests = [digest_of_stamps(part) if are_old(part, young) else "" for part in parts]
    return "\t".join((*digests, content, "/".join(names)))


def without_stamps(line: str) -> str:
    """The line of a root, so that it is known by its content alone."""
    _, _, content, names = line.split("\t")
    return "\t".join(("", "", content, names))


def _digest(text: str) -> str:
    return digest_of(text.encode("utf-8", "surrogateescape"))


def read_record(folder: str) -> Record | None:
    """The record of a project folder; None where there is none, or none to be trusted."""
    try:
        if not stat.S_ISDIR(os.lstat(os.path.join(folder, CACHE_FOLDER)).st_mode):
            return None
        path = os.path.join(folder, CACHE_FOLDER, NAME)
        data, found = read(path, follow=False, most=_MOST)
        if found.st_mtime_ns != MARK or found.st_nlink != 1 or not _is_own(found):
            return None
        record = parse(data.decode("utf-8", "surrogateescape"))
        record.stamp = stamp_of(found)
        return record
    except (OSError, ValueError, LookupError, TypeError):
        return None


def is_as_read(folder: str, record: Record) -> bool:
    """Whether the file of a record is still the one that it was read from."""
    try:
        return stamp(os.path.join(folder, CACHE_FOLDER, NAME)) == record.stamp
    except OSError:
        return False


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or (
        found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def parse(text: str) -> Record:
    """A record from its text.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    record = Record()
    record.text = text
    first, _, rest = text.partition("\n")
    if first != f"{FORMAT}\t{_digest(rest)}":
        raise ValueError(first)
    facts, seen, jobs, roots, folders = rest.split("\n\n")
    for line in _lines(facts):
        kind, *fields = line.split("\t")
        record.facts.setdefault(kind, []).append(fields)
    for line in _lines(seen):
        digest, what = line.split("\t")
        record.digests[what] = digest
    for line in _lines(jobs):
        file, *fields = line.split("\t")
        record.jobs[file] = Job(*fields)
    for line in _lines(roots):
        folder, _, rest = line.partition("\t")
        record.roots[folder] = rest
    record.folders = _lines(folders)
    return record


def _lines(part: str) -> list[str]:
    return part.split("\n") if part else []
