"""One run over a project: who builds what, whether roots collide, and when it may be written.

What happens to a job is in ``pipeline``, what happens to the disk in ``tree``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from generator.cache import keep_interfaces
from generator.errors import InputError, Problem
from generator.job_files import jobs_to_build
from generator.share import Share, Summary
from generator.workers import Forked, may_fork

if TYPE_CHECKING:
    from generator.plan.collisions import Claim
    from generator.project import Project

# Below this a second process costs more than it saves.
ENOUGH_TO_FORK = 150


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
        *,
        force: bool = False,
        migrate: bool = False,
    ) -> None:
        """Find the job files; nothing is read yet.

        Args:
            project: the repository.
            paths: files or folders, see ``jobs_to_build``; none means all.
            force: replace generated files that were edited by hand.
            migrate: a state may move to another address.

        Raises:
            InputError: a folder of job files cannot be read.
            UsageError: a path means no job file.
        """
        self.project = project
        self.job_files, self.whole = jobs_to_build(project, paths)
        self.summary = Summary(problems=[] if self.job_files else [_no_jobs(project)])
        self.started = time.time_ns()
        self._own = Share(project, force=force, migrate=migrate)
        self._other: Forked[Share] | None = None
        self._others: list[Claim] = []
        if len(self.job_files) > ENOUGH_TO_FORK and may_fork():
            self._other = Forked(lambda: Share(project, force=force, migrate=migrate))

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
        keep_interfaces(self.project, self.summary.learnt)

    def compare(self) -> None:
        """Compare the roots with the disk; those whose job is gone become tombstones."""
        if self.whole:
            self._retire()
        if self._other is not None:
            self._other.start("compare")
        self.summary.add(self._own.compare())
        if self._other is not None:
            self.summary.add(self._other.result())

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
        from generator.other_roots import other_claims
        from generator.plan.collisions import collisions
        from generator.roots_on_disk import claims_on_disk

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

    def _retire(self) -> None:
        from generator.roots_on_disk import gone_roots

        try:
            claims = [*self.summary.claims, *self._others]
            roots, problems = gone_roots(self.project, claims, self.job_files)
        except InputError as error:
            self.summary.problems += error.problems
            return
        self.summary.problems += problems
        self._own.add(roots)


def _no_jobs(project: Project) -> Problem:
    folders = " or ".join(project.settings.jobs)
    hint = "a job file ends with .yaml or .yml; `jobs:` in dativo.yaml names other folders"
    return Problem("no-jobs", f"there are no job files below {folders}", None, hint, "warning")
