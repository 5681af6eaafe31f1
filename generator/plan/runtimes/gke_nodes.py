"""The nodes of a cluster of GKE: which there are, how many, and whether a pod fits on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model.variables import waits
from generator.plan.runtimes.nodes import check_pod, check_pool
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure
    from generator.model.runtime import Nodes

# What the module takes where the job names none.
DEFAULT_TYPE = "e2-standard-4"
# GKE documentation, "Regional clusters": three zones unless told otherwise.
ZONES = 3
# Compute Engine documentation, "Machine families": the number is that of vCPUs; no series has
# more MiB for each of them than this.
_SIZE = lazy(r"(?:[a-z0-9]+-)?(custom|standard|highmem|highcpu)-([0-9]+)(?:-.*)?")
_MIB_PER_CPU = {"highcpu": 2048, "standard": 4096, "highmem": 8192}


def check_nodes(infrastructure: Infrastructure, faults: Faults) -> None:
    """Whether there are such machines, so many of them, and room on them.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
    """
    wanted = infrastructure.runtime.nodes
    machine = wanted.instance_type or DEFAULT_TYPE
    if not waits(machine):
        _check_machine(machine, infrastructure, faults)
    _check_count(wanted, _zones(infrastructure), faults)


def _check_machine(machine: str, infrastructure: Infrastructure, faults: Faults) -> None:
    """Whether the job's pod fits on such a machine, where its name tells."""
    found = _SIZE.fullmatch(machine)
    if not found:
        return
    cpus = int(found[2])
    memory = cpus * _MIB_PER_CPU.get(found[1], 0)
    check_pod(infrastructure, machine, cpus, memory, faults)


def _check_count(wanted: Nodes, zones: int | None, faults: Faults) -> None:
    """All numbers are those of the whole cluster."""
    bounds = wanted.autoscaling
    if wanted.count is not None and bounds is None and zones and wanted.count % zones:
        message = f"{wanted.count} nodes cannot be spread evenly over {zones} zones"
        hint = f"write a multiple of {zones}, or autoscaling: {{min: 1, max: {wanted.count}}}"
        faults.add("runtime.nodes.count", message, hint)
    if bounds is not None and bounds.min < 1:
        message = "the cluster's own pods need a node"
        faults.add("runtime.nodes.autoscaling.min", message, "write 1 or more")
    check_pool(wanted, faults)


def _zones(infrastructure: Infrastructure) -> int | None:
    """How many zones there will be; None where only Terraform knows."""
    named = infrastructure.terraform.variables.get("zones")
    if named is None:
        return ZONES
    return len(set(map(str, named))) or ZONES if isinstance(named, list | tuple) else None
