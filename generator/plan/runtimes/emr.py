"""Amazon EMR on EC2: a job's fields as inputs of ``modules/aws-emr``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model.variables import waits
from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, containers, emr_cluster
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.nodes import of_cluster
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

# Step Functions, "Service quotas": the longest execution of a standard workflow.
MAX_RUN_SECONDS = 365 * 24 * 3600
# EMR Management Guide, "Work with steps": the longest argument string of a step.
MAX_STEP_CHARACTERS = 10_280


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["aws"])
    containers.check_variables(infrastructure, faults)
    yield from _step(infrastructure, faults)
    _check_limits(infrastructure, faults)
    yield from emr_cluster.cluster(infrastructure, faults)
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    yield from amazon.secrets(infrastructure, faults)
    yield from schedule(loaded, faults, eventbridge)
    yield from alerts(infrastructure, faults)


def _step(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """What is run: a file by spark-submit, or a command; its arguments and variables."""
    runtime = infrastructure.runtime
    if runtime.entry_point is not None and runtime.command:
        message = '"command" is run in place of "entry_point", and both are given'
        faults.add("runtime.command", message, "remove one of the two", on_key=True)
    elif runtime.entry_point is None and not runtime.command and _shipped(infrastructure):
        hint = "s3://BUCKET/KEY of what spark-submit runs, or a command in its place"
        faults.missing("runtime.entry_point", hint)
    yield from containers.variables(infrastructure, faults)
    _check_length(infrastructure, faults)


def _check_length(infrastructure: Infrastructure, faults: Faults) -> None:
    """What is written in the file is part of the step, with what the module adds."""
    runtime = infrastructure.runtime
    texts = (runtime.entry_point or "", *runtime.command, *runtime.args)
    if len(" ".join(texts)) > MAX_STEP_CHARACTERS and not any(map(waits, texts)):
        at = "runtime.args" if runtime.args else "runtime.command"
        message = f"a step has {MAX_STEP_CHARACTERS} characters with all its arguments at most"
        faults.add(at, message, "read what is long from S3")


def _check_limits(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    if runtime.timeout_seconds * (runtime.max_retries + 1) > MAX_RUN_SECONDS:
        message = f"a run with all its retries must end within a year ({MAX_RUN_SECONDS} seconds)"
        faults.add("runtime.timeout_seconds", message)


LOGS = "the logs of an EMR cluster go to its bucket, and nobody counts there"


def _shipped(infrastructure: Infrastructure) -> bool:
    return infrastructure.terraform.own_module is None


_THRESHOLDS = ("failed_runs", "run_seconds", "error_rate", "timeout_rate")
FIELDS = (
    *amazon.ACCOUNT,
    *parts("", "monitoring.enabled", "references."),
    Field("runtime.entry_point", "entry_point"),
    Field("runtime.command", "command"),
    Field("runtime.args", "args"),
    *containers.VARIABLES,
    Field("runtime.timeout_seconds", "timeout_seconds"),
    Field("runtime.max_retries", "max_retries"),
    Field("runtime.cluster_name", "cluster_id"),
    *amazon.NETWORK,
    Field("runtime.nodes.", "nodes", of_cluster),
    Field("runtime.release", "release"),
    containers.IDENTITY,
    *parts("storage", "storage."),
    containers.KEY,
    *containers.ACCESS,
    *amazon.READABLE,
    *containers.SCHEDULE,
    Field("monitoring.log_retention_days", "log_retention_days", written=True),
    *parts("alerts", "monitoring.alerts.channels"),
    *parts("alerts", *(f"monitoring.alerts.thresholds.{name}" for name in _THRESHOLDS)),
    Field("monitoring.kms_key_id", "log_kms_key_arn"),
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    unwatched=True,
    launchers={"airflow": "airflow_emr_config"},
    elsewhere=(
        ("monitoring.alerts.thresholds.error_lines", LOGS),
        ("monitoring.alerts.thresholds.records_processed_min", LOGS),
        ("monitoring.alerts.records_field", LOGS),
    ),
    ungranted=frozenset({"runtime.readable_secrets", "storage.kms_key_id"} | amazon.SECRETS),
)
