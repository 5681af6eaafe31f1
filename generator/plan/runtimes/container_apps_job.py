"""Azure Container Apps jobs: a job's fields as inputs of ``modules/azure-container-apps-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.variables import waits
from generator.plan.runtimes import azure, containers
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check
from generator.text.patterns import lazy

_VAULT = lazy(r"https://([A-Za-z0-9-]{3,24})\.vault\.[a-z.]+/")
_MOST_WORKERS = 1000


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["azure"])
    containers.check_variables(infrastructure, faults)
    _check_size(infrastructure, faults)
    _check_logs(infrastructure, faults)
    azure.check_account(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from azure.storage(loaded, faults)
    yield from access(infrastructure, faults)
    _check_vaults(infrastructure, faults)
    _check_workers(infrastructure, faults)
    azure.check_image(infrastructure, faults)
    yield from schedule(loaded, faults, utc_only=True)
    yield from alerts(infrastructure, faults)


def _check_size(infrastructure: Infrastructure, faults: Faults) -> None:
    """Azure documentation, "Containers in Azure Container Apps": quarters up to 4, twice the Gi."""
    runtime = infrastructure.runtime
    if runtime.cpu * 4 != int(runtime.cpu * 4) or not 0.25 <= runtime.cpu <= 4:
        message = f"Container Apps has no {runtime.cpu:g} vCPU"
        faults.add("runtime.cpu", message, "it offers 0.25 to 4 in steps of 0.25")
    elif runtime.memory != runtime.cpu * 2048:
        at = "runtime.memory" if "memory" in runtime.model_fields_set else "runtime.cpu"
        message = f"Container Apps has no {runtime.memory} MiB with {runtime.cpu:g} vCPU"
        faults.add(at, message, f"it offers {runtime.cpu * 2:g}Gi with it")


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    network, cluster = infrastructure.network, infrastructure.runtime.cluster_name
    if len(network.subnet_ids) > 1:
        faults.add("network.subnet_ids", "a Container Apps environment takes one subnet")
    if cluster is not None:
        for field in sorted(network.model_fields_set & {"subnet_ids", "private"}):
            message = f'"{field}" has no effect in an environment that exists already'
            faults.idle(f"network.{field}", message, "remove it, or remove runtime.cluster_name")
        return
    if network.subnet_ids:
        value: dict[str, Any] = {"subnet_id": network.subnet_ids[0]}
        if not network.private:
            value["private"] = False
        yield Input("network", value, ("infrastructure", "network"), origins=azure.NETWORK_ORIGINS)
    elif "private" in network.model_fields_set and network.private:
        faults.orphan("network.private", "network.subnet_ids", who="a private container_apps_job")


def _alone_in(infrastructure: Infrastructure) -> str:
    """The subnet of an environment that is made; one that is a variable is not known."""
    subnets = infrastructure.network.subnet_ids
    if infrastructure.runtime.cluster_name is not None or not subnets or waits(subnets[0]):
        return ""
    return subnets[0].lower()


def _check_workers(infrastructure: Infrastructure, faults: Faults) -> None:
    scaling = infrastructure.runtime.scaling
    if scaling.max > _MOST_WORKERS and scaling.min > 0:
        faults.add("runtime.scaling.max", f"a worker has at most {_MOST_WORKERS} copies")


def _check_vaults(infrastructure: Infrastructure, faults: Faults) -> None:
    """The identity that the module makes may read just the secrets of vaults it knows by id."""
    runtime = infrastructure.runtime
    vaults = {name.lower() for name in runtime.key_vaults}
    used = set()
    for name, reference in runtime.secrets.items():
        match = _VAULT.match(reference)
        if match is None:
            continue
        vault = match[1].lower()
        used.add(vault)
        if vault not in vaults and runtime.identity is None:
            hint = f"add `{match[1]}: /subscriptions/...` there, the vault's resource id"
            faults.missing(("runtime", "key_vaults", match[1]), hint, f"the secret {name}")
    all_known = all(_VAULT.match(reference) for reference in runtime.secrets.values())
    for name in runtime.key_vaults:
        if name.lower() not in used and all_known:
            message = f'no secret is in the vault "{name}"'
            faults.add(("runtime", "key_vaults", name), message, azure.VAULT_KEYS)
    azure.check_vaults(infrastructure, faults)


def _check_logs(infrastructure: Infrastructure, faults: Faults) -> None:
    """An existing workspace keeps logs as long as it says."""
    monitoring, cluster = infrastructure.monitoring, infrastructure.runtime.cluster_name
    workspace = "log_analytics_workspace_id" in infrastructure.terraform.variables
    days = monitoring.log_retention_days
    if (cluster is not None or workspace) and days != 30:
        message = "the logs of an environment that exists already are kept as long as it says"
        faults.idle("monitoring.log_retention_days", message, "remove it")
    alerts = monitoring.alerts if monitoring.enabled else None
    if cluster is None or workspace or alerts is None:
        return
    workers = infrastructure.runtime.scaling.min > 0
    for name in _OF_LOGS:
        if name == "records_processed_min" and alerts.records_field is None:
            continue
        if getattr(alerts.thresholds, name) is not None:
            at = f"monitoring.alerts.thresholds.{name}"
            faults.idle(at, "its logs go to a workspace that is not known here", _WORKSPACE_HINT)
    if workers:
        at = "monitoring.alerts"
        faults.idle(at, "the logs of workers go to a workspace not known here", _WORKSPACE_HINT)


_OF_LOGS = ("error_lines", "run_seconds", "error_rate", "timeout_rate", "records_processed_min")
_WORKSPACE_HINT = "name it: `terraform: {variables: {log_analytics_workspace_id: ...}}`"


FIELDS = (
    *parts("", "monitoring.enabled"),
    *azure.ACCOUNT,
    *containers.CONTAINER,
    Field("runtime.cluster_name", "container_app_environment_id"),
    *parts("network", "network.subnet_ids", "network.private"),
    *azure.STORAGE,
    *azure.REGISTRY,
    *containers.SCHEDULE,
    *containers.WATCHING,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    alone_in=_alone_in,
    launchers={
        "dagster": "dagster_container_apps_config",
        "airflow": "airflow_container_apps_config",
    },
    ungranted=frozenset(
        {"runtime.secrets", "runtime.readable_secrets", "runtime.registry_id", "storage.kms_key_id"}
    ),
)
