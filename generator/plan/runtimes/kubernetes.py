"""Kubernetes, on EKS, GKE, AKS or any cluster: a job's fields for ``modules/kubernetes-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.plan.runtimes import containers, labels, ways_out
from generator.plan.runtimes.cluster import SERVICES, check_cluster, providers
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import Shape, check

_PART = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
_OBJECT = rf"(?=[^/]{{1,253}}/){_PART}(?:\.{_PART})*"
# A key becomes the name of a file where a secret is mounted, so that none begins with "..".
SECRET = rf"{_OBJECT}/(?!\.{{1,2}}$|\.\.)[A-Za-z0-9_.-]{{1,253}}"
_SECRETS = Shape(
    "runtime.secrets",
    SECRET,
    "SECRET/KEY of a Kubernetes secret in the namespace, never the secret itself",
)
# As nodes are labelled (Kubernetes documentation, "Well-Known Labels").
_ARCHITECTURES = {"X86_64": "amd64", "ARM64": "arm64"}
# The module's switch for what hands out the tokens of accounts that exist already.
_TOKEN_SERVERS = {"aws": "eks_pod_identity", "gcp": "gke_metadata_server"}
# The module's attribute for the identity in each cloud.
_IDENTITIES = {
    "aws": "aws_role_arn",
    "gcp": "google_service_account",
    "azure": "azure_client_id",
}


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, _SECRETS)
    labels.check_metadata(infrastructure, faults)
    containers.check_variables(infrastructure, faults)
    check_size(infrastructure, faults)
    _check_account(infrastructure, faults)
    check_cluster(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from _identity(infrastructure)
    yield from network_policy(infrastructure, faults)
    yield from schedule(loaded, faults)


def check_size(infrastructure: Infrastructure, faults: Faults) -> None:
    """Kubernetes documentation, "Resource units": CPU in thousandths."""
    cpu = infrastructure.runtime.cpu
    if round(cpu, 3) != cpu:
        message = f"Kubernetes has no {cpu:g} vCPU"
        faults.add("runtime.cpu", message, "it offers steps of 0.001, which is 1m")


def _check_account(infrastructure: Infrastructure, faults: Faults) -> None:
    """An account that exists already is in a namespace that does, and is given nothing."""
    runtime, wanted = infrastructure.runtime, infrastructure.kubernetes
    if wanted.service_account is None:
        return
    if wanted.namespace is None:
        hint = "an existing service account is in an existing namespace"
        faults.missing("kubernetes.namespace", hint)
    for field in ("identity", "readable_secrets"):
        if getattr(runtime, field):
            message = f'"{field}" has no effect on a service account that exists already'
            hint = "grant it to that account, or remove kubernetes.service_account"
            faults.idle(f"runtime.{field}", message, hint)


def _identity(infrastructure: Infrastructure) -> Iterator[Input]:
    """As the cloud of the cluster knows it."""
    if identity := infrastructure.runtime.identity:
        value = {_IDENTITIES[infrastructure.provider]: identity}
        yield Input("identity", value, ("infrastructure", "runtime", "identity"))


def network_policy(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """HTTPS may go out, and what the job's database, cache and queue need."""
    blocks = infrastructure.network.egress_cidr_blocks
    value: dict[str, Any] = {}
    if blocks is not None:
        ways_out.check_cidr(blocks, ("network", "egress_cidr_blocks"), faults)
        value["egress_cidr_blocks"] = list(blocks)
    ways_out.check_blocks(infrastructure, faults)
    _check_ports(infrastructure, faults)
    rules = ways_out.rules(infrastructure, groups=False)
    # A name is not looked up: its port is open to wherever HTTPS may go.
    if ports := {rule["port"] for rule in rules.values() if len(rule) == 1}:
        value["egress_ports"] = sorted({443, *ports})
    if known := {name: rule for name, rule in rules.items() if len(rule) > 1}:
        value["egress_rules"] = known
    field: tuple[str, ...] = (
        ("references",) if blocks is None else ("network", "egress_cidr_blocks")
    )
    # What an existing account may do in the cloud nobody knows here, nor by which of its ways.
    wanted = infrastructure.kubernetes
    server = _TOKEN_SERVERS.get(infrastructure.provider)
    if server and wanted.service_account and wanted.cluster is None:
        field = field if value else ("kubernetes",)
        value[server] = True
    if value:
        yield Input("network_policy", value, ("infrastructure", *field))


def _check_ports(infrastructure: Infrastructure, faults: Faults) -> None:
    """The ports of things that exist already: pods reach no others."""
    for way in ways_out.ways(infrastructure):
        if not way.ports:
            message = f'"{way.field}" names no port, and pods reach just those that are known'
            hint = 'add "port"' if way.name == "database" else "write it as HOST:PORT"
            faults.add(f"references.{way.field}", message, hint)


NETWORK_POLICY = parts("network_policy", "network.egress_cidr_blocks", *ways_out.BLOCKS)
METADATA = (
    Field("kubernetes.namespace", "namespace"),
    Field("kubernetes.labels", "labels"),
    Field("kubernetes.annotations", "annotations"),
)
_NAMESPACE, *_PAIRS = METADATA
FIELDS = (
    # A cluster that is named by its address, and whose account the cloud's own is in.
    *parts("", "kubernetes.", "account."),
    *containers.IMAGE,
    *containers.SIZE,
    *containers.VARIABLES,
    containers.SECRETS,
    *parts("identity", "runtime.identity"),
    *containers.LIMITS,
    containers.READABLE_SECRETS,
    Field("runtime.ephemeral_storage", "ephemeral_storage_mib"),
    Field(
        "runtime.cpu_architecture",
        "node_selector",
        lambda name: {"kubernetes.io/arch": _ARCHITECTURES[name]},
    ),
    Field("runtime.cluster_name", "cluster_name"),
    _NAMESPACE,
    Field("kubernetes.service_account", "service_account_name"),
    *_PAIRS,
    *NETWORK_POLICY,
    *containers.SCHEDULE,
)
_ELSEWHERE = (
    ("access", "the job may do in the cloud what runtime.identity may, which is granted there"),
    ("storage.", "the job may do in the cloud what runtime.identity may, which is granted there"),
    ("monitoring.", "logs and alerts are those of the cluster"),
    ("network.", "the network is that of the cluster"),
    ("runtime.nodes", "the machines are those of the cluster"),
    ("runtime.release", "the version is that of the cluster"),
)


RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={"dagster": "dagster_k8s_config", "airflow": "airflow_kubernetes_config"},
    providers=providers,
    elsewhere=_ELSEWHERE,
    services={cloud: service.title for cloud, service in SERVICES.items()},
)
