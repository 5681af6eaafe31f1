"""Google Cloud Run jobs: a job's fields as inputs of ``modules/gcp-cloud-run-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.plan.runtimes import containers
from generator.plan.runtimes.runtime import Faults, Input, Runtime

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure
    from generator.job.loaded import LoadedJob

TYPE = "cloud_run_job"

# Cloud Run documentation, "Configure memory limits" and "Configure CPU limits": whole vCPUs,
# and for each the memory in MiB it must and may have.
_CPUS = (1, 2, 4, 6, 8)
_LEAST_MEMORY = {1: 128, 2: 128, 4: 2048, 6: 4096, 8: 4096}
_MOST_MEMORY = {1: 4096, 2: 8192, 4: 16384, 6: 24576, 8: 32768}
MAX_TIMEOUT_SECONDS = 7 * 24 * 3600


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    _check_size(infrastructure, faults)
    yield from _place(infrastructure, faults)
    yield from containers.container(infrastructure, faults, TYPE)
    yield from _network(infrastructure, faults)
    yield from containers.storage(infrastructure, faults, TYPE)
    if readable := infrastructure.runtime.readable_secrets:
        yield Input(
            "readable_secrets", list(readable), ("infrastructure", "runtime", "readable_secrets")
        )
    yield from containers.schedule(loaded, faults)
    yield from containers.watching(infrastructure.monitoring)


def _check_size(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    if runtime.timeout_seconds > MAX_TIMEOUT_SECONDS:
        faults.add(
            "runtime.timeout_seconds",
            "a Cloud Run job runs for at most seven days (604800 seconds)",
        )
    if runtime.cpu not in _CPUS:
        offered = ", ".join(map(str, _CPUS))
        faults.add(
            "runtime.cpu", f"Cloud Run has no {runtime.cpu:g} vCPU for jobs", f"it offers {offered}"
        )
        return
    cpu = int(runtime.cpu)
    at = "runtime.memory" if "memory" in runtime.model_fields_set else "runtime.cpu"
    if runtime.memory > _MOST_MEMORY[cpu]:
        need = next((c for c in _CPUS if runtime.memory <= _MOST_MEMORY[c]), None)
        hint = f"set cpu to {need}" if need else "32Gi is the most"
        faults.add(at, f"Cloud Run gives {cpu} vCPU at most {_MOST_MEMORY[cpu]} MiB", hint)
    elif runtime.memory < _LEAST_MEMORY[cpu]:
        faults.add(at, f"Cloud Run wants at least {_LEAST_MEMORY[cpu]} MiB with {cpu} vCPU")


def _place(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    project = infrastructure.account.project_id
    if project is None:
        faults.missing("account.project_id", TYPE, "the Google Cloud project")
    else:
        yield Input("project_id", project, ("infrastructure", "account", "project_id"))
    yield Input("region", infrastructure.region, ("infrastructure", "region"))


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    network = infrastructure.network
    if network.vpc_id is not None and "/connectors/" in network.vpc_id:
        faults.add(
            "network.vpc_id",
            "this is a Serverless VPC Access connector",
            'name it as "network.connector"',
        )
    if network.connector is not None and (network.vpc_id is not None or network.subnet_ids):
        message = "a job reaches its network through a connector or directly, not both"
        faults.add("network.connector", message, "remove connector, or vpc_id and subnet_ids")
    if len(network.subnet_ids) > 1:
        faults.add("network.subnet_ids", "a Cloud Run job takes one subnetwork")
    value: dict[str, Any] = {}
    for name, part in (
        ("connector", network.connector),
        ("network", network.vpc_id),
        ("subnetwork", network.subnet_ids[0] if network.subnet_ids else None),
    ):
        if part is not None:
            value[name] = part
    if network.network_tags:
        if network.connector is not None or not value:
            faults.add(
                "network.network_tags", '"network_tags" need a network that the job is in itself'
            )
        value["network_tags"] = list(network.network_tags)
    if not value and "private" in network.model_fields_set and network.private:
        hint = 'or "network.vpc_id" and "network.subnet_ids"'
        faults.missing("network.connector", f"a private {TYPE}", hint)
    if value and not network.private:
        value["private"] = False
    if value:
        yield Input("network", value, ("infrastructure", "network"))


RUNTIME = Runtime(
    cloud="gcp",
    type=TYPE,
    module="gcp-cloud-run-job",
    title="Cloud Run job",
    honours=containers.HONOURS
    | {"account.project_id", "network.vpc_id", "network.connector", "network.network_tags"},
    inputs=inputs,
    launchers={"dagster": "dagster_cloud_run_config"},
)
