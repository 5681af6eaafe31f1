"""What Infracost takes: a configuration with every root, and what each root uses at most.

Numbers are upper bounds: every run that the schedule starts lasts until its timeout, and is tried
again as often as it may; a pool of machines has as many as it may. What neither bounds, and what
Infracost has no usage for, is left out, never guessed. Keys are those of the usage file of
Infracost, version 0.1:
https://github.com/infracost/infracost/blob/master/infracost-usage-example.yml
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from generator.decided.jobs import roots_of
from generator.errors import InputError, Problems, UsageError
from generator.exports.destination import write
from generator.files.names import SETTINGS_FILE
from generator.files.regular import read
from generator.inventory.usage import ALWAYS, Usage, usage_of
from generator.job.job_files import all_jobs
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.runtime_types import RUNTIME_TYPES
from generator.plan.root_plan import RootPlan
from generator.plan.runtimes.gke import ZONES
from generator.yaml.write import block

HEADER = "# Written by dativo export infracost, which writes it anew. Numbers are upper bounds.\n"
CONFIG, FOLDER = "infracost.yml", "infracost-usage"
_VERSION = "0.1"
# The states of a run beside its attempts: start, end, and those that number copies; looking for an
# earlier run, six times at most, and the choice (modules/aws-ecs-fargate/states.tf).
_AROUND = 2 + 2 + 7
# What the state machines try again without counting it as a retry.
_START_RETRIES = 5

Numbers = dict[str, int | float]
Of = Callable[[Usage, Fraction], Numbers]
OfPool = Callable[[int, Mapping[str, Any]], Numbers]


def _attempts(usage: Usage) -> int:
    return 1 + (usage.max_retries or 0)


def _lambda(usage: Usage, runs: Fraction) -> Numbers:
    numbers: Numbers = {"monthly_requests": ceil(runs * _attempts(usage))}
    if usage.timeout_seconds is not None:
        numbers["request_duration_ms"] = usage.timeout_seconds * 1000
    # On average: where the runs cannot all last until their timeout, less than that.
    if usage.hours is not None and usage.capped:
        numbers["request_duration_ms"] = ceil(usage.hours * 3_600_000 / (runs * _attempts(usage)))
    return numbers


def _states(usage: Usage, runs: Fraction) -> Numbers:
    attempts = (_attempts(usage) + _START_RETRIES) * (usage.copies or 1)
    return {"monthly_transitions": ceil(runs * (attempts + _AROUND))}


def _cloud_run(usage: Usage, runs: Fraction) -> Numbers:
    numbers: Numbers = {"monthly_job_executions": ceil(runs)}
    if usage.timeout_seconds is not None:
        minutes = Fraction(usage.timeout_seconds * _attempts(usage), 60)
        # Infracost takes parts of minutes (CloudRunV2Job.AvgTaskExecutionMins is a float).
        tenths = ceil(minutes * 10)
        numbers["average_task_execution_mins"] = tenths / 10 if tenths % 10 else tenths // 10
    return numbers


# Module to the resource whose usage the schedule bounds; those with keys have any of them.
BOUNDED: Mapping[str, tuple[str, Of]] = {
    "aws-ecs-fargate": ("aws_sfn_state_machine.this[*]", _states),
    "aws-emr": ("aws_sfn_state_machine.this", _states),
    "aws-lambda": ("aws_lambda_function.this", _lambda),
    "gcp-cloud-run-job": ("google_cloud_run_v2_job.this[*]", _cloud_run),
}


def _gke(most: int, given: Mapping[str, Any]) -> Numbers:
    """Infracost counts nodes of each zone."""
    zones = given.get("zones", ())
    if not isinstance(zones, list | tuple):
        return {}
    return {"nodes": ceil(Fraction(most, len(set(zones)) or ZONES))}


def _aks(most: int, given: Mapping[str, Any]) -> Numbers:
    del given
    return {"nodes": most}


# Module to the machines of the job, which no schedule bounds but their number.
POOLS: Mapping[str, tuple[str, OfPool]] = {
    "azure-aks": ("azurerm_kubernetes_cluster_node_pool.job", _aks),
    "gcp-gke": ("google_container_node_pool.this", _gke),
}
# What both modules take where a job says nothing of its nodes.
DEFAULT_MOST = 3


def infracost(project: Project, folder: str) -> dict[str, str]:
    """The files for all roots of a project.

    Args:
        project: the repository.
        folder: where they go, below the project folder, or beside it with ``..``.

    Returns:
        Path below that folder to text.

    Raises:
        InputError: a job is wrong; with every problem of all.
        UsageError: Infracost would take a part of the folder's name for a variable.
    """
    if "$" in folder or not folder.isprintable():
        raise UsageError(f"{folder}: Infracost fills variables in, so there may be no $ in a path")
    texts: dict[str, str] = {}
    projects: list[dict[str, str]] = []
    for loaded, plan in _planned(project):
        entry = {"path": f"{project.settings.output}/{plan.folder}", "name": plan.folder}
        if usage := _usage(loaded, plan):
            file = f"{FOLDER}/{plan.folder}.yml"
            texts[file] = HEADER + block({"version": _VERSION, "resource_usage": usage})
            entry["usage_file"] = os.path.normpath(os.path.join(folder, file)).replace(os.sep, "/")
        projects.append(entry)
    projects.sort(key=lambda entry: entry["path"])
    texts[CONFIG] = HEADER + block({"version": _VERSION, "projects": projects})
    return texts


def _planned(project: Project) -> list[tuple[LoadedJob, RootPlan]]:
    problems = Problems()
    found = [*roots_of(project, all_jobs(project), problems)]
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise InputError(*errors)
    return found


def _usage(loaded: LoadedJob, plan: RootPlan) -> dict[str, Numbers]:
    """Address to numbers; nothing where nothing is bounded."""
    if loaded.file == SETTINGS_FILE or loaded.job.infrastructure.terraform.own_module is not None:
        return {}
    module = RUNTIME_TYPES[plan.runtime].module
    if pool := POOLS.get(module):
        resource, of_pool = pool
        given = {one.name: one.value for one in plan.module.arguments}
        most = _most(given.get("nodes", {}))
        numbers = {} if most is None else of_pool(most, given)
        return {f"module.job.{resource}": numbers} if numbers else {}
    bounded = BOUNDED.get(module)
    usage = usage_of(loaded, plan, module)
    if bounded is None or usage.runs_a_month is None or usage.started_by == ALWAYS:
        return {}
    resource, of = bounded
    return {f"module.job.{resource}": of(usage, usage.runs_a_month)}


def _most(nodes: Any) -> int | None:
    """How many nodes a pool may have; None where Terraform alone knows."""
    if not isinstance(nodes, dict):
        return None
    if nodes.get("count") is not None:
        most = nodes["count"]
    else:
        bounds = nodes.get("autoscaling")
        most = DEFAULT_MOST if bounds is None else bounds.get("max")
    return most if isinstance(most, int) else None


def write_all(folder: str, texts: Mapping[str, str]) -> list[str]:
    """Write the files, none if one is somebody else's.

    Args:
        folder: relative to the current folder, or absolute.
        texts: path below it to text.

    Returns:
        The files that were written.

    Raises:
        UsageError: a file is there that this export did not write, or the system refuses.
    """
    paths = {os.path.join(folder, path): text for path, text in sorted(texts.items())}
    for path in paths:
        try:
            there = read(path, most=len(HEADER.encode()))[0]
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        if not there.startswith(HEADER.encode()):
            raise UsageError(
                f"{path} was not written by dativo export infracost; name another folder"
            )
    return [path for path, text in paths.items() if write(path, text.encode())]
