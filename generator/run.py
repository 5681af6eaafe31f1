"""One run over a project: who builds what, whether roots collide, and when it may be written.

What happens to a job is in ``pipeline``, what happens to the disk in ``tree``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import InputError, Problem, UsageError
from generator.job.job_files import below, jobs_to_build
from generator.modules.catalogue import keep_interfaces
from generator.share import Share, Summary
from generator.workers import Forked, may_fork

if TYPE_CHECKING:
    from generator.job.project import Project
    from generator.plan.collisions import Claim
    from generator.tree.settle import OnChange

# Below this a second process costs more than it saves.
ENOUGH_TO_FORK = 150
_NO_JOBS = "no-jobs"


class Allowed(NamedTuple):
    """What a user lets a run do beyond the usual.

    Attributes:
        force: replace generated files that were edited by hand.
        migrate: a state may move to another address.
        on_change: what to do with a root whose runtime changes under its state.
        retire: roots, job files, or folders of such, whose roots may go although it looks like a
            slip.
    """

    force: bool = False
    migrate: bool = False
    on_change: OnChange = "stop"
    retire: tuple[str, ...] = ()


ONLY_THE_USUAL = Allowed()


class Run:
    """A run over some or all job files of a project.

    Attributes:
        project: the repository.
        whole: all job files are taken, so that roots without a job can be told.
        job_files: the files, in order.
        summary: what is known so far, of all processes.
        started: when the run began to read, in nanoseconds, to tell what changed meanwhile.
    """

    def __init__(
        self,
        project: Project,
        paths: Sequence[str] = (),
        allowed: Allowed = ONLY_THE_USUAL,
    ) -> None:
        """Find the job files; nothing is read yet.

        Args:
            project: the repository.
            paths: files or folders, see ``jobs_to_build``; none means all.
            allowed: what the run may do beyond the usual.

        Raises:
            InputError: a folder of job files cannot be read.
            UsageError: a path means no job file, or roots shall go in a run over some jobs.
        """
        if paths and allowed.retire:
            raise UsageError("--retire needs a run over all jobs: name no PATH beside it")
        self.project = project
        self.job_files, self.whole = jobs_to_build(project, paths)
        self.summary = Summary(problems=[] if self.job_files else [_no_jobs(project)])
        self.started = time.time_ns()
        self._agreed = [below(project, path) for path in allowed.retire]
        share = partial(
            Share,
            project,
            force=allowed.force,
            migrate=allowed.migrate,
            on_change=allowed.on_change,
        )
        self._own = share()
        self._other: Forked[Share] | None = None
        self._others: list[Claim] = []
        if len(self.job_files) > ENOUGH_TO_FORK and may_fork():
            self._other = Forked(share)

    def __enter__(self) -> Run:
        """Use as a context manager, so that the second process ends with the run."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the second process."""
        if self._other is not None:
            self._other.close()

    @property
    def failed(self) -> bool:
        """Whether anything is wrong."""
        return any(problem.severity == "error" for problem in self.summary.problems)

    @property
    def steps(self) -> int:
        """How many job files this process builds, the first ones."""
        return len(self.job_files) // (1 if self._other is None else 2)

    def build(self, done: Callable[[str], None] | None = None) -> None:
        """Build every root and find what collides.

        Args:
            done: called with each job file that this process has finished.
        """
        if self._other is None:
            self.summary.add(self._own.build(self.job_files, done))
        else:
            mine = self.steps
            self._other.start("build", self.job_files[mine:])
            self.summary.add(self._own.build(self.job_files[:mine], done))
            self.summary.add(self._other.result())
        self._collide()
        if self.whole:
            self._unused_defaults()
        keep_interfaces(self.project, self.summary.learnt)

    def compare(self) -> None:
        """Compare the roots with the disk; those whose job is gone become tombstones."""
        self._retire()
        if self._other is not None:
            self._other.start("compare")
        self.summary.add(self._own.compare())
        if self._other is not None:
            self.summary.add(self._other.result())

    def tell_ignored(self) -> None:
        """Warn of roots that git ignores."""
        from generator.files.ignored import ignored_roots
        from generator.tree.status import REMOVED

        roots = [root for root, status in self.summary.statuses.items() if status != REMOVED]
        output = self.project.settings.output
        self.summary.problems += ignored_roots(self.project.folder, output, sorted(roots))

    def write(self) -> None:
        """Write what differs. To be called only when nothing failed."""
        if self._other is not None:
            self._other.start("write")
        self._own.write()
        if self._other is not None:
            self._other.result()

    def stamps(self) -> dict[str, dict[str, str]]:
        """Root folder below the output folder to file name to stamp, see ``Share.stamps``."""
        found = self._own.stamps()
        if self._other is not None:
            found |= self._other.call("stamps")
        return found

    def _collide(self) -> None:
        from generator.plan.collisions import collisions
        from generator.tree.other_roots import other_claims
        from generator.tree.roots_on_disk import claims_on_disk

        others, problems = other_claims(self.project, self.summary.claims)
        self.summary.problems += problems
        self._others = others
        claims = [*self.summary.claims, *others]
        if not self.whole:
            try:
                claims += claims_on_disk(self.project, self.summary.claims, self.job_files)
            except InputError as error:
                self.summary.problems += error.problems
        self.summary.problems += collisions(claims)

    def _unused_defaults(self) -> None:
        defaults = self.project.settings.defaults
        if defaults.tenants or defaults.environments:
            from generator.job.unused_defaults import unused_defaults

            tenants = {claim.tenant for claim in self.summary.claims}
            environments = {claim.environment for claim in self.summary.claims}
            self.summary.problems += unused_defaults(self.project, tenants, environments)

    def _retire(self) -> None:
        """What becomes of roots that no job asks for; a run over some jobs lets none of them go."""
        from generator.tree.roots_on_disk import gone_roots, slips

        claims, problems = self.summary.claims, self.summary.problems
        try:
            if not self.whole:
                problems += slips(self.project, claims, self.job_files)
                return
            claims = [*claims, *self._others]
            roots, found = gone_roots(self.project, claims, self.job_files, self._agreed)
        except InputError as error:
            problems += error.problems
            return
        errors = {p.location and p.location.file for p in found if p.severity == "error"}
        # What an error says again at the same file, or of all, is one mistake.
        problems[:] = [p for p in problems if not (errors and _said_by(p, errors))]
        problems += found
        self._own.add(roots)


def _said_by(problem: Problem, files: Collection[str | None]) -> bool:
    """Whether a warning is about what is an error as well: no jobs, a block without its name."""
    named = problem.location.file if problem.location else None
    is_block = problem.code == "unknown-key" and problem.severity == "warning"
    return problem.code == _NO_JOBS or (is_block and named in files)


def _no_jobs(project: Project) -> Problem:
    folders = " or ".join(project.settings.jobs)
    hint = "a job file ends with .yaml or .yml; `jobs:` in dativo.yaml names other folders"
    return Problem(_NO_JOBS, f"there are no job files below {folders}", None, hint, "warning")
