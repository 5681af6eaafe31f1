"""Which lock file of the project a root gets, and why none fits it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.errors import Location, Problems
from generator.files.names import LOCKS_FOLDER, SETTINGS_FILE
from generator.job.project import Project
from generator.plan.root_plan import RootPlan
from generator.provider_locks.lock_file import LockFile, locks_of
from generator.provider_locks.needed import Needed, needed_by
from generator.text.count import count, listed
from generator.text.versions import satisfiable

# What ``check`` counts as a difference, since a command mends it.
UNLOCKED = "unlocked"
PLATFORMS = "lock-platforms"
UNUSED = "unused-lock"
CODES = frozenset((UNLOCKED, PLATFORMS, UNUSED))
RUN = "run: dativo lock, then: dativo generate"


class Choice(NamedTuple):
    """The lock of a root.

    Attributes:
        lock: what it gets; None where nothing fits, or the project locks nothing.
        why: why nothing fits; empty where something does, or the project locks nothing.
        file: which lock is nearest; empty where there is none.
    """

    lock: LockFile | None
    why: str = ""
    file: str = ""


def project_locks(project: Project) -> tuple[list[LockFile], Problems]:
    """As ``locks_of``, read once for all jobs of a run."""
    return project.seen.once(LOCKS_FOLDER, lambda: locks_of(project))


def lock_for(project: Project, plan: RootPlan) -> Choice:
    """The lock of a root.

    Args:
        project: the repository; one without locks, and without platforms to lock for, has none.
        plan: the root.
    """
    locks, _ = project_locks(project)
    if not locks and not project.settings.terraform.platforms:
        return Choice(None)
    wanted = needed_by(project, plan)
    found: Choice | None = project.locks.get(wanted)
    if found is None:
        found = project.locks[wanted] = choose(wanted, locks)
    return found


def choose(wanted: Needed, locks: Sequence[LockFile]) -> Choice:
    """The first lock by name that fits."""
    for lock in locks:
        if is_for(lock, wanted) and not _refused(lock, wanted):
            return Choice(lock)
    for lock in locks:
        if is_for(lock, wanted):
            refused = _refused(lock, wanted)
            return Choice(None, f"has {listed(refused)}", lock.file)
    what = sorted(wanted.modules) or sorted(wanted.sources)
    kind = "the module " if wanted.modules else ""
    return Choice(None, f"has no lock for {kind}{listed(what)}")


def is_for(lock: LockFile, wanted: Needed) -> bool:
    """Whether a lock is for the same providers, whatever their versions."""
    if wanted.modules:
        return wanted.modules <= lock.modules and wanted.sources <= lock.providers.keys()
    return wanted.sources == lock.providers.keys()


def allowed(version: str, constraints: Iterable[str]) -> bool:
    """Whether constraints allow a version; what cannot be read is Terraform's to refuse."""
    return satisfiable(f"= {version}", *constraints)


def _refused(lock: LockFile, wanted: Needed) -> list[str]:
    return [
        f"{source} {version}, which is not {constraint}"
        for source, constraints in wanted.providers
        for constraint in constraints
        if not allowed(version := lock.providers[source].version, [constraint])
    ]


def misfits(project: Project, choices: dict[str, Choice], whole: bool) -> Problems:
    """What ``dativo lock`` would mend, each thing once.

    Args:
        project: the repository.
        choices: root folder to its lock.
        whole: all roots are among them, so that a lock that none has can be told.
    """
    problems = Problems()
    without: dict[Choice, list[str]] = {}
    for folder, choice in sorted(choices.items()):
        if choice.why:
            without.setdefault(choice, []).append(folder)
    output = project.settings.output
    for choice, folders in without.items():
        which = f"{output}/{folders[0]}"
        if len(folders) > 1:
            which = f"{count(len(folders), 'root')}, {which} among them"
        message = f"{choice.file or LOCKS_FOLDER} {choice.why}: no lock fits {which}"
        problems.warning(UNLOCKED, message, Location(choice.file or LOCKS_FOLDER), RUN)
    locks, _ = project_locks(project)
    used = {choice.lock.file for choice in choices.values() if choice.lock is not None}
    for lock in locks:
        asked = project.settings.terraform.platforms
        missing = sorted(set(asked) - set(lock.platforms))
        if missing and lock.file in used:
            message = f"{lock.file} has no checksums for {listed(missing)}"
            at = asked.index(missing[0])
            location = Location(SETTINGS_FILE, ("terraform", "platforms", at))
            problems.warning(PLATFORMS, message, location, RUN)
        if whole and lock.file not in used and not without:
            message = f"{lock.file} is the lock of no root"
            problems.warning(UNUSED, message, Location(lock.file), "run: dativo lock")
    return problems
