"""Former names of runtimes, and the names of tools that older files have in their place."""

from __future__ import annotations

from generator.model.runtime_types import RUNTIME_TYPES, of_kind

# What "provider" of dialect E may hold; Databricks is no tool, but stands there, too.
TOOLS = frozenset(("terraform", "cloudformation", "pulumi", "manual", "databricks"))
ORCHESTRATORS = frozenset(("dagster", "airflow"))
# What an orchestrator's jobs run on where only the orchestrator is named.
USUAL = {"aws": "ecs_fargate", "gcp": "cloud_run_job", "azure": "container_apps_job"}
# Former name to the cloud that has it, and to the name of today.
_FORMER: dict[str, tuple[str, str]] = {
    "ecs": ("aws", "ecs_fargate"),
    "fargate": ("aws", "ecs_fargate"),
    "aws_fargate": ("aws", "ecs_fargate"),
    "ecs_task": ("aws", "ecs_fargate"),
    "aws_ecs_fargate": ("aws", "ecs_fargate"),
    "aws_lambda": ("aws", "lambda"),
    "eks": ("aws", "kubernetes"),
    "cloud_run": ("gcp", "cloud_run_job"),
    "cloud-run": ("gcp", "cloud_run_job"),
    "gcp_cloud_run": ("gcp", "cloud_run_job"),
    "cloud_functions": ("gcp", "cloud_function"),
    "gcp_cloud_function": ("gcp", "cloud_function"),
    "gke_pod": ("gcp", "kubernetes"),
    "azure_container_apps": ("azure", "container_apps_job"),
    "container_apps": ("azure", "container_apps_job"),
}
NAMES = {name: today for name, today in _FORMER.items() if name not in RUNTIME_TYPES}
# Names of today that one cloud alone has.
TODAY = {row.type: row.clouds[0] for row in RUNTIME_TYPES.values() if len(row.clouds) == 1}
OWN_MODULE = of_kind("own")
# Those that make a cluster, unless one is named: then the job runs in it.
CLUSTERS = of_kind("cluster")
# What has objects of Kubernetes, or a module of the user's own that may have them.
WITH_KUBERNETES = CLUSTERS | OWN_MODULE | {"kubernetes"}
UNSUPPORTED = frozenset(("dataproc", "dataflow", "ec2", "glue", "batch")) - RUNTIME_TYPES.keys()
# Every name that is not one of today's.
OLDER = frozenset((*NAMES, *ORCHESTRATORS, *UNSUPPORTED))
