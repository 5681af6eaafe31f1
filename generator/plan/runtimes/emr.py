"""Amazon EMR on EC2: a job's fields as inputs of ``modules/aws-emr``."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.runtime import Nodes
from generator.model.variables import waits
from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, containers, ways_out
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.nodes import of_fleets
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check

# EMR Management Guide, "Work with steps": the longest argument string of a step.
MAX_STEP_CHARACTERS = 10_280
# EMR API reference, "InstanceTypeConfig": five types a fleet.
MAX_OTHER_TYPES = 4
# What only a cluster of the job's own can be given; a cluster that exists has all of it.
_OF_A_CLUSTER = (
    *("runtime.release", "runtime.identity", "runtime.readable_secrets"),
    *("network.vpc_id", "network.subnet_ids", "network.security_group_ids"),
    *("network.egress_cidr_blocks", "storage.data_bucket", "storage.state_bucket"),
    *("storage.kms_key_id", "references.secrets.secret_manager_arn", "access"),
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["aws"])
    containers.check_variables(infrastructure, faults)
    yield from _step(infrastructure, faults)
    amazon.check_run_time(infrastructure, faults)
    yield from _cluster(infrastructure, faults)
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    amazon.check_keys(infrastructure, faults)
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


def _cluster(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """The network of a cluster that is made, or what one that exists cannot be given.

    A module of the user's own says itself what it needs.
    """
    runtime = infrastructure.runtime
    shipped = _shipped(infrastructure)
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
        if attrgetter(path)(infrastructure):
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
    if len(wanted.other_instance_types) > MAX_OTHER_TYPES:
        message = f"a fleet has {MAX_OTHER_TYPES + 1} types at most"
        at_others = ("runtime", "nodes", "other_instance_types")
        faults.add(at_others, message, f"keep {MAX_OTHER_TYPES} besides instance_type")
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
    Field("runtime.nodes.", "nodes", of_fleets),
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
