"""Spark, Ray and Dask: no module is shipped, the job names one of the user's own.

What the job sets is passed under the names that the shipped modules give it; an input that the
module lacks is an error at the job's line, as for any module.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from generator.plan.cron import normalise
from generator.plan.job_paths import plain
from generator.plan.runtimes.runtime import Faults, Input, Runtime
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import AWS, AZURE, GCP, check

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

# Field to the input that it sets. A field that is a part of its own is passed as an object of
# what the job says of it.
INPUTS = {
    "runtime.image": "image",
    "runtime.command": "command",
    "runtime.args": "args",
    "runtime.cpu": "cpu",
    "runtime.memory": "memory_mib",
    "runtime.timeout_seconds": "timeout_seconds",
    "runtime.max_retries": "max_retries",
    "runtime.scaling": "scaling",
    "runtime.nodes": "nodes",
    "runtime.release": "release",
    "runtime.entry_point": "entry_point",
    "runtime.cluster_name": "cluster_name",
    "runtime.environment": "environment_variables",
    "runtime.secrets": "secrets",
    "runtime.readable_secrets": "readable_secrets",
    "runtime.identity": "identity",
    "network": "network",
    "storage": "storage",
    "access": "access",
    "kubernetes": "kubernetes",
    "references": "references",
    "monitoring.log_retention_days": "log_retention_days",
    "monitoring.alerts": "alerts",
}
_SHAPES = {
    cloud: tuple(
        shape
        for shape in shapes
        if shape.path[0] in ("region", "account", "network", "storage")
        or shape.path == ("runtime", "secrets")
    )
    for cloud, shapes in (("aws", AWS), ("gcp", GCP), ("azure", AZURE))
}


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """What the job says, as it says it; sizes are in vCPUs and MiB."""
    check(infrastructure, faults, _SHAPES[infrastructure.provider])
    for field, name in INPUTS.items():
        owner, _, last = field.rpartition(".")
        of = attrgetter(owner)(infrastructure) if owner else infrastructure
        value = plain(getattr(of, last))
        if last in of.model_fields_set and value not in (None, {}, []):
            yield Input(name, value, ("infrastructure", *field.split(".")))
    yield from schedule(loaded, faults, normalise)


RUNTIME = Runtime(
    honours=frozenset(
        field if "." in field and field != "monitoring.alerts" else f"{field}." for field in INPUTS
    )
    | {"runtime.scaling.", "runtime.nodes.", "account."},
    inputs=inputs,
    launchers={},
)
