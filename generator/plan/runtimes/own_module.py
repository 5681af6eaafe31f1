"""Spark, Ray and Dask: no module is shipped, the job names one of the user's own.

What the job sets is passed under the names that the shipped modules give it; an input that the
module lacks is an error at the job's line, as for any module.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.plan.cron import normalise
from generator.plan.runtimes import containers
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """What the job says, as it says it; sizes are in vCPUs and MiB."""
    check(infrastructure, faults, SECRETS[infrastructure.provider])
    yield from schedule(loaded, faults, normalise)


# A part of the job that is a part of its own is passed as an object of what the job says of it.
FIELDS = (
    *parts("", "account."),
    Field("runtime.image", "image", written=True),
    Field("runtime.command", "command", written=True),
    Field("runtime.args", "args", written=True),
    Field("runtime.cpu", "cpu", written=True),
    Field("runtime.memory", "memory_mib", written=True),
    Field("runtime.timeout_seconds", "timeout_seconds", written=True),
    Field("runtime.max_retries", "max_retries", written=True),
    Field("runtime.scaling.", "scaling", written=True),
    Field("runtime.nodes.", "nodes", written=True),
    Field("runtime.release", "release", written=True),
    Field("runtime.entry_point", "entry_point", written=True),
    Field("runtime.cluster_name", "cluster_name", written=True),
    Field("runtime.environment", "environment_variables", written=True),
    Field("runtime.secrets", "secrets", written=True),
    Field("runtime.readable_secrets", "readable_secrets", written=True),
    Field("runtime.identity", "identity", written=True),
    Field("network.", "network", written=True),
    Field("storage.", "storage", written=True),
    Field("access.", "access", written=True),
    Field("kubernetes.", "kubernetes", written=True),
    Field("references.", "references", written=True),
    Field("monitoring.log_retention_days", "log_retention_days", written=True),
    Field("monitoring.alerts.", "alerts", written=True),
    *containers.SCHEDULE,
)
RUNTIME = RuntimeSpec(fields=FIELDS, inputs=inputs)
