"""Azure Kubernetes Service: a job's fields as inputs of ``modules/azure-aks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.variables import waits
from generator.plan.runtimes import azure, containers, kubernetes, labels
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
DEFAULT_TYPE = "Standard_D4s_v5"
# Azure documentation, "Virtual machine sizes naming conventions": since the third version the
# first number is that of vCPUs. No size of these families has more MiB for each of them.
_SIZE = lazy(r"Standard_([A-Z]+)([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9]")
_MIB_PER_CPU = {"D": 4096, "E": 8192}
_SECRETS = Shape(
    "runtime.secrets",
    kubernetes.SECRET,
    "SECRET/KEY of a Kubernetes secret in the namespace, never the secret itself "
    "(what the code reads from Key Vault stands in readable_secrets)",
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, _SECRETS)
    labels.check_metadata(infrastructure, faults)
    containers.check_variables(infrastructure, faults)
    kubernetes.check_size(infrastructure, faults)
    azure.check_image(infrastructure, faults)
    _check_logs(infrastructure, faults)
    azure.check_vaults(infrastructure, faults)
    azure.check_account(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    _check_nodes(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from kubernetes.network_policy(infrastructure, faults)
    yield from azure.storage(loaded, faults)
    yield from access(infrastructure, faults)
    yield from schedule(loaded, faults)
    yield from alerts(infrastructure, faults)


def _check_logs(infrastructure: Infrastructure, faults: Faults) -> None:
    named = "log_analytics_workspace_id" in infrastructure.terraform.variables
    if named and infrastructure.monitoring.log_retention_days != 30:
        message = "a workspace that exists already keeps logs as long as it says"
        faults.idle("monitoring.log_retention_days", message, "remove it")


def _check_nodes(infrastructure: Infrastructure, faults: Faults) -> None:
    """Whether the numbers make sense, and pods have room."""
    wanted = infrastructure.runtime.nodes
    machine = wanted.instance_type or DEFAULT_TYPE
    if not waits(machine):
        check_pod(infrastructure, machine, _SIZE, _MIB_PER_CPU, faults)
    check_pool(wanted, faults)


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """A cluster is in one subnet; a public one names who may reach it."""
    network, variables = infrastructure.network, infrastructure.terraform.variables
    named, at = "authorized_ip_ranges", ("terraform", "variables")
    if not network.private and not variables.get(named):
        message = "a public API server is open to nobody unless addresses are named"
        hint = f"add `terraform: {{variables: {{{named}: [198.51.100.0/24]}}}}`, or remove it"
        faults.add("network.private", message, hint)
    for name in (named,) if network.private else ("private_dns_zone_id",):
        if variables.get(name):
            kind = "private" if network.private else "public"
            message = f'"{name}" has no effect on a {kind} cluster'
            faults.idle((*at, name), message, 'remove it, or change "network.private"')
    if not network.subnet_ids:
        faults.missing("network.subnet_ids", "the subnet that its nodes are in")
        return
    if len(network.subnet_ids) > 1:
        faults.add("network.subnet_ids", "a cluster takes one subnet", "keep one")
    value: dict[str, Any] = {"subnet_id": network.subnet_ids[0]}
    if not network.private:
        value["private"] = False
    yield Input("network", value, ("infrastructure", "network"), origins=azure.NETWORK_ORIGINS)


FIELDS = (
    *parts("", "monitoring.enabled"),
    *azure.ACCOUNT,
    *containers.CONTAINER,
    Field("runtime.nodes.", "nodes", of_pool),
    *parts("network", "network.subnet_ids", "network.private"),
    *kubernetes.NETWORK_POLICY,
    *azure.REGISTRY,
    Field("runtime.ephemeral_storage", "ephemeral_storage_mib"),
    Field("runtime.release", "release"),
    *kubernetes.METADATA,
    *azure.STORAGE,
    *containers.SCHEDULE,
    *containers.WATCHING,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={"dagster": "dagster_k8s_config", "airflow": "airflow_kubernetes_config"},
    providers=own_cluster,
    labels=True,
    gone_with=("module.workload",),
    ungranted=frozenset({"runtime.readable_secrets", "runtime.key_vaults", "storage.kms_key_id"}),
)
