"""The nodes of a cluster of GKE: which there are, how many, and whether a pod fits on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model.variables import waits
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure
    from generator.model.runtime import Nodes

# What the module takes where the job names none.
DEFAULT_TYPE = "e2-standard-4"
# GKE documentation, "Regional clusters": three zones unless told otherwise.
ZONES = 3
MAX_NODES = 1000
_DISK_GIB = (20, 65536)
_MACHINE = lazy(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
# GKE documentation, "About node pools": too little memory for the cluster's own pods.
_TOO_SMALL = ("e2-micro", "f1-micro", "g1-small")
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
    """A node keeps a part of its vCPUs and memory for itself: a pod must be smaller."""
    runtime = infrastructure.runtime
    if not _MACHINE.fullmatch(machine):
        message = f'Compute Engine has no machine type "{machine}"'
        faults.add("runtime.nodes.instance_type", message, "such as n2-standard-4")
        return
    if machine in _TOO_SMALL:
        message = f"{machine} is too small for the pods that GKE itself runs"
        faults.add("runtime.nodes.instance_type", message, "e2-medium is the smallest")
        return
    found = _SIZE.fullmatch(machine)
    if not found:
        return
    cpus = int(found[2])
    memory = cpus * _MIB_PER_CPU.get(found[1], 0)
    hint = 'choose a larger "runtime.nodes.instance_type"'
    if runtime.cpu >= cpus:
        message = f"a pod of {runtime.cpu:g} vCPU does not fit on a node of {machine}"
        faults.add("runtime.cpu", message, hint)
    if memory and runtime.memory >= memory:
        message = f"a pod of {runtime.memory} MiB does not fit on a node of {machine}"
        faults.add("runtime.memory", message, hint)


def _check_count(wanted: Nodes, zones: int | None, faults: Faults) -> None:
    """All numbers are those of the whole cluster."""
    bounds, disk = wanted.autoscaling, wanted.disk_gib
    if wanted.count is not None and bounds is not None:
        message = "a fixed number of nodes and autoscaling exclude each other"
        faults.add("runtime.nodes.count", message, "keep count or autoscaling")
    elif wanted.count is not None and zones and wanted.count % zones:
        message = f"{wanted.count} nodes cannot be spread evenly over {zones} zones"
        hint = f"write a multiple of {zones}, or autoscaling: {{min: 1, max: {wanted.count}}}"
        faults.add("runtime.nodes.count", message, hint)
    if bounds is not None:
        if bounds.min < 1:
            message = "the cluster's own pods need a node"
            faults.add("runtime.nodes.autoscaling.min", message, "write 1 or more")
        if bounds.max < bounds.min:
            message = f'"autoscaling.max" is {bounds.max}, less than "autoscaling.min"'
            faults.add("runtime.nodes.autoscaling.max", message)
        if bounds.max > MAX_NODES:
            message = f"a pool has at most {MAX_NODES} nodes"
            faults.add("runtime.nodes.autoscaling.max", message)
    if disk is not None and not _DISK_GIB[0] <= disk <= _DISK_GIB[1]:
        message = f"the disk of a node has {_DISK_GIB[0]} to {_DISK_GIB[1]} GiB"
        faults.add("runtime.nodes.disk_gib", message)


def _zones(infrastructure: Infrastructure) -> int | None:
    """How many zones there will be; None where only Terraform knows."""
    named = infrastructure.terraform.variables.get("zones")
    if named is None:
        return ZONES
    return len(set(map(str, named))) or ZONES if isinstance(named, list | tuple) else None
