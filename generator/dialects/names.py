"""Names of tools and runtimes, former and of today; data alone, for a quick look."""

from __future__ import annotations

# What "provider" of dialect E may hold; Databricks is no tool, but stands there, too.
TOOLS = frozenset(("terraform", "cloudformation", "pulumi", "manual", "databricks"))
CLOUDS = ("aws", "gcp", "azure")
ORCHESTRATORS = frozenset(("dagster", "airflow"))
# What an orchestrator's jobs run on where only the orchestrator is named.
USUAL = {"aws": "ecs_fargate", "gcp": "cloud_run_job", "azure": "container_apps_job"}
# Former name to the cloud that has it, and to the name of today.
NAMES: dict[str, tuple[str, str]] = {
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
# Names of today that one cloud alone has.
TODAY = {
    "ecs_fargate": "aws",
    "emr": "aws",
    "lambda": "aws",
    "cloud_run_job": "gcp",
    "cloud_function": "gcp",
    "gke": "gcp",
    "container_apps_job": "azure",
    "aks": "azure",
}
# Those that all clouds have, and those that have no module here.
EVERYWHERE = ("databricks", "kubernetes")
OWN_MODULE = ("dask", "ray", "spark")
# Runtimes that nobody sizes by machines, and that have no namespaces.
SERVERLESS = frozenset(
    ("ecs_fargate", "cloud_run_job", "container_apps_job", "lambda", "cloud_function")
)
UNSUPPORTED = frozenset(("dataproc", "dataflow", "ec2", "glue", "batch"))
# Every name that is not one of today's.
OLDER = frozenset((*NAMES, *ORCHESTRATORS, *UNSUPPORTED))
# A cluster of its own, unless one is named: then the job runs in it.
CLUSTERS = frozenset(("gke", "aks"))
