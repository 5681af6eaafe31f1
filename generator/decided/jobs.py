"""The jobs of job files with their tags and plans, one at a time; nothing is rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from generator.errors import Problems
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.modules.catalogue import open_catalogue
from generator.pipeline import decide, has_no_root, jobs_in, neighbours_of
from generator.plan.root_plan import LeftOut, RootPlan
from generator.tags.tag_set import TagSet


class Decided(NamedTuple):
    """A job, and what it comes to.

    Attributes:
        loaded: the job, with the jobs that it needs.
        tags: its tags; None where they are wrong.
        plan: its plan; None where it is wrong, or nobody deploys the job.
        problems: what is wrong with it, or worth a warning.
    """

    loaded: LoadedJob
    tags: TagSet | None
    plan: RootPlan | None
    problems: Problems

    @property
    def root(self) -> RootPlan | None:
        """The plan of its root; None where it has none."""
        return None if has_no_root(self.loaded) else self.plan

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What has no effect on its runtime, as far as that is known."""
        return () if self.plan is None else self.plan.left_out


def jobs_of(project: Project, files: Iterable[str], problems: Problems) -> Iterator[LoadedJob]:
    """The jobs of some files.

    Args:
        project: the repository.
        files: job files below the project folder.
        problems: where to note what is wrong with a file, whose jobs are then left out.
    """
    for file in files:
        yield from jobs_in(project, file, problems) or ()


def decided(
    project: Project, jobs: Iterable[LoadedJob], told: Collection[str] = ()
) -> Iterator[Decided]:
    """Each job with its tags and its plan.

    Args:
        project: the repository.
        jobs: loaded, in the order in which they are wanted.
        told: the job files of which the caller tells what is wrong: of a job that another one
            needs it is then told there alone.
    """
    catalogue = open_catalogue(project)
    neighbours = neighbours_of(project, catalogue, told=told)
    for loaded in jobs:
        problems, linked = Problems(), loaded
        found = True
        if loaded.job.needs:
            whole = problems.attempt(neighbours.linked, loaded, problems)
            linked, found = whole or loaded, whole is not None
        tags, plan = decide(project, linked, catalogue, problems, link=found)
        yield Decided(linked, tags, plan, problems)


def roots_of(
    project: Project, files: Collection[str], problems: Problems
) -> Iterator[tuple[LoadedJob, RootPlan]]:
    """Each job of some files that has a root, and the plan of that.

    Args:
        project: the repository.
        files: job files below the project folder.
        problems: where to note what is wrong with files and jobs, which may have no root then.
    """
    for one in decided(project, jobs_of(project, files, problems), files):
        problems += one.problems
        if one.root is not None:
            yield one.loaded, one.root
