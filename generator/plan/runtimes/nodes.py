"""``runtime.nodes`` as the inputs of modules that make a cluster."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.model.infrastructure import Infrastructure
from generator.model.runtime import Nodes
from generator.plan.runtimes.runtime import Faults

# Nodes of a pool on GKE and AKS (AKS documentation, "Quotas, virtual machine size restrictions, and
# region availability").
MAX_NODES = 1000


def of_cluster(wanted: Nodes) -> dict[str, Any]:
    """The machines of Databricks, and what those of EMR have in common with them."""
    value = _named(wanted, "instance_type", "count", "disk_gib") | _bounds(wanted)
    return value | ({"spot": True} if wanted.spot else {})


def of_fleets(wanted: Nodes) -> dict[str, Any]:
    """The machines of EMR, whose fleets choose among several types."""
    value = of_cluster(wanted)
    others = list(wanted.other_instance_types)
    return value | ({"other_instance_types": others} if others else {})


def check_one_type(wanted: Nodes, faults: Faults) -> None:
    """Only fleets have several types."""
    if wanted.other_instance_types:
        message = '"nodes.other_instance_types" has no effect here'
        hint = "all nodes are of one type; remove it"
        faults.idle("runtime.nodes.other_instance_types", message, hint, on_key=True)


def of_pool(wanted: Nodes) -> dict[str, Any]:
    """The machines of a cluster of Kubernetes, as far as the job says."""
    return _named(wanted, "instance_type", "count", "disk_gib", "spot") | _bounds(wanted)


def _named(wanted: Nodes, *names: str) -> dict[str, Any]:
    return {
        name: value
        for name in names
        if name in wanted.model_fields_set and (value := getattr(wanted, name)) is not None
    }


def _bounds(wanted: Nodes) -> dict[str, Any]:
    bounds = wanted.autoscaling
    return {} if bounds is None else {"autoscaling": {"min": bounds.min, "max": bounds.max}}


def check_pool(wanted: Nodes, faults: Faults) -> None:
    """A count or bounds, and bounds that make sense; one type."""
    check_one_type(wanted, faults)
    bounds = wanted.autoscaling
    if wanted.count is not None and bounds is not None:
        message = "a fixed number of nodes and autoscaling exclude each other"
        faults.add("runtime.nodes.count", message, "keep count or autoscaling")
    if bounds is not None and bounds.max < bounds.min:
        message = f'"autoscaling.max" is {bounds.max}, less than "autoscaling.min"'
        faults.add("runtime.nodes.autoscaling.max", message)
    if bounds is not None and bounds.max > MAX_NODES:
        message = f"a pool has at most {MAX_NODES} nodes"
        faults.add("runtime.nodes.autoscaling.max", message)


def check_pod(
    infrastructure: Infrastructure,
    machine: str,
    size: re.Pattern[str],
    mib_per_cpu: Mapping[str, int],
    faults: Faults,
) -> None:
    """A node keeps a part of its vCPUs and memory for itself: a pod must be smaller.

    Args:
        infrastructure: the job's block.
        machine: the type of the node's machine.
        size: types that tell their size match it: with their family, and how many vCPUs.
        mib_per_cpu: family to the most memory with each vCPU, as far as that is known.
        faults: collects what is wrong.
    """
    if (found := size.fullmatch(machine)) is None:
        return
    cpus = int(found[2])
    memory = cpus * mib_per_cpu.get(found[1], 0)
    runtime, hint = infrastructure.runtime, 'choose a larger "runtime.nodes.instance_type"'
    if runtime.cpu >= cpus:
        message = f"a pod of {runtime.cpu:g} vCPU does not fit on a node of {machine}"
        faults.add("runtime.cpu", message, hint)
    if memory and runtime.memory >= memory:
        message = f"a pod of {runtime.memory} MiB does not fit on a node of {machine}"
        faults.add("runtime.memory", message, hint)
