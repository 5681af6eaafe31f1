"""Databricks jobs, on AWS, Azure or Google Cloud: a job's fields for ``modules/databricks-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.plan.cron import quartz
from generator.plan.root_plan import ProviderBlock
from generator.plan.runtimes import containers, databricks_cluster
from generator.plan.runtimes.databricks_checks import (
    ACCOUNT_SHAPES,
    NAMES,
    SHAPES,
    check_alerts,
    check_permissions,
    check_task,
)
from generator.plan.runtimes.runtime import Faults, Input, Runtime
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import check

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

# Field to input, for what is handed on as it is.
_PLAIN = (
    ("runtime", "entry_point", "entry_point"),
    ("runtime", "source", "wheel"),
    ("runtime", "args", "args"),
    ("runtime", "image", "image"),
    ("runtime", "identity", "identity"),
    ("runtime", "release", "release"),
    ("runtime", "cluster_name", "existing_cluster_id"),
    ("databricks", "policy_id", "policy_id"),
    ("databricks", "permissions", "permissions"),
)
_NETWORK = "the machines are in the network of the workspace"
_STORAGE = "on Databricks data is granted to the identity in Unity Catalog"
_NODES = "machines are chosen by runtime.nodes.instance_type"
_NO_LOGS = "Databricks does not watch the logs of a job"
_NO_COUNT = "Databricks tells of each run that fails, and counts none"
ELSEWHERE = (
    ("monitoring.alerts.thresholds.error_lines", _NO_LOGS),
    ("monitoring.alerts.thresholds.error_rate", _NO_COUNT),
    ("monitoring.alerts.thresholds.timeout_rate", _NO_COUNT),
    ("monitoring.alerts.thresholds.records_processed_min", _NO_LOGS),
    ("monitoring.alerts.records_field", _NO_LOGS),
    ("access", _STORAGE),
    ("network.", _NETWORK),
    ("storage.kms_key_id", "customer-managed keys are set up for the whole workspace"),
    ("storage.", _STORAGE),
    ("runtime.readable_secrets", "grant READ on the secret scope to whoever runs the job"),
    ("runtime.cpu", _NODES),
    ("runtime.memory", _NODES),
    ("runtime.cpu_architecture", _NODES),
    ("runtime.ephemeral_storage", "a node's disk is runtime.nodes.disk_gib"),
    ("runtime.scaling.", "workers come and go by runtime.nodes.autoscaling"),
    ("runtime.command", "what is run is runtime.entry_point, with runtime.args"),
    ("monitoring.log_retention_days", "the workspace keeps the output of runs for 60 days"),
    ("monitoring.log_group", "set log_destination, a volume, in terraform.variables"),
    ("kubernetes.", "there is no Kubernetes here"),
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, (*ACCOUNT_SHAPES[infrastructure.provider], *SHAPES))
    words = "letters, digits and _, not starting with a digit"
    containers.check_variables(infrastructure, faults, NAMES, words)
    check_task(infrastructure, faults)
    check_permissions(infrastructure, faults)
    databricks_cluster.check_cluster(infrastructure, faults)
    yield Input("cloud", infrastructure.provider, ("infrastructure", "provider"))
    for part, field, name in _PLAIN:
        value: Any = getattr(getattr(infrastructure, part), field)
        if value:
            value = list(value) if isinstance(value, tuple) else value
            yield Input(name, value, ("infrastructure", part, field))
    yield from databricks_cluster.nodes(infrastructure)
    yield from containers.variables(infrastructure, faults)
    yield from _limits(infrastructure)
    yield from schedule(loaded, faults, quartz)
    yield from _alerts(infrastructure, faults)


def _limits(infrastructure: Infrastructure) -> Iterator[Input]:
    runtime, at = infrastructure.runtime, ("infrastructure", "runtime")
    yield Input("timeout_seconds", runtime.timeout_seconds, (*at, "timeout_seconds"))
    if runtime.max_retries:
        yield Input("max_retries", runtime.max_retries, (*at, "max_retries"))


def _alerts(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    alerts = infrastructure.monitoring.alerts
    if alerts is None or not infrastructure.monitoring.enabled:
        return
    check_alerts(alerts, infrastructure, faults)
    value: dict[str, Any] = {"channels": list(alerts.channels)}
    if alerts.thresholds.run_seconds is not None:
        value["run_seconds"] = alerts.thresholds.run_seconds
    yield Input("alerts", value, ("infrastructure", "monitoring", "alerts"))


def providers(infrastructure: Infrastructure) -> tuple[ProviderBlock, ...]:
    """The workspace alone; whoever applies signs in as their environment says."""
    host = infrastructure.databricks.host or ""
    return (ProviderBlock("databricks", {"host": host.rstrip("/")}, {}),)


RUNTIME = Runtime(
    honours=frozenset(f"{part}.{field}" for part, field, _ in _PLAIN)
    | {"runtime.timeout_seconds", "runtime.max_retries"}
    | {"runtime.environment", "runtime.secrets", "runtime.nodes."}
    | containers.REFERENCES
    | {"monitoring.enabled", "monitoring.alerts.channels", "databricks.host"}
    | {f"monitoring.alerts.thresholds.{name}" for name in ("failed_runs", "run_seconds")}
    # Which account the workspace is in, for whoever reads the README.
    | {"account."},
    inputs=inputs,
    launchers={
        "airflow": "airflow_databricks_config",
        "dagster": "dagster_databricks_config",
    },
    providers=providers,
    elsewhere=ELSEWHERE,
)
