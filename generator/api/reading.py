"""One job: its root, tags, plan, files, and where each of them comes from."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from generator.errors import InputError, Location, Problem, Problems
from generator.explanation.explanation import explanation
from generator.exports.job_root import JobRoot, all_of, choose, project_above
from generator.job.project import Project, open_project
from generator.pipeline import decide, has_no_root
from generator.plan.root_plan import RootPlan
from generator.render.render import render
from generator.tags.tag_set import TagSet
from generator.waiting.beside import asked_of

# A job: loaded already, or the path of a job file that has one root.
JobLike = JobRoot | str | os.PathLike[str]


def load_job(
    path: str | os.PathLike[str],
    *,
    project_dir: str | os.PathLike[str] | None = None,
    environment: str | None = None,
    tenant: str | None = None,
    region: str | None = None,
) -> JobRoot:
    """One job for one tenant and environment, with its tags and the plan of its root.

    Args:
        path: the job file, relative to the current folder or absolute.
        project_dir: the project folder; None for the nearest above the file with dativo.yaml
            or .git.
        environment: needed where the file lists several.
        tenant: likewise.
        region: likewise.

    Raises:
        InputError: anything wrong with the job.
        UsageError: no root, or more than one, fits.
    """
    return choose(project_for(path, project_dir), os.fspath(path), environment, tenant, region)


def load_jobs(
    path: str | os.PathLike[str], *, project_dir: str | os.PathLike[str] | None = None
) -> list[JobRoot]:
    """Every root of a job file, in the order of the file; empty for a job without any.

    Arguments and errors as ``load_job``.
    """
    return all_of(project_for(path, project_dir), os.fspath(path))


def tags_of(job: JobLike) -> TagSet:
    """The tags of a job, each with its origin; ``as_map()`` is what reaches the cloud."""
    return loaded_root(job).tags


def plan_of(job: JobLike) -> RootPlan:
    """The plan of a job's root: backend, providers, module call, outputs."""
    return loaded_root(job).plan


def root_files(job: JobLike) -> dict[str, str]:
    """File name to text of a job's root, as ``generate`` would write them.

    What other jobs ask of it is read from their roots on disk.

    Raises:
        InputError: another tool than Terraform deploys the job.
    """
    root = loaded_root(job)
    if has_no_root(root.loaded):
        message = f"{root.loaded.job.infrastructure.iac} deploys this job, so it has no root module"
        raise InputError(Problem("no-root", message, Location(root.loaded.file)))
    return render(_asked(root).plan, root.project.settings.output)


def explain(job: JobLike) -> dict[str, Any]:
    """Where every tag, input and name of a job comes from; see ``generator.explanation``."""
    root = _asked(loaded_root(job))
    return explanation(root.project, root.loaded, root.tags, root.root)


def _asked(root: JobRoot) -> JobRoot:
    """The root with the outputs that roots of other jobs take from it."""
    if root.root is None:
        return root
    asked = asked_of(root.project, root.root.folder)
    if asked <= {output.name for output in root.root.outputs}:
        return root
    loaded = root.loaded._replace(asked=asked)
    _, plan = decide(root.project, loaded, root.catalogue, Problems())
    return root if plan is None else replace(root, loaded=loaded, root=plan)


def loaded_root(job: JobLike) -> JobRoot:
    """The root that a caller means: loaded already, or by the path of its job file."""
    return job if isinstance(job, JobRoot) else load_job(job)


def project_for(
    path: str | os.PathLike[str], project_dir: str | os.PathLike[str] | None
) -> Project:
    """The project whose folder a caller names, else the one that a job file is in."""
    return open_project(
        os.fspath(project_above(os.fspath(path)) if project_dir is None else project_dir)
    )
