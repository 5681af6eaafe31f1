"""The values that complete an option, by what is known so far."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from generator.files.regular import read as read_regular
from generator.job.job_files import all_jobs
from generator.job.project import Project
from generator.model.runtime_types import CLOUDS, RUNTIME_TYPES
from generator.new_job.asset import asset_files
from generator.new_job.document import chosen_provider
from generator.plan.regions import regions_of
from generator.plan.runtimes.table import types_of
from generator.tree.scan import scan

Answers = Mapping[str, Any]


def offered(project: Project, what: str, answers: Answers) -> list[str]:
    """The values, in the order in which people look for them; empty where none are known.

    Args:
        project: the repository.
        what: a name of ``OFFERS``.
        answers: what the other options of ``dativo new job`` say, by option name.
    """
    return OFFERS[what](project, answers) if what else []


def _clouds(project: Project, answers: Answers) -> list[str]:
    row = RUNTIME_TYPES.get(str(answers.get("runtime")))
    return list(CLOUDS if row is None else row.clouds)


def _regions(project: Project, answers: Answers) -> list[str]:
    cloud = chosen_provider(project, dict(answers))
    return sorted(name for one in CLOUDS if cloud in {None, one} for name in regions_of(one))


def _runtimes(project: Project, answers: Answers) -> list[str]:
    cloud = chosen_provider(project, {**answers, "runtime": None})
    return list(types_of(cloud) if cloud in CLOUDS else RUNTIME_TYPES)


def _cpus(project: Project, answers: Answers) -> list[str]:
    from generator.plan.runtimes.ecs_fargate import SIZES

    return [f"{cpu:g}" for cpu in SIZES] if answers.get("runtime") == "ecs_fargate" else []


def _memories(project: Project, answers: Answers) -> list[str]:
    """What Fargate offers with the vCPUs; the other clouds take any size."""
    from generator.plan.runtimes.ecs_fargate import SIZES

    if answers.get("runtime") != "ecs_fargate":
        return []
    try:
        sizes = SIZES.get(float(answers.get("cpu") or 1), ())
    except ValueError:
        return []
    return [f"{mib // 1024}Gi" if mib % 1024 == 0 else f"{mib}Mi" for mib in sizes]


def _tenants(project: Project, answers: Answers) -> list[str]:
    """Those that the settings name, and those that folders of jobs are called after."""
    settings = project.settings
    names = {*settings.tenants, *settings.defaults.tenants}
    for file in all_jobs(project):
        inside = file.removeprefix(f"{settings.jobs[0]}/").split("/")
        names |= {inside[0]} if len(inside) > 1 else set()
    return sorted(names)


def _environments(project: Project, answers: Answers) -> list[str]:
    settings = project.settings
    if settings.environments.allowed is not None:
        return list(settings.environments.allowed)
    default = settings.defaults.environment
    known = [*settings.defaults.environments, *([default] if default else [])]
    return list(dict.fromkeys(known or ["dev", "prod"]))


def _assets(project: Project, answers: Answers) -> list[str]:
    return asset_files(project)


def _timezones(project: Project, answers: Answers) -> list[str]:
    from zoneinfo import available_timezones

    return sorted(available_timezones())


def _job_files(project: Project, answers: Answers) -> list[str]:
    """As they are typed in the current folder."""
    return [_from_here(project, file) for file in all_jobs(project)]


def _jobs(project: Project, answers: Answers) -> list[str]:
    """By their files, and by what these are called."""
    files = all_jobs(project)
    stems = {posixpath.splitext(posixpath.basename(file))[0] for file in files}
    return [*sorted(stems), *(_from_here(project, file) for file in files)]


def _roots(project: Project, answers: Answers) -> list[str]:
    output = project.settings.output
    found, _ = scan(project.folder, output)
    return [_from_here(project, f"{output}/{root}") for root in sorted(found)]


def _from_here(project: Project, path: str) -> str:
    return os.path.relpath(os.path.join(project.folder, path))


def _orchestrators(project: Project, answers: Answers) -> list[str]:
    return ["none", "dagster", "airflow"]


def _instance_types(project: Project, answers: Answers) -> list[str]:
    """Those that jobs of this project have already: the clouds' own lists change by the week."""
    import re

    found = set[str]()
    for file in all_jobs(project):
        try:
            text = read_regular(os.path.join(project.folder, file))[0].decode()
        except (OSError, ValueError):
            continue
        found |= set(re.findall(r"\binstance_type: *[\"']?([\w.-]+)", text))
    return sorted(found)


OFFERS: Mapping[str, Callable[[Project, Answers], list[str]]] = {
    "assets": _assets,
    "clouds": _clouds,
    "cpus": _cpus,
    "environments": _environments,
    "job_files": _job_files,
    "jobs": _jobs,
    "instance_types": _instance_types,
    "memories": _memories,
    "orchestrators": _orchestrators,
    "regions": _regions,
    "roots": _roots,
    "runtimes": _runtimes,
    "tenants": _tenants,
    "timezones": _timezones,
}
