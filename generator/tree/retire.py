"""Which roots go, and which only seem to: a slip must not destroy what a job has.

A root goes when its job file is really gone, or when the file says so: without the tenant or the
environment, under another name, or deployed by another tool. All else is an error, until somebody
names the root and means it (``dativo generate --retire``).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.errors import Location, Problem
from generator.job.project import Project
from generator.plan.collisions import Claim
from generator.render.manifest import Manifest
from generator.tree.consequence import consequence
from generator.tree.missing_file import slip
from generator.tree.orphans import CHANGED_NAME, Reason, verdicts

RETIRES = "root-retires"
_MOST_SHOWN = 5
# Below this two names have little more in common than their alphabet.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Retirement:
    """The roots that no job asks for any more, and what there is to judge them by.

    Attributes:
        project: the repository.
        retiring: their manifests; of none the state has passed to another root.
        active: the manifests of all roots on disk that are no tombstones.
        new: what the roots claim that are made for the first time.
        job_files: all job files that were read.
        confirmed: folders and job files, below the project folder, whose roots may go.
    """

    project: Project
    retiring: Sequence[Manifest]
    active: Sequence[Manifest]
    new: Sequence[Claim]
    job_files: Collection[str]
    confirmed: Collection[str] = ()

    def problems(self) -> list[Problem]:
        """What stands in the way; without an error, a warning for each root that goes."""
        judged = [(root, self._judged(root, found)) for root, found in self._verdicts()]
        errors = [p for _, p in judged if isinstance(p, Problem)]
        errors = [*dict.fromkeys(errors), *self._not_retiring()]
        errors = errors or list(self._all_at_once())
        if errors:
            return errors
        return [self._warning(root, why) for root, why in judged if isinstance(why, Reason)]

    def slips(self) -> list[Problem]:
        """The errors alone, for a run over some job files, which lets no root go."""
        judged = [self._judged(root, found) for root, found in self._verdicts()]
        return list(dict.fromkeys(p for p in judged if isinstance(p, Problem)))

    def _verdicts(self) -> Iterator[tuple[Manifest, Reason | Problem]]:
        by_file: dict[str, list[Manifest]] = {}
        for root in self.retiring:
            by_file.setdefault(root.job_file, []).append(root)
        new = {claim.folder or "" for claim in self.new}
        for file, roots in sorted(by_file.items()):
            if file in self.job_files:
                yield from verdicts(self.project, file, roots, new)
                continue
            found = slip(self.project, file, not self.job_files)
            for root in roots:
                yield root, found or Reason(f"{file} is gone", Location(self._shown(root)))

    def _judged(self, root: Manifest, found: Reason | Problem) -> Reason | Problem:
        """A slip that the user confirmed is none; the hint of any other says how to confirm it."""
        if isinstance(found, Reason):
            return found
        if self._is_confirmed(root):
            return Reason("--retire says so", Location(self._shown(root)))
        return found._replace(hint=f"{found.hint}; to retire {self._way_out(root, found)}")

    def _way_out(self, root: Manifest, found: Problem) -> str:
        """What to do where the slip was a wish."""
        run = "run: dativo generate --retire"
        if found.code == "missing-folder":
            return f"its roots on purpose, {run} {self.project.settings.output}"
        if found.code == CHANGED_NAME:
            return f"that root on purpose, {run} {self._shown(root)}"
        ways = f"{run} {root.job_file}"
        file = (
            found.location.file
            if found.code == "not-a-job-file" and found.location
            else root.job_file
        )
        if os.path.lexists(os.path.join(self.project.folder, file)):
            ways = f"remove {file}, or {ways}"
        if root.job_file in self.job_files:
            ways = f"say `iac: manual` under infrastructure, {ways}"
        return f"its root on purpose, {ways}"

    def _is_confirmed(self, root: Manifest) -> bool:
        return any(self._named(path, root) for path in self.confirmed)

    def _named(self, path: str, root: Manifest) -> bool:
        names = (self._shown(root), root.job_file)
        return path == "." or any(name == path or name.startswith(path + "/") for name in names)

    def _not_retiring(self) -> Iterator[Problem]:
        """What was named and has no root that goes; one that went already is no matter."""
        for path in self.confirmed:
            if any(self._named(path, root) for root in self.retiring):
                continue
            if any(self._named(path, one) for one in self.active):
                message = f"the root of {path} does not retire: its job asks for it"
                hint = "remove the job, its environment or its tenant first"
                yield Problem("not-retiring", message, None, hint)

    def _all_at_once(self) -> Iterator[Problem]:
        """Every root of a project of some: more likely that something is missing here.

        A project with a single job may lose that one.
        """
        unconfirmed = [root for root in self.retiring if not self._is_confirmed(root)]
        if not unconfirmed or len(self.retiring) < len(self.active) or len(self.retiring) < 2:
            return
        if self.job_files and len({root.job_file for root in self.retiring}) < 2:
            return
        shown = [self._shown(root) for root in self.retiring[:_MOST_SHOWN]]
        more = len(self.retiring) - len(shown)
        listed = ", ".join(shown) + (f" and {more} more" if more else "")
        output = self.project.settings.output
        hint = (
            "restore the job files, or what gives all of them their names; to retire all roots on "
            f"purpose, run: dativo generate --retire {output}"
        )
        message = f"all {len(self.retiring)} roots would retire at once: {listed}"
        yield Problem("all-roots-retire", message, Location(output), hint)

    def _warning(self, root: Manifest, reason: Reason) -> Problem:
        project, output = self.project, self.project.settings.output
        says = consequence(f"{project.folder}/{output}", root)
        message = f"{self._shown(root)} retires, since {reason.why}: {says}"
        taken_by = _renamed(root, self.new)
        hint = "if that is not meant, restore it before the apply"
        if taken_by is not None:
            hint = _how_to_keep(root, taken_by, output)
        return Problem(RETIRES, message, reason.location, hint, "warning")

    def _shown(self, root: Manifest) -> str:
        return f"{self.project.settings.output}/{root.folder}"


def _renamed(old: Manifest, new: Sequence[Claim]) -> Claim | None:
    """The new root that probably takes the place of one that goes.

    It comes from the same job file, or has all but one of tenant, job and environment.

    Args:
        old: the root that goes.
        new: the roots that come.
    """
    near = [claim for claim in new if claim.file == old.job_file or _shared(old, claim) == 2]
    if not near:
        return None
    best = max(near, key=lambda claim: (_rank(old, claim), claim.folder or ""))
    same_file = best.file == old.job_file
    return best if same_file or len(near) == 1 or _likeness(old, best) >= _ALIKE else None


def _how_to_keep(old: Manifest, taken_by: Claim, output: str) -> str:
    """What to do about a probable rename, for a hint."""
    shown = f"{output}/{taken_by.folder}"
    if taken_by.tenant == old.tenant and taken_by.job == old.job and _regional(old, taken_by):
        keep = f"to keep what it made, {_home(old, taken_by)}"
        return f"{shown} starts from nothing: {keep}"
    if taken_by.tenant == old.tenant and taken_by.stage == old.stage:
        keep = (
            f"to keep what it made, write `name: {old.job}` in {taken_by.file}, or run: dativo "
            f"rename {old.job} {taken_by.job}"
        )
        return f"probably renamed to {shown}, which starts from nothing: {keep}"
    part = "tenant" if taken_by.tenant != old.tenant else "environment"
    previous = old.tenant if part == "tenant" else old.environment
    keep = f'to keep what it made, keep the {part} "{previous}" in {taken_by.file}'
    return f"probably {shown} takes its place, and starts from nothing: {keep}"


def _regional(old: Manifest, taken_by: Claim) -> bool:
    """Whether only the region tells two roots of a job apart."""
    return old.environment == taken_by.environment and old.region != taken_by.region


def _home(old: Manifest, taken_by: Claim) -> str:
    if old.region:
        return f'keep the region "{old.region}" among `regions` in {taken_by.file}'
    return f"write its region as `infrastructure.region` beside `regions` in {taken_by.file}"


def _rank(old: Manifest, claim: Claim) -> tuple[bool, int, float]:
    return claim.file == old.job_file, _shared(old, claim), _likeness(old, claim)


def _shared(old: Manifest, claim: Claim) -> int:
    pairs = zip(_identity(old), _identity(claim), strict=True)
    return sum(one == other for one, other in pairs)


def _identity(root: Manifest | Claim) -> tuple[str | None, ...]:
    return root.tenant, root.job, root.stage


def _likeness(old: Manifest, claim: Claim) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, old.folder, claim.folder or "").ratio() if claim.folder else 0.0
