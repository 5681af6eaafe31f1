"""The runtimes that a job can have, one row each.

Settings, older spellings, tags, plan, schemas and the tables of the documentation read the names
of runtimes here. How a job's fields become the inputs of a module stands in ``plan/runtimes``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Cloud = Literal["aws", "gcp", "azure"]
CLOUDS: tuple[str, ...] = get_args(Cloud)


class RuntimeType(NamedTuple):
    """One value of ``runtime.type``.

    Attributes:
        type: the value.
        title: its name for people.
        clouds: the clouds that have it.
        kind: what a job runs in. "container" and "function" are sized by cpu and memory;
            "machines" are chosen in ``runtime.nodes``, as those of a "cluster" of Kubernetes that
            is made for the job; "own" is whatever a module of the user's own makes.
        module: the shipped module's folder name; empty where the job has to name its own.
        platform: whose API makes the job where it is not the cloud's: kubernetes or databricks.
        file: that of ``plan/runtimes`` with its ``RUNTIME``, where it is not called as the type.
    """

    type: str
    title: str
    clouds: tuple[str, ...]
    kind: str
    module: str
    platform: str = ""
    file: str = ""


_ROWS = (
    RuntimeType("ecs_fargate", "ECS Fargate", ("aws",), "container", "aws-ecs-fargate"),
    RuntimeType("emr", "EMR", ("aws",), "machines", "aws-emr"),
    RuntimeType("lambda", "Lambda", ("aws",), "function", "aws-lambda", file="lambda_function"),
    RuntimeType("cloud_run_job", "Cloud Run job", ("gcp",), "container", "gcp-cloud-run-job"),
    RuntimeType("cloud_function", "Cloud Functions", ("gcp",), "function", "gcp-cloud-function"),
    RuntimeType("gke", "Google Kubernetes Engine", ("gcp",), "cluster", "gcp-gke"),
    RuntimeType(
        "container_apps_job",
        "Container Apps job",
        ("azure",),
        "container",
        "azure-container-apps-job",
    ),
    RuntimeType("aks", "Azure Kubernetes Service", ("azure",), "cluster", "azure-aks"),
    RuntimeType(
        "databricks",
        "Databricks job",
        ("aws", "gcp", "azure"),
        "machines",
        "databricks-job",
        "databricks",
    ),
    RuntimeType("kubernetes", "Kubernetes", CLOUDS, "container", "kubernetes-job", "kubernetes"),
    RuntimeType("spark", "Spark", CLOUDS, "own", "", file="own_module"),
    RuntimeType("ray", "Ray", CLOUDS, "own", "", file="own_module"),
    RuntimeType("dask", "Dask", CLOUDS, "own", "", file="own_module"),
)
RUNTIME_TYPES = {row.type: row for row in _ROWS}


def of_kind(*kinds: str) -> frozenset[str]:
    """The runtimes of these kinds."""
    return frozenset(row.type for row in _ROWS if row.kind in kinds)


def platform_of(kind: str) -> str:
    """Whose API makes the jobs of a runtime where it is not the cloud's; empty where it is."""
    row = RUNTIME_TYPES.get(kind)
    return row.platform if row is not None else ""
