"""Spark, Ray and Dask: no module is shipped, the job names one of the user's own.

What the job sets is passed under the names that the shipped modules give it; an input that the
module lacks is an error at the job's line, as for any module.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.plan.cron import normalise
from generator.plan.runtimes import account, containers
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """What the job says, as it says it; sizes are in vCPUs and MiB."""
    check(infrastructure, faults, SECRETS[infrastructure.provider])
    cloud = account.CLOUDS[infrastructure.provider]
    account.idle(infrastructure, cloud.fields, f"on {cloud.title}", faults)
    yield from schedule(loaded, faults, normalise)


def _as_written(*paths: str) -> tuple[Field, ...]:
    """Fields that are passed under their own names."""
    names = (path.rstrip(".").rpartition(".")[2] for path in paths)
    return tuple(Field(path, name, written=True) for path, name in zip(paths, names, strict=True))


# A part of the job that is a part of its own is passed as an object of what the job says of it.
FIELDS = (
    *parts("", "account."),
    *_as_written("runtime.image", "runtime.command", "runtime.args", "runtime.cpu"),
    Field("runtime.memory", "memory_mib", written=True),
    *_as_written("runtime.timeout_seconds", "runtime.max_retries", "runtime.scaling."),
    *_as_written("runtime.nodes.", "runtime.release", "runtime.entry_point"),
    *_as_written("runtime.cluster_name"),
    Field("runtime.environment", "environment_variables", written=True),
    *_as_written("runtime.secrets", "runtime.readable_secrets", "runtime.identity"),
    *_as_written("network.", "storage.", "access.", "kubernetes.", "references."),
    *_as_written("monitoring.log_retention_days", "monitoring.alerts."),
    *containers.SCHEDULE,
)
RUNTIME = RuntimeSpec(fields=FIELDS, inputs=inputs)
