"""AWS ECS on Fargate: a job's fields as inputs of ``modules/aws-ecs-fargate``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.plan.cron import eventbridge
from generator.plan.runtimes import containers
from generator.plan.runtimes.runtime import Faults, Input, Runtime

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure
    from generator.job.loaded import LoadedJob

TYPE = "ecs_fargate"

# vCPU to the memory sizes in MiB that Fargate offers with it (Amazon ECS developer guide,
# "Task CPU and memory").
SIZES: dict[float, tuple[int, ...]] = {
    0.25: (512, 1024, 2048),
    0.5: tuple(range(1024, 4097, 1024)),
    1: tuple(range(2048, 8193, 1024)),
    2: tuple(range(4096, 16385, 1024)),
    4: tuple(range(8192, 30721, 1024)),
    8: tuple(range(16384, 61441, 4096)),
    16: tuple(range(32768, 122881, 8192)),
}
# CloudWatch Logs API reference, PutRetentionPolicy.
RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192)
RETENTION_DAYS += (2557, 2922, 3288, 3653)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    _check_size(infrastructure, faults)
    yield from containers.container(infrastructure, faults, TYPE)
    yield from _network(infrastructure, faults)
    yield from containers.storage(infrastructure, faults, TYPE)
    yield from _secrets(infrastructure)
    yield from containers.schedule(loaded, faults, eventbridge)
    yield from containers.watching(infrastructure.monitoring)
    yield from _own(infrastructure, faults)


def _check_size(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    sizes = SIZES.get(runtime.cpu)
    if sizes is None:
        offered = ", ".join(f"{cpu:g}" for cpu in SIZES)
        faults.add("runtime.cpu", f"Fargate has no {runtime.cpu:g} vCPU", f"it offers {offered}")
    elif runtime.memory not in sizes:
        at = "runtime.memory" if "memory" in runtime.model_fields_set else "runtime.cpu"
        message = f"Fargate has no {runtime.memory} MiB with {runtime.cpu:g} vCPU"
        faults.add(at, message, f"it offers {_offered(sizes)}")


def _offered(sizes: tuple[int, ...]) -> str:
    if len(sizes) <= 3:
        return ", ".join(_size(s) for s in sizes)
    return f"{_size(sizes[0])} to {_size(sizes[-1])} in steps of {_size(sizes[1] - sizes[0])}"


def _size(mib: int) -> str:
    return f"{mib // 1024}Gi" if mib % 1024 == 0 else f"{mib}Mi"


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    network = infrastructure.network
    if network.vpc_id is None:
        faults.missing("network.vpc_id", TYPE)
    if not network.subnet_ids:
        faults.missing("network.subnet_ids", TYPE, "the private subnets that tasks start in")
    if network.vpc_id is None or not network.subnet_ids:
        return
    value: dict[str, Any] = {"vpc_id": network.vpc_id, "subnet_ids": list(network.subnet_ids)}
    if network.security_group_ids:
        value["security_group_ids"] = list(network.security_group_ids)
    if not network.private:
        value["private"] = False
    if network.egress_cidr_blocks is not None:
        if network.security_group_ids:
            message = '"egress_cidr_blocks" has no effect on security groups that exist already'
            faults.add("network.egress_cidr_blocks", message)
        value["egress_cidr_blocks"] = list(network.egress_cidr_blocks)
    yield Input("network", value, ("infrastructure", "network"))


def _secrets(infrastructure: Infrastructure) -> Iterator[Input]:
    readable = list(infrastructure.runtime.readable_secrets)
    store = infrastructure.references.secrets.secret_manager_arn
    path: tuple[str, ...] = ("infrastructure", "runtime", "readable_secrets")
    if store is not None:
        path = (
            path if readable else ("infrastructure", "references", "secrets", "secret_manager_arn")
        )
        readable += [store] if store not in readable else []
    if readable:
        yield Input("readable_secrets", readable, path)
    key = infrastructure.references.secrets.kms_key_id
    if key is not None:
        path = ("infrastructure", "references", "secrets", "kms_key_id")
        yield Input("secrets_kms_key_arns", [key], path)


def _own(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """What only this module takes."""
    runtime, monitoring = infrastructure.runtime, infrastructure.monitoring
    at = ("infrastructure", "runtime")
    if runtime.cluster_name is not None:
        yield Input("cluster_name", runtime.cluster_name, (*at, "cluster_name"))
    if runtime.cpu_architecture is not None:
        yield Input("cpu_architecture", runtime.cpu_architecture, (*at, "cpu_architecture"))
    if runtime.ephemeral_storage is not None:
        gib = runtime.ephemeral_storage / 1024
        if not 21 <= gib <= 200 or gib != int(gib):
            faults.add(
                "runtime.ephemeral_storage",
                "Fargate offers 21Gi to 200Gi of scratch disk, in whole Gi",
            )
        yield Input("ephemeral_storage_gib", int(gib), (*at, "ephemeral_storage"))
    at = ("infrastructure", "monitoring")
    if not monitoring.enabled:
        yield Input("container_insights", False, (*at, "enabled"))
    if monitoring.log_retention_days not in RETENTION_DAYS:
        nearest = min(RETENTION_DAYS, key=lambda days: abs(days - monitoring.log_retention_days))
        message = f"CloudWatch keeps no logs for {monitoring.log_retention_days} days"
        faults.add("monitoring.log_retention_days", message, f"the nearest it offers is {nearest}")
    for field, name in (
        ("log_group", "log_group_name"),
        ("kms_key_id", "log_kms_key_arn"),
        ("metrics_namespace", "metrics_namespace"),
    ):
        if (value := getattr(monitoring, field)) is not None:
            yield Input(name, value, (*at, field))


RUNTIME = Runtime(
    cloud="aws",
    type=TYPE,
    module="aws-ecs-fargate",
    title="ECS Fargate",
    honours=containers.HONOURS
    | {
        "account.account_id",
        "runtime.cluster_name",
        "runtime.cpu_architecture",
        "runtime.ephemeral_storage",
    }
    | {"network.vpc_id", "network.security_group_ids", "network.egress_cidr_blocks"}
    | {"references.secrets."}
    | {"monitoring.log_group", "monitoring.kms_key_id", "monitoring.metrics_namespace"},
    inputs=inputs,
    launchers={"dagster": "dagster_ecs_config"},
)
