"""Outputs of the shipped modules that have no value, by what the module call says.

Terraform leaves an output that is null out of ``terraform output -json``, so whatever waits for
one could never be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.errors import Problem
from generator.job.loaded import LoadedJob
from generator.plan.outputs import awaited
from generator.plan.root_plan import Argument
from generator.plan.runtimes.runtime import RuntimeSpec


class Empty(NamedTuple):
    """An output without a value.

    Attributes:
        argument: the module's argument on which it depends, dots for what is inside; empty where
            the output never has a value.
        given: it has none while the argument is given; else while it is not.
        reason: why, to follow "it has no value".
        instead: the output that tells nearest the same; empty where there is none.
        unless: an argument with which it has a value all the same.
        also: another case in which it has none.
    """

    argument: str
    given: bool
    reason: str
    instead: str = ""
    unless: str = ""
    also: Empty | None = None


def _never(reason: str, instead: str) -> Empty:
    return Empty("", False, reason, instead)


def _with(argument: str, reason: str, instead: str = "") -> Empty:
    return Empty(argument, True, reason, instead)


def _without(argument: str, reason: str, instead: str = "") -> Empty:
    return Empty(argument, False, reason, instead)


def _of_workers(reason: str, instead: str) -> Empty:
    return _without("workers", reason, instead)


_NO_SCHEDULE = _without("schedule", "the job has no schedule")
_NO_STARTS = _with("workers", "workers run all the time and are not started", "id")
_GIVEN_ACCOUNT = _with(
    "identity", "the job runs as an account that exists already", "service_account_email"
)
_SCHEDULER = dict.fromkeys(
    ("scheduler_job_id", "scheduler_job_name", "scheduler_service_account_email"), _NO_SCHEDULE
)
_ACCOUNT = dict.fromkeys(("service_account_name", "service_account_unique_id"), _GIVEN_ACCOUNT)
_OWN_GROUP = "the job names its security groups"
_EMR_CLUSTER = _with("cluster_id", "the cluster exists already", "cluster_id")
_CRON_JOB = {
    "airflow_kubernetes_config": _NO_STARTS,
    "cron_job_name": _with("workers", "workers are a deployment", "deployment_name"),
    "dagster_k8s_config": _NO_STARTS,
    "deployment_name": _of_workers("a job is a cron job", "cron_job_name"),
}
_NO_WORKSPACE = _with(
    "container_app_environment_id", "the environment that exists writes to a workspace of its own"
)._replace(unless="log_analytics_workspace_id")
_BILL = {
    "cluster_name": _never("a bill runs nothing", "id"),
    "endpoint_url": _never("a bill runs nothing that can be called", "id"),
}
_JOB_URL = "a run is started through the Kubernetes API, not by a call to one address"

EMPTY: dict[str, dict[str, Empty]] = {
    "aws-billing": _BILL,
    "aws-ecs-fargate": {
        "endpoint_url": _NO_STARTS,
        "invoke_command": _NO_STARTS,
        "schedule_arn": _NO_SCHEDULE,
        "security_group_id": _with("network.security_group_ids", _OWN_GROUP, "security_group_ids"),
        "service_arn": _of_workers("a job has no ECS service", "state_machine_arn"),
        "state_machine_arn": _with("workers", "workers are an ECS service", "service_arn"),
    },
    "aws-emr": {
        "cluster_name": _EMR_CLUSTER,
        "emr_log_bucket": _EMR_CLUSTER,
        "emr_master_public_dns": _EMR_CLUSTER,
        "instance_role_arn": _EMR_CLUSTER,
        "kms_key_arn": _EMR_CLUSTER,
        "schedule_arn": _NO_SCHEDULE,
    },
    "aws-lambda": {
        "cluster_name": _never("Lambda has no clusters", "service_name"),
        "schedule_arn": _NO_SCHEDULE,
        "security_group_id": _with(
            "network.security_group_ids", _OWN_GROUP, "security_group_ids"
        )._replace(also=_without("network", "the function is in no network")),
    },
    "azure-aks": {**_CRON_JOB, "endpoint_url": _never(_JOB_URL, "kubernetes_host")},
    "azure-billing": _BILL,
    "azure-container-apps-job": {
        "airflow_container_apps_config": _NO_STARTS,
        "container_app_fqdn": _never("neither a job nor a worker has ingress", "endpoint_url"),
        "container_app_id": _of_workers("a job is no container app", "container_app_job_id"),
        "container_app_job_id": _with("workers", "workers are a container app", "container_app_id"),
        "container_app_job_name": _with("workers", "workers are a container app", "service_name"),
        "container_app_name": _of_workers("a job is no container app", "service_name"),
        "dagster_container_apps_config": _NO_STARTS,
        "endpoint_url": _NO_STARTS,
        "invoke_command": _NO_STARTS,
        "log_analytics_workspace_id": _NO_WORKSPACE,
        "log_analytics_workspace_name": _NO_WORKSPACE,
    },
    "databricks-job": {
        "cluster_name": _without(
            "existing_cluster_id", "each run gets a cluster of its own", "service_name"
        ),
    },
    "gcp-billing": _BILL,
    "gcp-cloud-function": {
        **_SCHEDULER,
        **_ACCOUNT,
        "cluster_name": _never("Cloud Functions has no clusters", "service_name"),
        "invoke_command": _NO_SCHEDULE,
    },
    "gcp-cloud-run-job": {
        **_SCHEDULER,
        **_ACCOUNT,
        **dict.fromkeys(
            (
                *("airflow_cloud_run_config", "dagster_cloud_run_config"),
                *("endpoint_url", "invoke_command"),
            ),
            _NO_STARTS,
        ),
        **dict.fromkeys(
            ("cloud_run_job_id", "job_id"), _with("workers", "workers are no job", "service_id")
        ),
        **dict.fromkeys(
            ("cloud_run_job_name", "job_name"),
            _with("workers", "workers are no job", "service_name"),
        ),
        "cluster_name": _never("Cloud Run has no clusters", "service_name"),
        "job_uri": _with("workers", "workers are no job", "service_uri"),
        "service_id": _of_workers("a job is no worker pool", "job_id"),
    },
    "gcp-gke": {
        **_CRON_JOB,
        "endpoint_url": _never(_JOB_URL, "kubernetes_host"),
        "gcs_bucket": _without("storage", "the job has no storage"),
        "kubernetes_ca_certificate": _without(
            "dns_endpoint", "the certificate of the DNS endpoint is publicly signed"
        ),
    },
    "kubernetes-job": {
        **_CRON_JOB,
        "cluster_name": _without("cluster_name", "the job does not name its cluster"),
        "endpoint_url": _never(_JOB_URL, "service_name"),
    },
}


def empty_outputs(
    loaded: LoadedJob, runtime: RuntimeSpec, arguments: Iterable[Argument]
) -> Mapping[str, Empty]:
    """The outputs of a job's root that have no value; none are known of a module of one's own.

    Args:
        loaded: the job.
        runtime: its row in the table of runtimes.
        arguments: those of the module call.
    """
    if loaded.job.infrastructure.terraform.module is not None:
        return {}
    given = {argument.name: argument.value for argument in arguments}
    found = {name: _case(empty, given) for name, empty in EMPTY.get(runtime.module, {}).items()}
    return {name: empty for name, empty in found.items() if empty is not None}


def check_awaited(loaded: LoadedJob, empty: Mapping[str, Empty]) -> list[Problem]:
    """Placeholders of the job file that could never be filled in, each at its place.

    Those of dativo.yaml are defaults of many jobs and are left alone; what several environments
    share is a warning, since it may have a value for another one.
    """
    return [
        _problem(name, empty[name], location, _is_shared(loaded, location.path))
        for name, location in awaited(loaded)
        if name in empty and location.file == loaded.file
    ]


def advice(empty: Empty) -> str:
    """What to do about a placeholder that waits for such an output."""
    return f'wait for "{empty.instead}" instead' if empty.instead else "remove the placeholder"


def _problem(name: str, empty: Empty, location: Any, shared: bool) -> Problem:
    message = f'the output "{name}" has no value here: {empty.reason}'
    hint = advice(empty)
    if shared:
        hint += ", below the environments that have none"
    return Problem("empty-output", message, location, hint, "warning" if shared else "error")


def _is_shared(loaded: LoadedJob, path: tuple[str | int, ...]) -> bool:
    environments = loaded.document.get("environments")
    several = isinstance(environments, dict) and len(environments) > 1
    return several and path[:1] != ("environments",)


def _case(empty: Empty | None, given: Mapping[str, Any]) -> Empty | None:
    """The case of an output that is true of a module call, if any is."""
    if empty is None:
        return None
    true = not empty.argument or _is_given(given, empty.argument) == empty.given
    if true and not (empty.unless and _is_given(given, empty.unless)):
        return empty
    return _case(empty.also, given)


def _is_given(given: Mapping[str, Any], argument: str) -> bool:
    value: Any = given
    for key in argument.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value not in (None, [], {}, "")
