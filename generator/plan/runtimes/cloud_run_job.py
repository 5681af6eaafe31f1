"""Google Cloud Run jobs: a job's fields as inputs of ``modules/gcp-cloud-run-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.patterns import lazy
from generator.plan.runtimes import containers
from generator.plan.runtimes.runtime import Faults, Input, Runtime
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import GCP, GCP_CHANNEL, check

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure, Network
    from generator.job.loaded import LoadedJob

TYPE = "cloud_run_job"

# Cloud Run documentation, "Configure CPU limits" and "Configure memory limits" for jobs: whole
# vCPUs or a part of one, the most memory with so many vCPUs and the least, in MiB.
_CPUS = (1, 2, 4, 6, 8)
_MOST = ((0.5, 512), (1, 1024), (2, 4096), (4, 8192), (6, 16384), (8, 24576))
_MOST_MEMORY = 32768
_LEAST = ((6, 4096), (4, 2048), (0, 512))
MAX_TIMEOUT_SECONDS = 7 * 24 * 3600
MAX_TASKS = 10_000
MAX_LOG_DAYS = 3650
# Cloud Monitoring watches a condition for 23 hours and 30 minutes at most.
_RUN_SECONDS = (1, 84600)
_NAMES = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = frozenset(
    ("CLOUD_RUN_EXECUTION", "CLOUD_RUN_JOB", "CLOUD_RUN_TASK_ATTEMPT")
    + ("CLOUD_RUN_TASK_COUNT", "CLOUD_RUN_TASK_INDEX")
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, GCP)
    words = "letters, digits and _, not starting with a digit"
    containers.check_variables(infrastructure, faults, _NAMES, words, _RESERVED)
    _check_size(infrastructure, faults)
    _check_limits(infrastructure, faults)
    yield from _place(infrastructure, faults)
    yield from containers.container(infrastructure, faults, TYPE)
    yield from _network(infrastructure, faults)
    yield from containers.storage(infrastructure, faults, TYPE)
    if readable := infrastructure.runtime.readable_secrets:
        yield Input(
            "readable_secrets", list(readable), ("infrastructure", "runtime", "readable_secrets")
        )
    yield from schedule(loaded, faults)
    yield from containers.watching(infrastructure, faults, GCP_CHANNEL, _RUN_SECONDS)


def _check_size(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    cpu, memory = runtime.cpu, runtime.memory
    if cpu not in _CPUS and not (0.08 <= cpu < 1 and round(cpu, 3) == cpu):
        offered = f"it offers {', '.join(map(str, _CPUS))}, or 0.08 to 1 in steps of 0.001"
        faults.add("runtime.cpu", f"Cloud Run has no {cpu:g} vCPU for jobs", offered)
        return
    at = "runtime.memory" if "memory" in runtime.model_fields_set else "runtime.cpu"
    most = next((mib for below, mib in _MOST if cpu < below), _MOST_MEMORY)
    least = next(mib for least_cpu, mib in _LEAST if cpu >= least_cpu)
    if memory > most:
        need = [c for c, mib in zip((0.5, *_CPUS), _mosts(), strict=True) if memory <= mib]
        hint = f"set cpu to {need[0]:g}" if need else "32Gi is the most"
        faults.add(at, f"Cloud Run gives {cpu:g} vCPU at most {most} MiB", hint)
    elif memory < least:
        faults.add(at, f"Cloud Run wants at least {least} MiB with {cpu:g} vCPU")


def _mosts() -> tuple[int, ...]:
    """The most memory with 0.5 vCPU and with each whole number of them."""
    return (*(mib for _, mib in _MOST[1:]), _MOST_MEMORY)


def _check_limits(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime, days = infrastructure.runtime, infrastructure.monitoring.log_retention_days
    if runtime.timeout_seconds > MAX_TIMEOUT_SECONDS:
        message = f"a Cloud Run job runs for at most seven days ({MAX_TIMEOUT_SECONDS} seconds)"
        faults.add("runtime.timeout_seconds", message)
    if runtime.scaling.min == 0 and runtime.scaling.max > MAX_TASKS:
        faults.add("runtime.scaling.max", f"a run has at most {MAX_TASKS} tasks")
    if days > MAX_LOG_DAYS:
        message = f"Cloud Logging keeps logs for at most {MAX_LOG_DAYS} days"
        faults.add("monitoring.log_retention_days", message)


def _place(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    project = infrastructure.account.project_id
    if project is None:
        faults.missing("account.project_id", TYPE, "the Google Cloud project")
    else:
        yield Input("project_id", project, ("infrastructure", "account", "project_id"))
    yield Input("region", infrastructure.region, ("infrastructure", "region"))


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    network = infrastructure.network
    _check_network(network, faults)
    parts = (
        ("connector", network.connector),
        ("network", network.vpc_id),
        ("subnetwork", network.subnet_ids[0] if network.subnet_ids else None),
    )
    value: dict[str, Any] = {name: part for name, part in parts if part is not None}
    if network.network_tags:
        value["network_tags"] = list(network.network_tags)
    if value and not network.private:
        value["private"] = False
    if value:
        yield Input("network", value, ("infrastructure", "network"))


def _check_network(network: Network, faults: Faults) -> None:
    direct = network.vpc_id is not None or bool(network.subnet_ids)
    if network.vpc_id is not None and "/connectors/" in network.vpc_id:
        message = "this is a Serverless VPC Access connector"
        faults.add("network.vpc_id", message, 'name it as "network.connector"')
    if network.connector is not None and direct:
        message = "a job reaches its network through a connector or directly, not both"
        faults.add("network.connector", message, "remove connector, or vpc_id and subnet_ids")
    if len(network.subnet_ids) > 1:
        faults.add("network.subnet_ids", "a Cloud Run job takes one subnetwork", "keep one")
    if network.network_tags and not direct:
        message = '"network_tags" need a network that the job is in itself'
        faults.add("network.network_tags", message, 'add "network.vpc_id" or "network.subnet_ids"')
    wanted = network.private and "private" in network.model_fields_set
    if wanted and not direct and network.connector is None:
        hint = 'or "network.vpc_id" and "network.subnet_ids"'
        faults.missing("network.connector", f"a private {TYPE}", hint)


RUNTIME = Runtime(
    cloud="gcp",
    type=TYPE,
    module="gcp-cloud-run-job",
    title="Cloud Run job",
    honours=containers.HONOURS
    | {"account.project_id", "network.vpc_id", "network.connector", "network.network_tags"},
    inputs=inputs,
    launchers={"dagster": "dagster_cloud_run_config", "airflow": "airflow_cloud_run_config"},
)
