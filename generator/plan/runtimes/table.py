"""All runtimes, one row each."""

from __future__ import annotations

from generator.plan.runtimes import (
    aks,
    cloud_function,
    cloud_run_job,
    container_apps_job,
    databricks,
    ecs_fargate,
    emr,
    gke,
    kubernetes,
    lambda_function,
    own_module,
)
from generator.plan.runtimes.runtime import Runtime

_ROWS = (
    ecs_fargate.RUNTIME,
    emr.RUNTIME,
    lambda_function.RUNTIME,
    cloud_run_job.RUNTIME,
    cloud_function.RUNTIME,
    gke.RUNTIME,
    container_apps_job.RUNTIME,
    aks.RUNTIME,
    *databricks.rows(),
    *kubernetes.rows(),
    *own_module.rows(),
)
RUNTIMES: dict[tuple[str, str], Runtime] = {(row.cloud, row.type): row for row in _ROWS}
TYPES = tuple(dict.fromkeys(row.type for row in _ROWS))


def types_of(cloud: str) -> tuple[str, ...]:
    """The runtime types that a cloud has."""
    return tuple(kind for where, kind in RUNTIMES if where == cloud)
