"""Amazon EMR on EC2: a job's fields as inputs of ``modules/aws-emr``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model.variables import waits
from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, containers, emr_cluster
from generator.plan.runtimes.access import access
from generator.plan.runtimes.emr_cluster import TYPE
from generator.plan.runtimes.runtime import Faults, Input, Runtime
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import AWS, AWS_CHANNEL, Shape, check
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

# Step Functions, "Service quotas": the longest execution of a standard workflow.
MAX_RUN_SECONDS = 365 * 24 * 3600
# EMR Management Guide, "Work with steps": the longest argument string of a step.
MAX_STEP_CHARACTERS = 10_280
_NAMES = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
_OTHER = {("runtime", "cluster_name"), ("runtime", "image")}
SHAPES = (
    *(shape for shape in AWS if shape.path not in _OTHER),
    Shape(
        "runtime.cluster_name",
        r"j-[A-Z0-9]{1,61}",
        "the id of an EMR cluster, j- and capital letters and digits",
    ),
    Shape(
        "runtime.entry_point",
        r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.'()/=@:,&;+ -]*\.(py|jar)",
        "s3://BUCKET/KEY of a .py or .jar file",
    ),
    Shape(
        "runtime.nodes.instance_type",
        r"[a-z][a-z0-9-]*\.([0-9]*xlarge|large|medium|metal(-[0-9]+xl)?)",
        "an EC2 instance type such as m5.xlarge",
    ),
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SHAPES)
    words = "letters, digits and _, not starting with a digit"
    containers.check_variables(infrastructure, faults, _NAMES, words)
    yield from _step(infrastructure, faults)
    yield from _limits(infrastructure, faults)
    yield from emr_cluster.cluster(infrastructure, faults)
    yield from containers.storage(loaded, faults, TYPE)
    yield from access(infrastructure, faults)
    yield from amazon.secrets(infrastructure, faults)
    yield from schedule(loaded, faults, eventbridge)
    yield from containers.watching(infrastructure, faults, AWS_CHANNEL)
    yield from amazon.logs(infrastructure, faults)


def _step(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """What is run: a file by spark-submit, or a command; its arguments and variables."""
    runtime, at = infrastructure.runtime, ("infrastructure", "runtime")
    if runtime.entry_point is not None and runtime.command:
        message = '"command" is run in place of "entry_point", and both are given'
        faults.add("runtime.command", message, "remove one of the two", on_key=True)
    elif runtime.entry_point is None and not runtime.command and _shipped(infrastructure):
        hint = "s3://BUCKET/KEY of what spark-submit runs, or a command in its place"
        faults.missing("runtime.entry_point", TYPE, hint)
    if runtime.entry_point is not None:
        yield Input("entry_point", runtime.entry_point, (*at, "entry_point"))
    for name in ("command", "args"):
        if value := getattr(runtime, name):
            yield Input(name, list(value), (*at, name))
    for given in containers.variables(infrastructure, faults):
        if given.name == "environment_variables":  # Secrets are refused at their line.
            yield given
    _check_length(infrastructure, faults)


def _check_length(infrastructure: Infrastructure, faults: Faults) -> None:
    """What is written in the file is part of the step, with what the module adds."""
    runtime = infrastructure.runtime
    texts = (runtime.entry_point or "", *runtime.command, *runtime.args)
    if len(" ".join(texts)) > MAX_STEP_CHARACTERS and not any(map(waits, texts)):
        at = "runtime.args" if runtime.args else "runtime.command"
        message = f"a step has {MAX_STEP_CHARACTERS} characters with all its arguments at most"
        faults.add(at, message, "read what is long from S3")


def _limits(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    runtime, at = infrastructure.runtime, ("infrastructure", "runtime")
    if runtime.timeout_seconds * (runtime.max_retries + 1) > MAX_RUN_SECONDS:
        message = f"a run with all its retries must end within a year ({MAX_RUN_SECONDS} seconds)"
        faults.add("runtime.timeout_seconds", message)
    yield Input("timeout_seconds", runtime.timeout_seconds, (*at, "timeout_seconds"))
    if runtime.max_retries:
        yield Input("max_retries", runtime.max_retries, (*at, "max_retries"))


LOGS = "the logs of an EMR cluster go to its bucket, and nobody counts there"


def _shipped(infrastructure: Infrastructure) -> bool:
    return infrastructure.terraform.own_module is None


RUNTIME = Runtime(
    honours=frozenset(
        {"account.account_id", "runtime.entry_point", "runtime.command", "runtime.args"}
        | {"runtime.timeout_seconds", "runtime.max_retries", "runtime.environment"}
        | {"runtime.readable_secrets", "runtime.identity", "runtime.cluster_name"}
        | {"runtime.nodes.", "runtime.release"}
        | {"network.vpc_id", "network.subnet_ids", "network.security_group_ids"}
        | {"network.egress_cidr_blocks", "network.private"}
        | {"storage.", "references.", "access"}
        | {"monitoring.enabled", "monitoring.log_retention_days", "monitoring.kms_key_id"}
        | {"monitoring.alerts.channels", "monitoring.alerts.thresholds.failed_runs"}
        | {"monitoring.alerts.thresholds.run_seconds"}
        | {"monitoring.alerts.thresholds.error_rate", "monitoring.alerts.thresholds.timeout_rate"}
    ),
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
