"""Names that runtimes have had, and what starts the runs where such a name stands instead."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dialects.block import Block, dotted, filled
from generator.errors import KeyPath

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
_TODAY = {
    "ecs_fargate": "aws",
    "emr": "aws",
    "lambda": "aws",
    "cloud_run_job": "gcp",
    "cloud_function": "gcp",
    "gke": "gcp",
    "container_apps_job": "azure",
    "aks": "azure",
}
# Runtimes that nobody sizes by machines, and that have no namespaces.
SERVERLESS = frozenset(
    ("ecs_fargate", "cloud_run_job", "container_apps_job", "lambda", "cloud_function")
)
_UNSUPPORTED = frozenset(("dataproc", "dataflow", "ec2", "glue", "batch"))
# Every name that is not one of today's.
OLDER = frozenset((*NAMES, *ORCHESTRATORS, *_UNSUPPORTED))
# A cluster of its own, unless one is named: then the job runs in it.
_CLUSTERS = frozenset(("gke", "aks"))
_TYPE = ("runtime", "type")


def cloud_of(name: str) -> str | None:
    """The one cloud that has a runtime of this name; None where several have, or none."""
    return NAMES[name][0] if name in NAMES else _TODAY.get(name)


def translate(block: Block, cloud: str | None) -> None:
    """Give the runtime its name of today, and the orchestrator its own field.

    Args:
        block: changed in place.
        cloud: the job's cloud; None when it is not known here.
    """
    _dagster(block)
    name = block.own(*_TYPE)
    if not filled(name):
        return
    written = block.written(_TYPE)
    if name in ORCHESTRATORS:
        _orchestrated(block, name, cloud)
    elif name in _UNSUPPORTED:
        hint = f"these are: {', '.join(sorted(_offered(cloud)))}"
        block.error("unknown-runtime", f'"{name}" is no runtime that jobs have here', written, hint)
    elif cloud is not None and cloud_of(name) not in (None, cloud):
        _other_cloud(block, name, str(cloud_of(name)), cloud)
    elif name in NAMES:
        block.replace(_TYPE, NAMES[name][1])
    elif name in _CLUSTERS and block.get("runtime", "cluster_name") is not None:
        block.replace(_TYPE, "kubernetes")


def _offered(cloud: str | None) -> Iterator[str]:
    yield "kubernetes"
    yield from (name for name, where in _TODAY.items() if cloud in (None, where))


def _other_cloud(block: Block, name: str, wanted: str, cloud: str) -> None:
    written, provider = block.written(_TYPE), block.written(("provider",))
    message = f'"{name}" is a runtime of {wanted}, but "{dotted(provider)}" is {cloud}'
    block.error("conflict", message, written, "keep the one that is right")
    if block.own("provider") is not None:
        message = f'the cloud is {cloud}, but "{dotted(written)}" is {name}, which {wanted} has'
        block.error("conflict", message, provider, "keep the one that is right")


def _dagster(block: Block) -> None:
    """A block of Dagster's own settings says who starts the runs."""
    own = block.beside.get("dagster")
    if own is not None and own.value is not None:
        block.put(("orchestrator", "type"), "dagster", own.written)


def _orchestrated(block: Block, name: str, cloud: str | None) -> None:
    written = block.written(_TYPE)
    block.put(("orchestrator", "type"), name, written)
    if _in_cluster(block):
        message = f'"{name}" starts the runs, but nothing says whether they run in the cluster'
        hint = f"write `runtime: {{type: kubernetes}}` and `orchestrator: {{type: {name}}}`"
        if cloud in USUAL:
            hint += f", or {USUAL[cloud]} as the type"
        block.error("ambiguous", message, written, hint)
    elif cloud in USUAL:
        block.replace(_TYPE, USUAL[cloud])
    else:
        message = f'"{name}" starts the runs; what they run on depends on the cloud'
        block.error("ambiguous", message, written, "add `provider: aws`, gcp or azure")


def _in_cluster(block: Block) -> bool:
    """A cluster, a namespace and the bare name of a service account are those of Kubernetes."""
    identity: object = block.get("runtime", "identity")
    bare = filled(identity) and not any(mark in str(identity) for mark in ":/@")
    names: tuple[KeyPath, ...] = (("runtime", "cluster_name"), ("kubernetes", "namespace"))
    return bare and all(block.get(*map(str, path)) is not None for path in names)
