"""AWS ECS on Fargate: a job's fields as inputs of ``modules/aws-ecs-fargate``."""

from __future__ import annotations

from collections.abc import Iterator

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, buckets, containers
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check

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


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["aws"])
    containers.check_variables(infrastructure, faults)
    _check_size(infrastructure, faults)
    _check_limits(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from containers.storage(loaded, faults)
    buckets.check_key(loaded, faults)
    yield from access(infrastructure, faults)
    amazon.check_keys(infrastructure, faults)
    yield from amazon.secrets(infrastructure, faults)
    yield from schedule(loaded, faults, eventbridge)
    yield from alerts(infrastructure, faults)
    # An existing cluster keeps its own setting.
    if not infrastructure.monitoring.enabled and infrastructure.runtime.cluster_name is None:
        yield Input("container_insights", False, ("infrastructure", "monitoring", "enabled"))


def _check_size(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    sizes = SIZES.get(runtime.cpu)
    if sizes is not None and runtime.memory not in sizes:
        at = "runtime.memory" if "memory" in runtime.model_fields_set else "runtime.cpu"
        message = f"Fargate has no {runtime.memory} MiB with {runtime.cpu:g} vCPU"
        faults.add(at, message, f"it offers {_offered(sizes)}")


def _check_limits(infrastructure: Infrastructure, faults: Faults) -> None:
    if infrastructure.runtime.scaling.min == 0:
        amazon.check_run_time(infrastructure, faults)


def _offered(sizes: tuple[int, ...]) -> str:
    if len(sizes) <= 3:
        return ", ".join(_size(s) for s in sizes)
    return f"{_size(sizes[0])} to {_size(sizes[-1])} in steps of {_size(sizes[1] - sizes[0])}"


def _size(mib: int) -> str:
    return f"{mib // 1024}Gi" if mib % 1024 == 0 else f"{mib}Mi"


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    value = amazon.network(infrastructure, faults)
    if value is None:
        return
    if not infrastructure.network.private:
        value["private"] = False
    yield Input("network", value, ("infrastructure", "network"))
    own_groups = bool(infrastructure.network.security_group_ids)
    yield from amazon.egress(infrastructure, faults, own_groups)


def _gib(mib: int) -> float:
    """Whole GiB as such, for the module takes no others."""
    return mib / 1024 if mib % 1024 else mib // 1024


FIELDS = (
    *amazon.ACCOUNT,
    *containers.CONTAINER,
    *amazon.NETWORK,
    *containers.STORAGE,
    *amazon.READABLE,
    *containers.SCHEDULE,
    *containers.WATCHING,
    Field("runtime.cluster_name", "cluster_name"),
    Field("runtime.cpu_architecture", "cpu_architecture"),
    Field("runtime.ephemeral_storage", "ephemeral_storage_gib", _gib),
    *parts("container_insights", "monitoring.enabled"),
    *amazon.LOGS,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    unwatched=True,
    launchers={"dagster": "dagster_ecs_config", "airflow": "airflow_ecs_config"},
    ungranted=frozenset({"runtime.readable_secrets", "storage.kms_key_id"} | amazon.SECRETS),
)
