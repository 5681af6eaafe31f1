"""The nodes of a cluster of AKS: which there are, how many, and whether a pod fits on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model.variables import waits
from generator.plan.runtimes.nodes import check_pod, check_pool
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure

# What the module takes where the job names none.
DEFAULT_TYPE = "Standard_D4s_v5"
# Azure documentation, "Virtual machine sizes naming conventions": since the third version the
# first number is that of vCPUs. No size of these families has more MiB for each of them.
_SIZE = lazy(r"Standard_([A-Z]+)([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9]")
_MIB_PER_CPU = {"D": 4096, "E": 8192}


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
    check_pool(wanted, faults)


def _check_machine(machine: str, infrastructure: Infrastructure, faults: Faults) -> None:
    """Whether the job's pod fits on such a machine, where its name tells."""
    found = _SIZE.fullmatch(machine)
    if not found:
        return
    cpus = int(found[2])
    memory = cpus * _MIB_PER_CPU.get(found[1], 0)
    check_pod(infrastructure, machine, cpus, memory, faults)
