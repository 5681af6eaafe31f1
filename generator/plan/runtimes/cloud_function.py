"""Google Cloud Functions, second generation: a job's fields for ``modules/gcp-cloud-function``."""

from __future__ import annotations

from collections.abc import Iterator

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.plan.runtimes import containers, google
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check

# Cloud Functions documentation, "Quotas"; Cloud Scheduler API reference, attemptDeadline.
MAX_TIMEOUT_SECONDS = 3600
MAX_SCHEDULED_SECONDS = 1800
# Each field that says what is run, in words.
_CODE = {
    "source": "the zip archive with its source, gs://BUCKET/OBJECT.zip",
    "release": "its language with the version, such as python312",
    "entry_point": "the name of the function in the source",
}


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["gcp"])
    containers.check_variables(infrastructure, faults)
    google.check_size(infrastructure, faults, "functions", whole=False)
    google.check_places(infrastructure, faults, "the function")
    _check_limits(infrastructure, loaded, faults)
    google.check_account(infrastructure, faults)
    for field, words in _CODE.items():
        if getattr(infrastructure.runtime, field) is None:
            faults.missing(f"runtime.{field}", words)
    yield from containers.variables(infrastructure, faults)
    yield from google.network(infrastructure, faults, "a function")
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    if infrastructure.runtime.scaling.min == 0:
        yield from schedule(loaded, faults, regional=True)
    yield from alerts(infrastructure, faults, _timeout(infrastructure) - 1)


def _timeout(infrastructure: Infrastructure) -> int:
    """Seconds after which a run is stopped: the job's, or the module's default."""
    runtime = infrastructure.runtime
    given = "timeout_seconds" in runtime.model_fields_set
    return min(runtime.timeout_seconds, MAX_TIMEOUT_SECONDS) if given else MAX_SCHEDULED_SECONDS


def _check_limits(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> None:
    runtime, scheduled = infrastructure.runtime, loaded.job.schedule is not None
    given = runtime.timeout_seconds if "timeout_seconds" in runtime.model_fields_set else 0
    if scheduled and MAX_SCHEDULED_SECONDS < given <= MAX_TIMEOUT_SECONDS:
        message = (
            f"Cloud Scheduler waits for a function for at most {MAX_SCHEDULED_SECONDS} seconds"
        )
        faults.add("runtime.timeout_seconds", message, "cloud_run_job has longer runs")
    if runtime.max_retries and not scheduled:
        message = '"max_retries" has no effect without a schedule, whose calls are repeated'
        faults.idle("runtime.max_retries", message, "remove it, or add a schedule", on_key=True)
    if runtime.scaling.min > 0:
        message = "a function has no workers that always run"
        faults.add("runtime.scaling.min", message, "set it to 0, or take cloud_run_job")


_IMAGE = "the code of a function is a zip archive, runtime.source, and its runtime.entry_point"
FIELDS = (
    *parts("", "monitoring.enabled", "runtime.scaling."),
    *google.ACCOUNT,
    Field("runtime.source", "source_archive"),
    Field("runtime.release", "release"),
    Field("runtime.entry_point", "entry_point"),
    containers.IDENTITY,
    *containers.SIZE,
    # The default of other runtimes is longer than Cloud Scheduler waits; the module has its own.
    Field("runtime.timeout_seconds", "timeout_seconds", written=True),
    Field("runtime.max_retries", "max_retries"),
    Field("runtime.scaling.max", "max_instances", containers.several),
    *containers.VARIABLES,
    containers.SECRETS,
    *google.NETWORK,
    *containers.STORAGE,
    containers.READABLE_SECRETS,
    *containers.SCHEDULE,
    *containers.WATCHING,
    google.LOG_KEY,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    elsewhere=tuple((f"runtime.{name}", _IMAGE) for name in ("image", "command", "args")),
    ungranted=frozenset({"runtime.secrets", "runtime.readable_secrets"}),
)
