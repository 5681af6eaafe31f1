"""Databricks jobs, on AWS, Azure or Google Cloud: a job's fields for ``modules/databricks-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.plan.cron import quartz
from generator.plan.root_plan import ProviderBlock
from generator.plan.runtimes import containers
from generator.plan.runtimes.databricks_checks import (
    HOST,
    SECRETS,
    check_alerts,
    check_cluster,
    check_permissions,
    check_task,
)
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.nodes import of_cluster
from generator.plan.runtimes.runtime import Faults, RuntimeSpec, Sticky
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import check

_THRESHOLDS = ("failed_runs", "run_seconds")
_NETWORK = "the machines are in the network of the workspace"
_STORAGE = "on Databricks data is granted to the identity in Unity Catalog"
_NODES = "machines are chosen by runtime.nodes.instance_type"
_NO_LOGS = "Databricks does not watch the logs of a job"
_NO_COUNT = "Databricks tells of each run that fails, and counts none"
ELSEWHERE = (
    ("account.", "the root has the provider of Databricks alone, which is in no account"),
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
    check(infrastructure, faults, HOST, SECRETS)
    containers.check_variables(infrastructure, faults)
    check_task(infrastructure, faults)
    check_permissions(infrastructure, faults)
    check_cluster(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from schedule(loaded, faults, quartz)
    yield from _alerts(infrastructure, faults)


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


FIELDS = (
    # Which account the workspace is in, for whoever reads the README.
    *parts("", "account.account_id", "account.project_id", "account.subscription_id"),
    *parts("", "account.resource_group", "databricks.host", "monitoring.enabled"),
    Field("provider", "cloud"),
    Field("runtime.entry_point", "entry_point"),
    Field("runtime.source", "wheel"),
    Field("runtime.args", "args"),
    Field("runtime.image", "image"),
    containers.IDENTITY,
    Field("runtime.release", "release"),
    Field("runtime.cluster_name", "existing_cluster_id"),
    Field("databricks.policy_id", "policy_id"),
    Field("databricks.permissions", "permissions"),
    Field("runtime.nodes.", "nodes", of_cluster),
    *containers.VARIABLES,
    containers.SECRETS,
    Field("runtime.timeout_seconds", "timeout_seconds"),
    Field("runtime.max_retries", "max_retries"),
    *containers.SCHEDULE,
    *parts("alerts", "monitoring.alerts.channels"),
    *parts("alerts", *(f"monitoring.alerts.thresholds.{name}" for name in _THRESHOLDS)),
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={
        "airflow": "airflow_databricks_config",
        "dagster": "dagster_databricks_config",
    },
    providers=providers,
    elsewhere=ELSEWHERE,
    # The provider's `run_as` is computed where nobody sets it, and the workspace keeps what it had.
    sticky={
        "identity": Sticky(
            path=("infrastructure", "runtime", "identity"),
            stays="goes on running as the identity that it had, which Databricks keeps",
            way="name the identity that it should run as; or make the job anew, with another id",
            resource="databricks_job.this",
        )
    },
)
