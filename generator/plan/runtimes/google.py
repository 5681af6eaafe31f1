"""What runtimes of Google Cloud share: project and region, the way into a network, sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import KeyPath
from generator.model.infrastructure import Infrastructure, Network
from generator.model.variables import piece_of, waits
from generator.plan.runtimes.account import CLOUDS
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy

# Cloud Run documentation, "Configure CPU limits" and "Configure memory limits": whole vCPUs, or
# a part of one for what answers requests and is paid for those alone; the most memory with so many
# vCPUs and the least with many, in MiB.
_CPUS = (1, 2, 4, 6, 8)
_MOST = ((0.5, 512), (1, 1024), (2, 4096), (4, 8192), (6, 16384), (8, 24576))
_MOST_MEMORY = 32768
_LEAST = ((6, 4096), (4, 2048))
# Parts of the input "network" that the job names otherwise.
NETWORK_ORIGINS: dict[KeyPath, KeyPath] = {
    ("network",): ("infrastructure", "network", "vpc_id"),
    ("subnetwork",): ("infrastructure", "network", "subnet_ids", 0),
}
_LOCATION = lazy(r"(?:.*/)?(?:locations|regions)/([^/]+)/.*")
# The runtimes whose module makes the job's identity, and grants it what the job names.
OWN_IDENTITY = frozenset(("cloud_run_job", "cloud_function", "gke"))
ACCOUNT = (
    Field("account.project_id", "project_id"),
    *parts("", *(path for path in CLOUDS["gcp"].paths if path != "account.project_id")),
    Field("region", "region"),
)
LOG_KEY = Field("monitoring.kms_key_id", "log_kms_key_id")
NETWORK = (
    *parts("network", "network.vpc_id", "network.connector", "network.network_tags"),
    *parts("network", "network.subnet_ids", "network.private"),
)


def check_account(infrastructure: Infrastructure, faults: Faults) -> None:
    """Nothing is made without a project."""
    if infrastructure.account.project_id is None:
        faults.missing("account.project_id", "the Google Cloud project")


def check_places(infrastructure: Infrastructure, faults: Faults, what: str) -> None:
    """Keys, subnetworks and connectors serve their own region alone.

    Sources: "Encrypt Secrets at the application layer" (GKE), "Protect your data with CMEK"
    (functions), "Using customer managed encryption keys" (Cloud Run), "Configure CMEK for log
    buckets", "Connect to a VPC network with connectors".

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        what: what runs there, with its article, for messages.
    """
    region, network = infrastructure.region, infrastructure.network
    named: list[tuple[KeyPath, str | None]] = [
        (("storage", "kms_key_id"), infrastructure.storage.kms_key_id),
        (("monitoring", "kms_key_id"), infrastructure.monitoring.kms_key_id),
        (("network", "connector"), network.connector),
    ]
    named += [(("network", "subnet_ids", at), text) for at, text in enumerate(network.subnet_ids)]
    for path, text in named:
        found = _LOCATION.fullmatch(text or "")
        if text is None or found is None or waits(region) or waits(piece_of(text, found[1])):
            continue
        if found[1] != region:
            faults.add(path, f"this is in {found[1]}, {what} in {region}")


def check_size(
    infrastructure: Infrastructure, faults: Faults, what: str, whole: bool = True
) -> None:
    """Whether Cloud Run has such a size.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        what: this sort, in the plural, for people.
        whole: this sort takes no part of a vCPU.
    """
    runtime = infrastructure.runtime
    cpu, memory = runtime.cpu, runtime.memory
    if cpu not in _CPUS and (whole or not (0.08 <= cpu < 1 and round(cpu, 3) == cpu)):
        numbers = [*map(str, _CPUS)]
        offered = f"it offers {', '.join(numbers[:-1])} or {numbers[-1]}"
        offered = offered if whole else f"{offered}, or 0.08 to 1 in steps of 0.001"
        faults.add("runtime.cpu", f"Cloud Run has no {cpu:g} vCPU for {what}", offered)
        return
    at = "runtime.memory" if "memory" in runtime.model_fields_set else "runtime.cpu"
    most = next((mib for below, mib in _MOST if cpu < below), _MOST_MEMORY)
    needed = next((mib for least_cpu, mib in _LEAST if cpu >= least_cpu), 0)
    if memory > most:
        need = [c for c, mib in zip((0.5, *_CPUS), _mosts(), strict=True) if memory <= mib]
        hint = f"set cpu to {need[0]:g}" if need else "32Gi is the most"
        faults.add(at, f"Cloud Run gives {cpu:g} vCPU at most {most} MiB", hint)
    elif memory < needed:
        faults.add(at, f"Cloud Run wants at least {needed} MiB with {cpu:g} vCPU")


def _mosts() -> tuple[int, ...]:
    """The most memory with 0.5 vCPU and with each whole number of them."""
    return (*(mib for _, mib in _MOST[1:]), _MOST_MEMORY)


def network(infrastructure: Infrastructure, faults: Faults, what: str) -> Iterator[Input]:
    """A connector, or a network or subnetwork that is entered directly.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        what: what it runs, with its article, for messages.
    """
    wanted = infrastructure.network
    _check_network(wanted, infrastructure.runtime.type, faults, what)
    parts = (
        ("connector", wanted.connector),
        ("network", wanted.vpc_id),
        ("subnetwork", wanted.subnet_ids[0] if wanted.subnet_ids else None),
    )
    value: dict[str, Any] = {name: part for name, part in parts if part is not None}
    if wanted.network_tags:
        value["network_tags"] = list(wanted.network_tags)
    if value and not wanted.private:
        value["private"] = False
    if value:
        yield Input("network", value, ("infrastructure", "network"), origins=NETWORK_ORIGINS)


def _check_network(wanted: Network, runtime: str, faults: Faults, what: str) -> None:
    direct = wanted.vpc_id is not None or bool(wanted.subnet_ids)
    if wanted.vpc_id is not None and "/connectors/" in wanted.vpc_id:
        message = "this is a Serverless VPC Access connector"
        faults.add("network.vpc_id", message, 'name it as "network.connector"')
    if wanted.connector is not None and direct:
        message = f"{what} reaches its network through a connector or directly, not both"
        faults.add("network.connector", message, "remove connector, or vpc_id and subnet_ids")
    if len(wanted.subnet_ids) > 1:
        faults.add("network.subnet_ids", f"{what} takes one subnetwork", "keep one")
    if wanted.network_tags and not direct:
        message = '"network_tags" need a network that the job is in itself'
        faults.idle("network.network_tags", message, 'add "network.vpc_id" or "network.subnet_ids"')
    asked = wanted.private and "private" in wanted.model_fields_set
    if asked and not direct and wanted.connector is None:
        hint = 'or "network.vpc_id" and "network.subnet_ids"'
        faults.orphan("network.private", "network.connector", hint, f"a private {runtime}")
