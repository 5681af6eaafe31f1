"""One root of a job file, chosen by tenant and environment, with its tags and its plan."""

from __future__ import annotations

import os
from dataclasses import dataclass

from generator.errors import InputError, Location, Problem, Problems, UsageError
from generator.files.folders import is_marked, project_of
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.job.regions import slug
from generator.modules.catalogue import Catalogue, open_catalogue
from generator.pipeline import decide
from generator.plan.root_plan import RootPlan
from generator.tags.tag_set import TagSet
from generator.tree.selection import select_file


@dataclass(frozen=True, slots=True)
class JobRoot:
    """One job for one tenant and environment, taken as far as it goes.

    Attributes:
        project: the repository.
        loaded: the job.
        catalogue: where the interface of its module was read.
        tags: its tags.
        root: the plan of its root, or of what another tool deploys; None for a job that no tool
            deploys.
        warnings: what deserves a word.
    """

    project: Project
    loaded: LoadedJob
    catalogue: Catalogue
    tags: TagSet
    root: RootPlan | None
    warnings: tuple[Problem, ...]

    @property
    def plan(self) -> RootPlan:
        """The plan of the root.

        Raises:
            InputError: the job has none.
        """
        if self.root is None:
            message = "no tool deploys this job, so it has no inputs to export"
            raise InputError(Problem("no-root", message, Location(self.loaded.file)))
        return self.root


def choose(
    project: Project,
    path: str,
    environment: str | None = None,
    tenant: str | None = None,
    region: str | None = None,
) -> JobRoot:
    """The one root that a job file and the given names mean.

    Args:
        project: the repository.
        path: the job's file, root or name, see ``generator.tree.selection.select``.
        environment: needed where the file lists several, and no root is named.
        tenant: likewise.
        region: likewise.

    Raises:
        InputError: anything wrong with the job.
        UsageError: no root, or more than one, fits.
    """
    loaded, warnings = choose_job(project, path, environment, tenant, region)
    return _decided(project, loaded, open_catalogue(project), warnings)


def all_of(project: Project, path: str) -> list[JobRoot]:
    """Every root of a job file, in the order of the file.

    Raises:
        InputError: anything wrong with the job.
        UsageError: it is no job file.
    """
    jobs, warnings = load(project, select_file(project, path).file)
    catalogue = open_catalogue(project)
    return [_decided(project, loaded, catalogue, warnings) for loaded in jobs]


def _decided(
    project: Project, loaded: LoadedJob, catalogue: Catalogue, warnings: list[Problem]
) -> JobRoot:
    problems = Problems(warnings)
    tags, root = decide(project, loaded, catalogue, problems)
    if tags is None or any(problem.severity == "error" for problem in problems):
        raise InputError(*problems)
    return JobRoot(project, loaded, catalogue, tags, root, tuple(problems))


def choose_job(
    project: Project,
    path: str,
    environment: str | None = None,
    tenant: str | None = None,
    region: str | None = None,
) -> tuple[LoadedJob, list[Problem]]:
    """The job of one root, without its tags and plan; arguments and errors as ``choose``."""
    file, of_tenant, of_environment, of_region, _ = select_file(project, path)
    tenant, environment = tenant or of_tenant, environment or of_environment
    jobs, warnings = load(project, file)
    if not jobs:
        message = "the job has no infrastructure block, so there is nothing to export"
        raise InputError(*warnings, Problem("no-infrastructure", message, Location(file)))
    fitting = [
        one
        for one in jobs
        if environment in (None, one.job.environment, one.stage)
        and tenant in (None, one.job.tenant_id)
        and fits(one, region, of_region)
    ]
    if len(fitting) != 1:
        raise UsageError(_which(file, fitting or jobs, bool(fitting)))
    return fitting[0], warnings


def fits(loaded: LoadedJob, region: str | None, folder: str | None = None) -> bool:
    """Whether a job is in a region.

    Args:
        loaded: the job.
        region: as people write it; None stands for any.
        folder: the region in the name of the root that is meant; empty for a job's home.
    """
    if region is not None:
        return slug(region) == slug(loaded.job.infrastructure.region)
    return folder in (None, loaded.region)


def project_above(path: str) -> str:
    """The project that a file is in; the current folder where nothing marks one."""
    folder = os.path.dirname(os.path.abspath(path))
    found = project_of(folder)
    return os.getcwd() if found == folder and not is_marked(folder) else found


def _which(file: str, jobs: list[LoadedJob], several: bool) -> str:
    what = "has several roots, choose one" if several else "has no such root, it has"
    regional = any(one.region for one in jobs)
    roots = [
        f"--tenant {one.job.tenant_id} --environment {one.job.environment}"
        + (f" --region {one.job.infrastructure.region}" if regional else "")
        for one in jobs
    ]
    return f"{file} {what}: " + ", ".join(roots)
