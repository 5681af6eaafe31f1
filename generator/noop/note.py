"""Writes the record that ``answer`` and later runs read: what a run read, and what it came to."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.ci.on_disk import ALL_FILES, stale
from generator.errors import DativoError
from generator.files import cache
from generator.files.ignored import CODE as IGNORED
from generator.files.inside import Inside
from generator.files.names import DEPTH, MANIFEST, SETTINGS_FILE
from generator.files.own import own_digest, own_stamp
from generator.files.paths import is_leftover
from generator.files.seen import CHANGED, FILE, OTHER, THERE, now
from generator.files.stamps import TICK, are_old, boot, digest_of_files, digest_of_stamps, stamp
from generator.kept.data import encode
from generator.kept.record import NAME, Job, Record, root_line, without_stamps
from generator.noop.answer import all_unchanged, checked
from generator.plan.collisions import Claim
from generator.provider_locks.choose import CODES
from generator.tree.change import REMOVED, RootChange

if TYPE_CHECKING:
    from generator.run import Run


def remember(work: Run) -> None:
    """Write the record after a run that found nothing wrong.

    Job files that the run was not about keep what the record said of them. What is said of the
    whole is known after a run over all.

    Args:
        work: the run, written; one that uses no record leaves none.
    """
    if not work.kept.is_used or work.failed:
        return
    folder = work.project.folder
    try:
        text = _Writer(work).record().write()
    except OSError:  # something vanished while we ran
        return
    cache.sweep(folder, work.project.settings.output)
    if text is not None and text != work.kept.record.text:
        cache.write(folder, NAME, text)


class _Writer:
    """Makes the next record from a run and the record that it began with."""

    def __init__(self, work: Run) -> None:
        self._work, self._project, self._built = work, work.project, work.built
        self._kept, self._old = work.kept, work.kept.record
        self._output = self._project.settings.output
        self._young = time.time_ns() - TICK
        self._new, self._names = Record(), list(self._old.digests)
        self._moved: dict[str, str | None] = {}
        self._claims: dict[str, list[Claim]] = {}
        for claim in self._built.claims:
            self._claims.setdefault(claim.file, []).append(claim)
        self._numbers: dict[str, str] = {}
        self._renumbered: dict[str, str] = {}

    def record(self) -> Record:
        """The record of what is known after the run."""
        changes = {change.folder: change for change in self._work.comparison.roots}
        known = {file: job for file, job in self._old.jobs.items() if self._stays(file)}
        told = self._told()
        for file in sorted({*known, *self._built.sources}):
            if file in self._built.sources:
                self._fresh(file, told, changes)
            else:
                self._as_before(file, known[file], file in told)
        for folder, change in changes.items():
            if folder not in self._built.roots or "main.tf" not in change.texts:
                self._tombstone(change)
        self._whole()
        return self._new

    def _stays(self, file: str) -> bool:
        """Whether what the record says of a job file that was not built can be said again."""
        return file in self._kept.jobs or (not self._work.whole and self._kept.settled is not None)

    def _told(self) -> set[str]:
        """The files that the problems of the run are about."""
        return {problem.location.file for problem in self._work.problems if problem.location}

    def _fresh(self, file: str, told: set[str], changes: dict[str, RootChange]) -> None:
        """A job file that was built, if each of its roots is what it asks for."""
        built = self._built
        used, roots = built.sources[file]
        lines = [self._line(built.roots[root], changes[root]) for root in roots]
        if not all(lines):
            return
        seen = self._project.seen.digests
        used = {*used, FILE + SETTINGS_FILE}
        if any(seen.get(what, CHANGED) == CHANGED for what in used):
            return
        flags = "".join(
            flag
            for flag, has in (
                ("t", file in built.tied),
                ("w", file in told),
                ("n", file in built.without_root),
            )
            if has
        )
        data = encode(
            self._claims.get(file, ()),
            built.told[file],
            {root: built.locks[root] for root in roots},
        )
        self._number(FILE + file, seen[FILE + file])
        # Its own file it has anyway; without it, jobs that were made from the same share a line.
        numbers = [self._number(what, seen[what]) for what in sorted(used - {FILE + file})]
        self._new.jobs[file] = Job(flags, " ".join(numbers), data, *roots)
        self._new.roots.update(zip(roots, filter(None, lines), strict=True))

    def _as_before(self, file: str, job: Job, told: bool) -> None:
        """A job file that was taken from the record, or was none of the run."""
        if job.inputs not in self._moved:
            self._moved[job.inputs] = self._inputs(job.inputs.split())
        inputs, old = self._moved[job.inputs], self._old
        if inputs is None or not self._number(FILE + file, old.digests[FILE + file]):
            return
        flags = job.flags if "w" in job.flags or not told else job.flags + "w"
        self._new.jobs[file] = Job(flags, inputs, job.data, *job.roots)
        renewed = self._kept.settled.renewed if self._kept.settled else {}
        for root in job.roots:
            line = old.roots[root]
            line = line if self._old.is_awake else without_stamps(line)
            self._new.roots[root] = renewed.get(root) or line

    def _inputs(self, numbers: list[str]) -> str | None:
        """What a job was made from, by its new numbers; None where this run read something else."""
        old, seen, known = self._old.digests, self._project.seen.digests, self._renumbered
        new = {one: self._names[int(one)] for one in numbers if one not in known}
        if any(seen.get(what, old[what]) != old[what] for what in new.values()):
            return None
        for one, what in new.items():
            known[one] = self._number(what, old[what])
        return " ".join([known[one] for one in numbers])

    def _number(self, what: str, digest: str) -> str:
        """The number of what was read; of what was different things to two jobs, nothing holds."""
        number = self._numbers.setdefault(what, str(len(self._numbers)))
        if self._new.digests.setdefault(what, digest) != digest:
            self._new.digests[what] = CHANGED
        return number

    def _line(self, wanted: Mapping[str, str], change: RootChange) -> str | None:
        """What tells a root later; None where it does not hold just what its job asks for."""
        if not change.exact or {**change.texts} != {**wanted}:
            return None
        names = _in_order(wanted)
        digest = digest_of_files((name, wanted[name].encode()) for name in names)
        return self._told_by(change, names, digest)

    def _told_by(self, change: RootChange, names: list[str], digest: str) -> str | None:
        path = f"{self._work.comparison.top}/{change.folder}"
        stamps = [stamp(path), *[change.stamps[name] for name in names]]
        if any(map(is_leftover, os.listdir(path))):
            return None
        return root_line(stamps, digest, names, self._young)

    def _tombstone(self, change: RootChange) -> None:
        """A root that no job asks for any more, with the user's files beside it."""
        if change.status == REMOVED or change.folder in self._new.roots or not change.stamps:
            return
        names = [name for name in _in_order(change.stamps) if change.stamps[name]]
        line = self._told_by(change, names, "") if names else None
        if line is not None:
            self._new.roots[change.folder] = line

    def _whole(self) -> None:
        """What is true of all job files together."""
        work, new, settings = self._work, self._new, self._project.settings
        new.facts["own"], new.facts["boot"] = [self._own()], [[boot()]]
        new.facts["output"] = [[self._output]]
        how = "all" if settings.hand_written_roots is None else "some"
        new.facts["search"] = [[how, *self._project.searched]]
        new.facts["other"] = [[path] for path in work.others_found]
        seen = self._project.seen.digests
        places = [what for what in seen if what[0] == THERE]
        new.facts["there"] = [[what[1:]] for what in places]
        for what in (FILE + SETTINGS_FILE, *places, *(OTHER + path for path in work.others_found)):
            self._number(what, seen.get(what, CHANGED))
        self._folders()
        plain = not any(problem.code in (IGNORED, *CODES) for problem in work.problems)
        if plain and (work.whole or not self._old.jobs or "quick" in self._old.facts):
            new.facts["quick"] = [[]]
        roots = [root for root, status in work.statuses.items() if status != REMOVED]
        if work.whole and roots and new.roots.keys() == set(roots) and self._are_current():
            new.facts["jobs"] = [[*settings.jobs]]
            without = len(self._built.without_root)
            new.facts["say"] = [[all_unchanged(len(roots), without), checked(len(roots))]]
            new.facts["warn"] = [[line] for line in self._warnings()]

    def _own(self) -> list[str]:
        settled, before = self._kept.settled, self._old.fact("own")
        stamp = settled.own_stamp() if settled else own_stamp()
        return before if before and before[0] == stamp else [stamp, own_digest(stamp)]

    def _are_current(self) -> bool:
        """Whether the pipelines are; they are looked at before and after."""
        reader = Inside(self._project.folder)
        before = {path: now(reader, FILE + path) for path in ALL_FILES}
        try:
            if any(True for _ in stale(self._project)):
                return False
        except DativoError:  # check tells of it
            return False
        self._new.facts["file"] = [[path] for path in before]
        for path, digest in before.items():
            self._number(FILE + path, digest)
            self._number(FILE + path, now(reader, FILE + path))
        return True

    def _warnings(self) -> list[str]:
        from generator.report import render
        from generator.tree.retire import RETIRES

        # What happened in this run is not so in the next.
        problems = [problem for problem in self._work.problems if problem.code != RETIRES]
        return render(problems, self._project.folder).splitlines()

    def _folders(self) -> None:
        """The folders in which a root could appear; none where one did that the run knows not."""
        old, new = self._old, self._new
        if self._kept.is_unmoved(self._output) and old.roots.keys() == new.roots.keys():
            new.facts["folders"], new.folders = old.facts["folders"], old.folders
            return
        found = dict(self._stamped())
        stamps = list(found.values())
        for path in found:
            below = path.removeprefix(f"{self._output}/")
            if os.path.lexists(os.path.join(self._project.folder, path, MANIFEST)) and (
                below.count("/") == DEPTH - 1
            ):
                return
        if are_old(stamps, self._young):
            self._new.facts["folders"] = [[digest_of_stamps(stamps)]]
        self._new.folders = list(found)

    def _stamped(self) -> Iterator[tuple[str, str]]:
        """Each folder that holds no root, with its stamp before it was searched."""
        stack = [("", 0)]
        while stack:
            below, depth = stack.pop()
            shown = f"{self._output}/{below}" if below else self._output
            path = os.path.join(self._project.folder, shown)
            yield shown, stamp(path)
            if depth == DEPTH:
                continue
            with os.scandir(path) as entries:
                names = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
            for name in sorted(names):
                inner = f"{below}/{name}" if below else name
                if not name.startswith(".") and inner not in self._new.roots:
                    stack.append((inner, depth + 1))


def _in_order(names: Iterable[str]) -> list[str]:
    """The manifest first: it alone is looked at when another root is asked for."""
    return sorted(names, key=lambda name: (name != MANIFEST, name))
