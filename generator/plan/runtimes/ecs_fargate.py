"""AWS ECS on Fargate: a job's fields as inputs of ``modules/aws-ecs-fargate``."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, buckets, containers
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

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
# Step Functions: the concurrency of an inline Map state.
MAX_PARALLELISM = 40
_NAMES = lazy(r"[A-Za-z_][A-Za-z0-9_.-]*")


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["aws"])
    words = "letters, digits and _ . -, not starting with a digit"
    containers.check_variables(infrastructure, faults, _NAMES, words)
    _check_size(infrastructure, faults)
    _check_limits(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from containers.storage(loaded, faults)
    buckets.check_key(loaded, faults)
    yield from access(infrastructure, faults)
    yield from amazon.secrets(infrastructure, faults)
    yield from schedule(loaded, faults, eventbridge)
    yield from alerts(infrastructure, faults)
    _check_disk(infrastructure, faults)
    # An existing cluster keeps its own setting.
    if not infrastructure.monitoring.enabled and infrastructure.runtime.cluster_name is None:
        yield Input("container_insights", False, ("infrastructure", "monitoring", "enabled"))
    amazon.check_log_days(infrastructure, faults)


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


def _check_limits(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    if runtime.scaling.min > 0:
        return
    if runtime.scaling.max > MAX_PARALLELISM:
        message = f"one run on ECS starts at most {MAX_PARALLELISM} copies"
        faults.add("runtime.scaling.max", message)
    amazon.check_run_time(infrastructure, faults)


def _offered(sizes: tuple[int, ...]) -> str:
    if len(sizes) <= 3:
        return ", ".join(_size(s) for s in sizes)
    return f"{_size(sizes[0])} to {_size(sizes[-1])} in steps of {_size(sizes[1] - sizes[0])}"


def _size(mib: int) -> str:
    return f"{mib // 1024}Gi" if mib % 1024 == 0 else f"{mib}Mi"


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    value = amazon.network(infrastructure, faults, "ECS")
    if value is None:
        return
    if not infrastructure.network.private:
        value["private"] = False
    yield Input("network", value, ("infrastructure", "network"))
    own_groups = bool(infrastructure.network.security_group_ids)
    yield from amazon.egress(infrastructure, faults, own_groups)


def _check_disk(infrastructure: Infrastructure, faults: Faults) -> None:
    disk = infrastructure.runtime.ephemeral_storage
    if disk is not None and (not 21 * 1024 <= disk <= 200 * 1024 or disk % 1024):
        message = "Fargate offers 21Gi to 200Gi of scratch disk, in whole Gi"
        faults.add("runtime.ephemeral_storage", message)


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
    Field("runtime.ephemeral_storage", "ephemeral_storage_gib", lambda mib: math.ceil(mib / 1024)),
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
