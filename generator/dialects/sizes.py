"""cpu, disk, and the numbers of instances, in the units that older files have."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.dialects.block import Block, Given, dotted
from generator.errors import KeyPath
from generator.model.problems import shown
from generator.model.runtime_types import of_kind

_CPU = ("runtime", "cpu")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
# Up to here a number is vCPUs; from there on it is parts of one. Nothing lies between.
_MOST_VCPU, _FEWEST_PARTS = 64, 128
_PARTS = {"aws": 1024, "gcp": 1000, "azure": 1000}
# What runs in containers of a size that the job gives: machines have no effect there.
_CONTAINERS = of_kind("container", "function")
# What has machines of its own, and so a place for them in the job.
_CLUSTERS = of_kind("cluster", "machines")
# A fact to the input that a module of the user's own has for it, and to its place in runtime.nodes.
_NODES: dict[str, tuple[str, KeyPath]] = {
    "instance_type": ("instance_type", ("instance_type",)),
    "instance_count": ("instance_count", ("count",)),
    "auto_scaling": ("enable_autoscaling", ()),
    "min_nodes": ("min_instances", ("autoscaling", "min")),
    "max_nodes": ("max_instances", ("autoscaling", "max")),
}
_OFF = ("false", "no", "off", "0")
_INSTANCES = ("min_instances", "max_instances", "target_cpu")


def translate(block: Block, cloud: str | None) -> None:
    """Bring sizes to canonical units.

    Args:
        block: changed in place.
        cloud: decides what cpu counts in.
    """
    _cpu(block, cloud)
    _disk(block)
    _instances(block)
    _nodes(block)
    gpu = block.facts.pop("gpu", None)
    if gpu is not None and str(gpu.value).lower() != "false":
        hint = "no runtime here has one: remove it, or name a module of your own"
        block.error("no-effect", f'"{dotted(gpu.written)}" cannot be read', gpu.written, hint)


def _cpu(block: Block, cloud: str | None) -> None:
    """1024ths on AWS, 1000ths elsewhere; vCPUs and millicores stay as they are."""
    text = block.own(*_CPU)
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        return
    number = Decimal(text)
    if number <= _MOST_VCPU:
        return
    written = block.written(_CPU)
    name = f'"{dotted(written)}" is {text}'
    if number < _FEWEST_PARTS:
        hint = "write vCPUs, such as 2, or millicores, such as 2000m"
        block.error("invalid-value", f"{name}: too many vCPUs, too few parts", written, hint)
    elif cloud is None:
        message = f"{name}, and what it counts depends on the cloud"
        block.error("ambiguous", message, written, "add `provider: aws`, gcp or azure")
    else:
        vcpu = number / _PARTS[cloud]
        if vcpu % Decimal("0.25"):
            message = f"{name}, which is {vcpu.normalize():f} vCPU on {cloud}: no whole quarters"
            hint = f"{cloud} counts {_PARTS[cloud]} to a vCPU; write vCPUs, such as 2"
            block.error("invalid-value", message, written, hint)
        else:
            block.replace(_CPU, f"{vcpu.normalize():f}")


def _disk(block: Block) -> None:
    disk = block.facts.pop("disk_size", None)
    if disk is None:
        return
    text = str(disk.value)
    text += "Gi" if _NUMBER.fullmatch(text) else ""
    # What every Fargate task has anyway (ECS developer guide, "Fargate task ephemeral storage").
    if not (text == "20Gi" and block.runtime() == "ecs_fargate"):
        block.put(("runtime", "ephemeral_storage"), text, disk.written)


def _instances(block: Block) -> None:
    """The bounds of an autoscaler that never reached a container: a run is one of them."""
    given = {name: block.facts.pop(name) for name in _INSTANCES if name in block.facts}
    usual = {"min_instances": ("0", "1"), "max_instances": ("1",)}
    if block.runtime() not in _CONTAINERS:
        names = {"min_instances": "min_nodes", "max_instances": "max_nodes"}
        for name in [name for name in given if name in names]:
            block.facts.setdefault(names[name], given.pop(name))
    for name, fact in given.items():
        if str(fact.value) in usual.get(name, ()):
            continue
        message = f'"{dotted(fact.written)}" has no effect: each run starts one container'
        hint = "for copies side by side, or a worker that keeps running, use runtime.scaling {min, "
        block.warn("no-effect", message, fact.written, hint + "max}")


def _nodes(block: Block) -> None:
    """The machines of a cluster: ``runtime.nodes``, or inputs of a module of the user's own."""
    kind = block.runtime()
    given = {name: block.facts.pop(name) for name in _NODES if name in block.facts}
    if kind in _CLUSTERS and block.get("terraform", "module", "source") is None:
        _scaled(block, given, str(kind))
        for name, fact in given.items():
            block.put(("runtime", "nodes", *_NODES[name][1]), fact.value, fact.written)
        return
    for name, fact in given.items():
        if kind in _CONTAINERS:
            message = f'"{dotted(fact.written)}" has no effect on {kind}: {shown(fact.value)}'
            block.warn("no-effect", message, fact.written, "size it by cpu and memory")
        else:
            variable = _NODES[name][0]
            block.put(("terraform", "variables", variable), fact.value, fact.written)


def _scaled(block: Block, given: dict[str, Given], kind: str) -> None:
    """Bounds of an autoscaler that is switched off have no effect, nor has a number beside one."""
    switch = given.pop("auto_scaling", None)
    bounds = [name for name in ("min_nodes", "max_nodes") if name in given]
    off = switch is not None and str(switch.value).lower() in _OFF
    idle = bounds if off else ["instance_count"] if bounds and kind == "databricks" else []
    for name in idle:
        if (fact := given.pop(name, None)) is not None:
            why = "auto_scaling is not enabled" if off else "auto_scaling decides it"
            message = f'"{dotted(fact.written)}" has no effect: {why}'
            block.warn("no-effect", message, fact.written, "remove it")
