"""Amazon EMR: clusters, fleets and managed scaling.

Sources: EMR API reference (RunJobFlow, Ec2InstanceAttributes, InstanceFleetConfig, ComputeLimits,
SpotProvisioningSpecification, VolumeSpecification, Configuration).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, present
from generator.rehearsal.values import blocks, is_unknown

RELEASE = r"emr-\d+\.\d+\.\d+"
INSTANCE_TYPE = r"[a-z][a-z0-9-]*\.([0-9]*xlarge|large|medium|metal(-[0-9]+xl)?)"
STRATEGIES = (
    *("capacity-optimized", "capacity-optimized-prioritized", "diversified", "lowest-price"),
    "price-capacity-optimized",
)
UNITS = ("InstanceFleetUnits", "Instances", "VCPU")
VOLUMES = ("gp3", "gp2", "io1", "st1", "sc1", "standard")
_MACHINES = ("master", "core")


def cluster(kind: str, value: Resource) -> Iterator[Problem]:
    """A release, either groups or fleets of machines that exist, and a network that fits them."""
    label = value.get("release_label")
    if isinstance(label, str) and not re.fullmatch(RELEASE, label):
        yield f"{kind}: invalid release_label", repr(label)
    yield from in_range(kind, value, "step_concurrency_level", 1, 256)
    for policy in blocks(value, "auto_termination_policy"):
        yield from in_range(kind, policy, "idle_timeout", 60, 604800)
    log = value.get("log_uri")
    if isinstance(log, str) and not re.fullmatch(r"s3[an]?://[^/]+/.*", log):
        yield f"{kind}: invalid log_uri", f"{log!r} is not s3://BUCKET/PREFIX."
    if isinstance(value.get("configurations_json"), str):
        yield from _configurations(kind, value["configurations_json"])
    yield from _machines(kind, value)
    fleets = any(blocks(value, f"{role}_instance_fleet") for role in _MACHINES)
    for network in blocks(value, "ec2_attributes"):
        yield from _network(kind, network, fleets)


def _configurations(kind: str, text: str) -> Iterator[Problem]:
    try:
        found = json.loads(text)
    except ValueError as error:
        yield f"{kind}: configurations_json is not JSON", str(error)
        return
    if not isinstance(found, list) or not all(_classified(one) for one in found):
        detail = "A list of objects with Classification and Properties of strings."
        yield f"{kind}: invalid configurations_json", detail


def _classified(entry: Any) -> bool:
    properties = entry.get("Properties", {}) if isinstance(entry, dict) else None
    return (
        isinstance(properties, dict)
        and isinstance(entry.get("Classification"), str)
        and all(isinstance(text, str) for text in properties.values())
    )


def _machines(kind: str, value: Resource) -> Iterator[Problem]:
    groups = [role for role in _MACHINES if blocks(value, f"{role}_instance_group")]
    fleets = [role for role in _MACHINES if blocks(value, f"{role}_instance_fleet")]
    if groups and fleets:
        yield f"{kind}: groups or fleets", "A cluster has instance groups or fleets, not both."
    primary = [value.get(f"master_instance_{sort}") for sort in ("group", "fleet")]
    if "master" not in groups + fleets and not any(is_unknown(part) for part in primary):
        yield f"{kind}: no primary node", "A master_instance_group or master_instance_fleet."
    for role in _MACHINES:
        for group in blocks(value, f"{role}_instance_group"):
            yield from _machine(kind, group)
        for one in blocks(value, f"{role}_instance_fleet"):
            yield from fleet(kind, one)
    for one in blocks(value, "master_instance_fleet"):
        capacity = _capacity(one)
        if capacity not in (None, 1):
            yield f"{kind}: invalid master_instance_fleet", f"{capacity} nodes; it has one."


def _network(kind: str, network: Resource, fleets: bool) -> Iterator[Problem]:
    one, several = network.get("subnet_id"), network.get("subnet_ids")
    if one and several and present(one) and present(several):
        yield f"{kind}: subnet_id or subnet_ids", "Not both."
    if isinstance(several, list) and len(several) > 1 and not fleets:
        yield f"{kind}: several subnets need fleets", "Instance groups are in one subnet."
    names = ("emr_managed_master_security_group", "emr_managed_slave_security_group")
    given = [name for name in names if network.get(name)]
    if len(given) == 1:
        yield f"{kind}: security groups of all nodes or none", f"Only {given[0]} is set."
    if network.get("service_access_security_group") and not given:
        detail = "service_access_security_group needs those of the nodes."
        yield f"{kind}: security groups of all nodes or none", detail


def fleet(kind: str, value: Resource) -> Iterator[Problem]:
    """Machines that exist, at least one of them, and spot rules that EMR knows."""
    types = blocks(value, "instance_type_configs")
    if not types and present(value.get("instance_type_configs")):
        yield f"{kind}: a fleet without machines", "One block instance_type_configs at least."
    for machine in types:
        yield from _machine(kind, machine)
        yield from in_range(kind, machine, "weighted_capacity", 0, 999)
    if _capacity(value) == 0:
        detail = "target_on_demand_capacity or target_spot_capacity is above 0."
        yield f"{kind}: an empty fleet", detail
    for launch in blocks(value, "launch_specifications"):
        for spot in blocks(launch, "spot_specification"):
            yield from one_of(kind, spot, "allocation_strategy", STRATEGIES)
            actions = ("SWITCH_TO_ON_DEMAND", "TERMINATE_CLUSTER")
            yield from one_of(kind, spot, "timeout_action", actions)
            yield from in_range(kind, spot, "timeout_duration_minutes", 5, 1440)


def _capacity(value: Resource) -> float | None:
    """Nodes that a fleet aims at; None where that is not known."""
    wanted = [value.get(f"target_{sort}_capacity") for sort in ("on_demand", "spot")]
    if not all(n is None or isinstance(n, int | float) for n in wanted):
        return None
    return float(sum(n for n in wanted if n is not None))


def _machine(kind: str, machine: Resource) -> Iterator[Problem]:
    name = machine.get("instance_type")
    if isinstance(name, str) and not re.fullmatch(INSTANCE_TYPE, name):
        yield f"{kind}: invalid instance_type", f"{name!r} is no EC2 instance type of EMR."
    for disk in blocks(machine, "ebs_config"):
        yield from one_of(kind, disk, "type", VOLUMES)
        yield from in_range(kind, disk, "size", 1, 1024)


def scaling_policy(kind: str, value: Resource) -> Iterator[Problem]:
    """Bounds in order, above nothing, and parts not above the whole."""
    for limits in blocks(value, "compute_limits"):
        yield from one_of(kind, limits, "unit_type", UNITS)
        least, most = (limits.get(f"{end}_capacity_units") for end in ("minimum", "maximum"))
        if isinstance(least, int | float) and least < 1:
            yield f"{kind}: invalid minimum_capacity_units", f"{least} is less than 1."
        if not isinstance(most, int | float):
            continue
        for name in ("minimum", "maximum_core", "maximum_ondemand"):
            part = limits.get(f"{name}_capacity_units")
            if isinstance(part, int | float) and part > most:
                detail = f"{part} is above maximum_capacity_units, {most}."
                yield f"{kind}: invalid {name}_capacity_units", detail
