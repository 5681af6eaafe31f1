"""Says what Dagster makes of the files of some roots: `in_dagster.py FOLDER ...`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import dagster as dg
from dagster._config import process_config
from dagster._utils.schedules import schedule_execution_time_iterator
from dagster_aws.ecs import EcsRunLauncher
from dagster_k8s import K8sRunLauncher
from loading import answer, load

AT = datetime(2026, 3, 1, tzinfo=UTC)


def look(folder: str) -> dict[str, Any]:
    """The job and its schedule, as Dagster resolves them."""
    module = load(folder, "dagster_job.py")
    dg.Definitions.validate_loadable(module.defs)
    (job,) = module.defs.resolve_all_job_defs()
    assert module.defs.get_job_def(job.name) is not None
    (op,) = job.graph.node_defs
    schedules = list(module.defs.schedules or [])
    policy = op.retry_policy
    return {
        "job": job.name,
        "op": op.name,
        "tags": dict(job.tags),
        "metadata": {key: value.value for key, value in job.metadata.items()},
        "description": job.description,
        "retries": policy.max_retries if policy else 0,
        "schedules": [schedule_of(one) for one in schedules],
        "launcher": refused(module.OUTPUT, module.settings()),
    }


def refused(output: str, settings: dict[str, Any]) -> list[str]:
    """What the run launcher that the settings are for does not take of them."""
    if output == "dagster_ecs_config":
        ended = process_config(EcsRunLauncher.config_type(), settings)
    elif output == "dagster_k8s_config":
        config = {
            "service_account_name": settings["service_account_name"],
            "instance_config_map": "dagster-instance",
            "run_k8s_config": settings["run_k8s_config"],
        }
        ended = process_config(K8sRunLauncher.config_type(), config)
    else:
        return []
    return [error.message for error in ended.errors or []]


def schedule_of(schedule: Any) -> dict[str, Any]:
    """A schedule, and when it starts runs from the first of March 2026 on."""
    cron, zone = schedule.cron_schedule, schedule.execution_timezone
    ticks = islice(schedule_execution_time_iterator(AT.timestamp(), cron, zone), 2)
    return {
        "name": schedule.name,
        "cron": cron,
        "timezone": zone,
        "status": schedule.default_status.value,
        "ticks": [tick.isoformat() for tick in ticks],
    }


if __name__ == "__main__":
    answer({folder: look(folder) for folder in sys.argv[1:]})
