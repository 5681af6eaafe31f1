"""The cluster of a job on EMR: its network and nodes, or one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.plan.runtimes import amazon, ways_out
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.runtime import Faults

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure
    from generator.model.runtime import Nodes

# What only a cluster of the job's own can be given; a cluster that exists has all of it.
_OF_A_CLUSTER = (
    *("runtime.release", "runtime.identity", "runtime.readable_secrets"),
    *("network.vpc_id", "network.subnet_ids", "network.security_group_ids"),
    *("network.egress_cidr_blocks", "storage.data_bucket", "storage.state_bucket"),
    *("storage.kms_key_id", "references.secrets.secret_manager_arn", "access"),
)


def cluster(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """The network of a cluster that is made, or what one that exists cannot be given.

    A module of the user's own says itself what it needs.
    """
    runtime = infrastructure.runtime
    shipped = infrastructure.terraform.own_module is None
    if runtime.cluster_name is not None:
        if shipped:
            _check_existing(infrastructure, faults)
            where = "on a cluster that exists already"
            ways_out.refuse_destinations(infrastructure, faults, where)
    elif shipped:
        _check_network(infrastructure, faults)
    if not infrastructure.network.private:
        message = "the nodes of EMR are in private subnets"
        faults.idle("network.private", message, "remove it, and name private subnets")
    yield from _network(infrastructure, faults)
    _check_nodes(runtime.nodes, faults)


def _check_existing(infrastructure: Infrastructure, faults: Faults) -> None:
    hint = "remove it, or remove runtime.cluster_name"
    for path in _OF_A_CLUSTER:
        value: Any = infrastructure
        for name in path.split("."):
            value = getattr(value, name)
        if value:
            message = f'"{path}" has no effect on a cluster that exists already'
            faults.idle(path, message, hint, on_key=True)
    for name in sorted(infrastructure.runtime.nodes.model_fields_set):
        message = f'"nodes.{name}" has no effect on a cluster that exists already'
        faults.idle(f"runtime.nodes.{name}", message, hint, on_key=True)


def _check_network(infrastructure: Infrastructure, faults: Faults) -> None:
    wanted = infrastructure.network
    if wanted.vpc_id is None:
        faults.missing("network.vpc_id")
    if not wanted.subnet_ids:
        faults.missing("network.subnet_ids", "the private subnets that nodes start in")


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    wanted = infrastructure.network
    if wanted.vpc_id is None or not wanted.subnet_ids:
        return
    value = amazon.network_value(wanted, faults)
    yield Input("network", value, ("infrastructure", "network"))
    if infrastructure.runtime.cluster_name is None:
        yield from amazon.egress(infrastructure, faults, own_groups=False)


def _check_nodes(wanted: Nodes, faults: Faults) -> None:
    scaled, least, at = wanted.autoscaling, 1, ("runtime", "nodes")
    if scaled is not None:
        least = scaled.min
        if scaled.max < scaled.min:
            message = f'"autoscaling.max" is {scaled.max}, less than "autoscaling.min"'
            given = "max" if "max" in scaled.model_fields_set else "min"
            hint = f"set autoscaling.max to {scaled.min} or more"
            faults.add((*at, "autoscaling", given), message, hint)
        elif wanted.count is not None and not scaled.min <= wanted.count <= scaled.max:
            message = f'"count" is {wanted.count}, which is not between the bounds of "autoscaling"'
            hint = f"it is how many nodes the cluster starts with: {scaled.min} to {scaled.max}"
            faults.add((*at, "count"), message, hint)
    most = scaled.max if scaled is not None else wanted.count
    if wanted.spot and most is not None and most <= least:
        message = f"with {most} of the nodes none is left to be spot"
        hint = "the first nodes hold the cluster's files: give more, or autoscaling.max above min"
        faults.add((*at, "spot"), message, hint)
