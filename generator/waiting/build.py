"""Builds the jobs that need others once all others are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from generator.errors import Problems
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.modules.catalogue import Catalogue
from generator.neighbours.find import Identity
from generator.neighbours.linked import Neighbours
from generator.pipeline import (
    Built,
    add_root,
    build,
    decide,
    has_no_root,
    load_jobs,
    neighbours_of,
    render_root,
)
from generator.plan.root_plan import RootPlan
from generator.render.manifest import Manifest
from generator.waiting.beside import asked_on_disk

T = TypeVar("T")
U = TypeVar("U")
_Planned = tuple[LoadedJob, RootPlan | None]


def build_waiting(
    project: Project,
    built: Built,
    files: Sequence[str],
    catalogue: Catalogue,
    needing: Mapping[str, Manifest],
    known: Mapping[str, str],
) -> list[str]:
    """Build what waits, and whatever it asks for.

    Args:
        project: the repository.
        built: what the run has come to so far; the roots, and all else, are added to it.
        files: the job files of the run.
        catalogue: the interfaces of modules.
        needing: the roots on disk that need others, in a run over some jobs.
        known: root folder to job file, of job files that are not built since nothing changed.

    Returns:
        Job files that the run had not named and that its jobs need; they are built as well.
    """
    work = _Waiting(project, built, [*files], catalogue, known)
    while built.waiting:
        waiting, built.waiting = built.waiting, []
        work.plan(waiting)
    up = f"{project.settings.output}/"
    asked = asked_on_disk(needing.values(), work.files)
    work.write({root.removeprefix(up): outputs for root, outputs in asked.items()})
    return work.files[len(files) :]


class _Waiting:
    def __init__(
        self,
        project: Project,
        built: Built,
        files: list[str],
        catalogue: Catalogue,
        known: Mapping[str, str],
    ) -> None:
        self._project, self._built, self._catalogue = project, built, catalogue
        self.files = files
        self._planned: list[_Planned] = []
        claimed = {claim.folder: claim.file for claim in built.claims if claim.folder}
        self._whose = {**known, **claimed}
        self._neighbours: Neighbours = neighbours_of(project, catalogue, self._whose, files)

    def plan(self, files: Iterable[str]) -> None:
        """Plan the jobs of some files, and build the jobs that they need if nobody did."""
        loaded = [one for file in files for one in self._noted(file, self._load, file)]
        self._whose.update({Identity.of(one).folder: one.file for one in loaded})
        for one in loaded:
            self._noted(one.file, self._plan, one)
        unknown = {n.file for one, _ in self._planned for n in one.neighbours} - {*self.files}
        if unknown:
            self.files += sorted(unknown)
            more = build(self._project, sorted(unknown), self._catalogue)
            self._built.add(more)
            self._whose.update({c.folder: c.file for c in more.claims if c.folder})

    def _noted(self, file: str, step: Callable[[U], T], what: U) -> T:
        """A step, with what it reads and finds wrong noted as that of a job file."""
        built, before = self._built, len(self._built.problems)
        used = self._project.seen.begin()
        try:
            return step(what)
        finally:
            self._project.seen.end()
            built.sources.setdefault(file, (set(), []))[0].update(used)
            built.told.setdefault(file, []).extend(built.problems[before:])

    def _load(self, file: str) -> list[LoadedJob]:
        return load_jobs(self._project, file, self._built)

    def _plan(self, job: LoadedJob) -> None:
        problems, found = self._built.problems, True
        if job.job.needs:
            linked = problems.attempt(self._neighbours.linked, job, problems)
            job, found = linked or job, linked is not None
        _, plan = decide(self._project, job, self._catalogue, problems, link=found)
        self._planned.append((job, plan))

    def write(self, asked: dict[str, set[str]]) -> None:
        """Render what waited, each root with the outputs that others ask of it."""
        for _, plan in self._planned:
            for one in plan.needed if plan is not None else ():
                asked.setdefault(one.folder, set()).update(one.outputs)
        for planned in self._planned:
            self._noted(planned[0].file, lambda one: self._add(*one, asked), planned)
        for folder, outputs in asked.items():
            self._ask(folder, outputs)
        self._built.tied.update(job.file for job, _ in self._planned)
        self._built.tied.update(one.file for job, _ in self._planned for one in job.neighbours)

    def _add(self, job: LoadedJob, plan: RootPlan | None, asked: dict[str, set[str]]) -> None:
        outputs = asked.pop(Identity.of(job).folder, set())
        final = plan if plan is None else self._asked(job, plan, outputs)
        add_root(self._project, job, final, self._built)

    def _asked(self, job: LoadedJob, plan: RootPlan, outputs: set[str]) -> RootPlan:
        """The plan with the outputs that are asked for among those that it declares."""
        if outputs <= {one.name for one in plan.outputs}:
            return plan
        job = job._replace(asked=frozenset(outputs))
        return decide(self._project, job, self._catalogue, Problems())[1] or plan

    def _ask(self, folder: str, outputs: set[str]) -> None:
        """Write a root that needs no other anew, with the outputs that others ask for."""
        file = self._whose.get(folder)
        for job in self._neighbours.jobs.of(file) if file in self._built.sources else ():
            if Identity.of(job).folder != folder or has_no_root(job):
                continue
            asking = job._replace(asked=frozenset(outputs))
            _, plan = decide(self._project, asking, self._catalogue, Problems())
            if plan is not None and folder in self._built.roots:
                render_root(self._project, plan, self._built)
