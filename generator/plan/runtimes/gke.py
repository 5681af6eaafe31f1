"""Google Kubernetes Engine: a job's fields as inputs of ``modules/gcp-gke``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.runtime import Nodes
from generator.model.variables import waits
from generator.plan.runtimes import containers, google, kubernetes, labels
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.cluster import own_cluster
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.nodes import check_pod, check_pool, of_pool
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import Shape, check
from generator.text.patterns import lazy

# What the module takes where the job names none.
DEFAULT_TYPE = "e2-standard-4"
# GKE documentation, "Regional clusters": three zones unless told otherwise.
ZONES = 3
# Compute Engine documentation, "Machine families": the number is that of vCPUs; no series has
# more MiB for each of them than this.
_SIZE = lazy(r"(?:[a-z0-9]+-)?(custom|standard|highmem|highcpu)-([0-9]+)(?:-.*)?")
_MIB_PER_CPU = {"highcpu": 2048, "standard": 4096, "highmem": 8192}
_SECRETS = Shape(
    "runtime.secrets",
    kubernetes.SECRET,
    "SECRET/KEY of a Kubernetes secret in the namespace, never the secret itself "
    "(what the code reads from Secret Manager stands in readable_secrets)",
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, _SECRETS)
    labels.check_metadata(infrastructure, faults)
    containers.check_variables(infrastructure, faults)
    kubernetes.check_size(infrastructure, faults)
    google.check_places(infrastructure, faults, "the cluster")
    google.check_account(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    _check_nodes(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from _network_policy(infrastructure, faults)
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    yield from schedule(loaded, faults)
    yield from alerts(infrastructure, faults)


def _check_nodes(infrastructure: Infrastructure, faults: Faults) -> None:
    """Whether pods have room on the machines; all numbers are the whole cluster's."""
    wanted = infrastructure.runtime.nodes
    machine = wanted.instance_type or DEFAULT_TYPE
    if not waits(machine):
        check_pod(infrastructure, machine, _SIZE, _MIB_PER_CPU, faults)
    _check_count(wanted, _zones(infrastructure), faults)


def _check_count(wanted: Nodes, zones: int | None, faults: Faults) -> None:
    bounds = wanted.autoscaling
    if wanted.count is not None and bounds is None and zones and wanted.count % zones:
        message = f"{wanted.count} nodes cannot be spread evenly over {zones} zones"
        hint = f"write a multiple of {zones}, or autoscaling: {{min: 0, max: {wanted.count}}}"
        faults.add("runtime.nodes.count", message, hint)
    check_pool(wanted, faults)


def _zones(infrastructure: Infrastructure) -> int | None:
    """How many zones there will be; None where only Terraform knows."""
    named = infrastructure.terraform.variables.get("zones")
    if named is None:
        return ZONES
    return len(set(map(str, named))) or ZONES if isinstance(named, list | tuple) else None


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """A cluster is in one subnetwork; its nodes have no public addresses."""
    network = infrastructure.network
    if network.vpc_id is None:
        faults.missing("network.vpc_id", "the network that its cluster is made in")
    if not network.subnet_ids:
        faults.missing("network.subnet_ids", "the subnetwork that its cluster is made in")
    elif len(network.subnet_ids) > 1:
        faults.add("network.subnet_ids", "a cluster takes one subnetwork", "keep one")
    if not network.private:
        message = "a cluster made here has no public addresses"
        hint = "remove it; pods reach the internet through Cloud NAT"
        faults.idle("network.private", message, hint)
    if network.vpc_id is None or not network.subnet_ids:
        return
    value: dict[str, Any] = {"network": network.vpc_id, "subnetwork": network.subnet_ids[0]}
    if network.network_tags:
        value["network_tags"] = list(network.network_tags)
    yield Input("network", value, ("infrastructure", "network"), origins=google.NETWORK_ORIGINS)


def _network_policy(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """What pods may reach; the module itself knows that they have an identity of Google."""
    for found in kubernetes.network_policy(infrastructure, faults):
        found.value.pop("gke_metadata_server", None)
        if found.value:
            yield found


FIELDS = (
    *parts("", "monitoring.enabled"),
    *google.ACCOUNT,
    *containers.CONTAINER,
    Field("runtime.nodes.", "nodes", of_pool),
    *parts("network", "network.vpc_id", "network.subnet_ids", "network.network_tags"),
    *parts("network", "network.private"),
    *kubernetes.NETWORK_POLICY,
    containers.READABLE_SECRETS,
    Field("runtime.ephemeral_storage", "ephemeral_storage_mib"),
    Field("runtime.release", "release"),
    *kubernetes.METADATA,
    *containers.STORAGE,
    *containers.SCHEDULE,
    *containers.WATCHING,
    google.LOG_KEY,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={"dagster": "dagster_k8s_config", "airflow": "airflow_kubernetes_config"},
    providers=own_cluster,
    labels=True,
    gone_with=("module.workload",),
    ungranted=frozenset({"runtime.readable_secrets"}),
)
