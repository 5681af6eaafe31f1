"""One run over a project: builds every root, compares all with the disk, and may write them.

What happens to a job is in ``pipeline``, what happens to the disk in ``tree``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.errors import InputError, Problem, UsageError
from generator.files.ignored import ignored_roots
from generator.files.processes import ENOUGH_TO_FORK, shares, spread
from generator.files.terraform_files import terraform_files
from generator.job.job_files import below, jobs_to_build
from generator.job.project import Project
from generator.kept.reuse import Kept
from generator.modules.catalogue import open_catalogue
from generator.pipeline import Built, build
from generator.plan.collisions import Claim, collisions
from generator.provider_locks.choose import misfits, project_locks
from generator.render.manifest import Manifest
from generator.rules.unheeded import unheeded
from generator.tree.allowed import ONLY_THE_USUAL, Allowed
from generator.tree.change import REMOVED, UNCHANGED, Comparison, RootChange
from generator.tree.compare import compare
from generator.tree.other_roots import other_claims
from generator.tree.roots_on_disk import claims_on_disk, orphaned_roots, slips
from generator.tree.scan import OnDisk
from generator.tree.write import write

# Above this the texts of all roots would take more memory than everything else.
ENOUGH_TO_PACK = 2000
_NO_JOBS = "no-jobs"


class Run:
    """A run over some or all job files of a project.

    Attributes:
        project: the repository.
        whole: all job files are taken, so that roots without a job can be told.
        job_files: the files, in order.
        built: what they came to; its ``problems`` are those of the whole run.
        comparison: of the roots with the disk; without roots before ``compare``.
        kept: what earlier runs came to.
        others_found: the Terraform files and manifests in which roots of others were looked for.
    """

    def __init__(
        self,
        project: Project,
        paths: Sequence[str] = (),
        allowed: Allowed = ONLY_THE_USUAL,
        kept: Kept | None = None,
    ) -> None:
        """Find the job files; nothing is read yet.

        Args:
            project: the repository.
            paths: files or folders, see ``jobs_to_build``; none means all.
            allowed: what the run may do beyond the usual.
            kept: what earlier runs came to, so that only what changed is built; a run without
                it neither asks nor tells.

        Raises:
            InputError: a folder of job files cannot be read.
            UsageError: a path means no job file, or roots shall go in a run over some jobs.
        """
        if paths and allowed.retire:
            raise UsageError("--retire needs a run over all jobs: name no PATH beside it")
        self.project, self._allowed, self.kept = project, allowed, kept or Kept(None)
        self.job_files, self.whole = jobs_to_build(project, paths)
        self.built = Built()
        self.comparison = Comparison(project.folder, project.folder, project.settings.output)
        self._agreed = [below(project, path) for path in allowed.retire]
        self._others: list[Claim] = []
        self.others_found: list[str] = []
        self._needing: dict[str, Manifest] = {}
        self._disk = OnDisk(project.folder, project.settings.output, self.kept.roots_there)

    @property
    def problems(self) -> list[Problem]:
        """Errors and warnings so far."""
        return self.built.problems

    @property
    def failed(self) -> bool:
        """Whether anything is wrong."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def statuses(self) -> dict[str, str]:
        """Root folder to what happens to it, see ``tree.change``; empty before ``compare``."""
        return {change.folder: change.status for change in self.comparison.roots}

    def files_changed(self, folder: str) -> list[str]:
        """The files of a root that differ from the disk."""
        [change] = [change for change in self.comparison.roots if change.folder == folder]
        return [*change.differing, *change.removals]

    def check(self) -> None:
        """Build every root and compare all with the disk; errors end it."""
        self.build(on_disk=True)
        self.tell_locks()
        if not self.failed:
            self.compare()
        if not self.failed:
            self.tell_ignored()

    def generate(self) -> None:
        """Build every root, compare, and write only if nothing is wrong."""
        self.build(on_disk=True)
        self.tell_locks()
        if not self.failed:
            self.compare()
        if not self.failed:
            self.write()
            self.tell_ignored()

    def build(self, on_disk: bool = False) -> None:
        """Build what changed since earlier runs, take the rest from them, and find what collides.

        Args:
            on_disk: what is on the disk has to be known, too; where a root is not as it was
                written, its job file is built.
        """
        if not self.whole:
            self._look_beside()
        files = self.job_files
        if self.kept.is_used and self._allowed == ONLY_THE_USUAL and not self._needing:
            locks = {lock.file: lock for lock in project_locks(self.project)[0]}
            self.kept.take(files, self.project.seen, locks, on_disk)
        self.built = self._build_many([file for file in files if file not in self.kept.jobs])
        if self._is_tied_anew():
            self.built.add(self._build_many(self.kept.leave(self.kept.tied)))
        if not files:
            self.problems.append(_no_jobs(self.project))
        if self.built.waiting or self._needing:
            self._build_waiting()
        self._add_taken()
        self._collide()
        if self.whole:
            # What failed, or another tool deploys, claims nothing here, and may be meant.
            known = not self.failed and all(one.code != "no-root" for one in self.problems)
            self.problems.extend(unheeded(self.project, self.built.claims, known))

    def _build_many(self, files: Sequence[str]) -> Built:
        """Build some job files, many of them in several processes."""
        parts = shares(files, ENOUGH_TO_FORK)
        if len(parts) > 1:
            _prepare()
        built = Built()
        for more, digests in spread(self._build, parts):
            built.add(more)
            self.project.seen.merge(digests)
        return built

    def _is_tied_anew(self) -> bool:
        """Whether jobs that need others may find other ones than before, or are other ones."""
        kept, built = self.kept, self.built
        if kept.tied.isdisjoint(kept.jobs):
            return False
        gone = kept.record.jobs.keys() - {*self.job_files}
        same = (
            kept.is_as_before(file, folders, file in built.without_root)
            for file, (_, folders) in built.sources.items()
        )
        return bool(gone or built.waiting) or not self.whole or not all(same)

    def _add_taken(self) -> None:
        """Add what job files came to that were not built."""
        for file, (job, came) in self.kept.jobs.items():
            self.built.files += 1
            self.built.claims += came.claims
            self.built.problems += came.warnings
            self.built.locks |= came.locks
            if "n" in job.flags:
                self.built.without_root.append(file)

    def compare(self) -> None:
        """Compare the roots with the disk; those whose job is gone become tombstones."""
        self._retire()
        self.comparison = compare(
            self.project.folder,
            self.project.settings.output,
            self.built.roots,
            force=self._allowed.force,
            migrate=self._allowed.migrate,
            on_change=self._allowed.on_change,
            disk=self._disk,
        )
        self.problems.extend(self.comparison.problems)
        roots = [root for job, _ in self.kept.jobs.values() for root in job.roots]
        self.comparison.roots += [RootChange(root, UNCHANGED) for root in roots]
        self.comparison.roots.sort(key=lambda change: change.folder)

    def tell_locks(self) -> None:
        """Tell of locks of providers that cannot be read, and of those that no longer fit."""
        self.problems.extend(project_locks(self.project)[1])
        if not self.failed:
            self.problems.extend(misfits(self.project, self.built.locks, self.whole))

    def tell_ignored(self) -> None:
        """Warn of roots that git ignores."""
        roots = [root for root, status in self.statuses.items() if status != REMOVED]
        output = self.project.settings.output
        self.problems.extend(ignored_roots(self.project.folder, output, roots))

    def write(self) -> None:
        """Write what differs, much of it in several processes; only if nothing failed."""
        write(self.comparison, self.comparison.changes, whole=self.whole, least=ENOUGH_TO_FORK)

    def _build(self, files: Sequence[str]) -> tuple[Built, dict[str, str]]:
        packed = len(self.job_files) > ENOUGH_TO_PACK
        built = build(self.project, files, open_catalogue(self.project), packed)
        return built, self.project.seen.digests

    def _look_beside(self) -> None:
        """Take in the jobs whose roots are tied to those of the run by ``needs``."""
        from generator.waiting.beside import beside

        try:
            more, self._needing = beside(self.project, self.job_files, self._disk)
        except InputError:  # told when claims are compared
            return
        self.job_files = sorted({*self.job_files, *more})

    def _build_waiting(self) -> None:
        from generator.waiting.build import build_waiting

        catalogue = open_catalogue(self.project)
        files = [file for file in self.job_files if file not in self.kept.jobs]
        known = {root: file for file, (job, _) in self.kept.jobs.items() for root in job.roots}
        more = build_waiting(self.project, self.built, files, catalogue, self._needing, known)
        self.kept.leave(more)
        self.job_files = sorted({*self.job_files, *more})

    def _collide(self) -> None:
        # Who was first is told by the file, whatever was built first.
        claims = self.built.claims = sorted(self.built.claims, key=lambda claim: claim.file)
        project = self.project
        self.others_found = terraform_files(
            project.folder, list(project.searched), project.settings.output
        )
        self._others, problems = other_claims(project, self.others_found, claims)
        self.problems.extend(problems)
        others = [*self._others]
        if not self.whole:
            try:
                others += claims_on_disk(project, claims, self.job_files, self._disk)
            except InputError as error:
                self.problems.extend(error.problems)
        self.problems.extend(collisions([*claims, *others]))

    def _retire(self) -> None:
        """What becomes of roots that no job asks for; a run over some jobs lets none of them go."""
        project, claims, problems = self.project, self.built.claims, self.problems
        try:
            if not self.whole:
                problems += slips(project, claims, self.job_files, self._disk)
                return
            claims = [*claims, *self._others]
            roots, found = orphaned_roots(project, claims, self.job_files, self._disk, self._agreed)
        except InputError as error:
            problems += error.problems
            return
        errors = {p.location and p.location.file for p in found if p.severity == "error"}
        # What an error says again at the same file, or of all, is one mistake.
        problems[:] = [p for p in problems if not (errors and _said_by(p, errors))]
        problems += found
        self.built.roots.update(roots)


def _prepare() -> None:
    """Import and set up what every job needs, before several processes share it."""
    import generator.plan.plan  # noqa: F401
    from generator.render.render import load_templates

    load_templates()


def _said_by(problem: Problem, files: Collection[str | None]) -> bool:
    """Whether a warning is about what is an error as well: no jobs, a block without its name."""
    named = problem.location.file if problem.location else None
    is_block = problem.code == "unknown-key" and problem.severity == "warning"
    return problem.code == _NO_JOBS or (is_block and named in files)


def _no_jobs(project: Project) -> Problem:
    folders = " or ".join(project.settings.jobs)
    hint = "a job file ends with .yaml or .yml; `jobs:` in dativo.yaml names other folders"
    return Problem(_NO_JOBS, f"there are no job files below {folders}", None, hint, "warning")
