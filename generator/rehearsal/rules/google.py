"""Google Cloud: which rules hold for which resource; labels and names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource, Rule
from generator.rehearsal.rules.common import NameRule, check_name
from generator.rehearsal.rules.google_billing import budget, channel
from generator.rehearsal.rules.google_container import cluster, node_pool
from generator.rehearsal.rules.google_functions import function
from generator.rehearsal.rules.google_iam import member, service_account
from generator.rehearsal.rules.google_labels import labels
from generator.rehearsal.rules.google_monitoring import alert_policy, log_bucket, log_sink
from generator.rehearsal.rules.google_run import job, service, worker_pool
from generator.rehearsal.rules.google_scheduler import scheduler_job

LABEL = r"[a-z](?:[-a-z0-9]*[a-z0-9])?"

# Sources: each product's API reference or "naming" page.
NAMES: dict[str, NameRule] = {
    "google_artifact_registry_repository": ("repository_id", 63, LABEL),
    "google_bigquery_dataset": ("dataset_id", 1024, r"[A-Za-z0-9_]+"),
    "google_billing_budget": ("display_name", 60, r"[^\x00-\x1f]+"),
    "google_cloud_run_v2_job": ("name", 63, LABEL),
    "google_cloud_run_v2_service": ("name", 49, LABEL),
    "google_cloud_run_v2_worker_pool": ("name", 49, LABEL),
    "google_cloud_scheduler_job": ("name", 500, r"[A-Za-z0-9_-]+"),
    "google_cloudfunctions2_function": ("name", 63, LABEL),
    "google_compute_firewall": ("name", 63, LABEL),
    "google_compute_network": ("name", 63, LABEL),
    "google_compute_router": ("name", 63, LABEL),
    "google_compute_router_nat": ("name", 63, LABEL),
    "google_compute_subnetwork": ("name", 63, LABEL),
    "google_container_cluster": ("name", 40, LABEL),
    "google_container_node_pool": ("name", 40, LABEL),
    "google_kms_crypto_key": ("name", 63, r"[A-Za-z0-9_-]+"),
    "google_kms_key_ring": ("name", 63, r"[A-Za-z0-9_-]+"),
    "google_logging_metric": ("name", 100, r"[A-Za-z0-9_.,+!*',()%/-]+"),
    "google_logging_project_bucket_config": ("bucket_id", 100, r"[A-Za-z0-9_][A-Za-z0-9_.-]*"),
    "google_logging_project_sink": ("name", 100, r"[A-Za-z0-9_.-]+"),
    "google_pubsub_topic": ("name", 255, r"(?!goog)[A-Za-z][A-Za-z0-9_.~+%-]{2,254}"),
    "google_secret_manager_secret": ("secret_id", 255, r"[A-Za-z0-9_-]+"),
    "google_service_account": ("account_id", 30, r"[a-z](?:[-a-z0-9]{4,28}[a-z0-9])"),
    "google_storage_bucket": ("name", 222, r"(?!goog)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]"),
    "google_vpc_access_connector": ("name", 25, LABEL),
}


def names(kind: str, value: Resource) -> Iterator[Problem]:
    """The name has the length and the characters that the API takes."""
    yield from check_name(NAMES, kind, value)


def iam(kind: str, value: Resource) -> Iterator[Problem]:
    """Members, roles and conditions of all ``…_iam_member`` and ``…_iam_binding``."""
    if kind.endswith(("_iam_member", "_iam_binding")):
        yield from member(kind, value)


def log_metric(kind: str, value: Resource) -> Iterator[Problem]:
    """A filter of 20000 characters at most. Source: Cloud Logging quotas."""
    text = value.get("filter")
    if isinstance(text, str) and not 1 <= len(text) <= 20000:
        yield f"{kind}: invalid filter", f"{len(text)} characters; the API takes 1 to 20000."


RULES: dict[str, Rule] = {
    "google_billing_budget": budget,
    "google_cloud_run_v2_job": job,
    "google_cloud_run_v2_service": service,
    "google_cloud_run_v2_worker_pool": worker_pool,
    "google_cloud_scheduler_job": scheduler_job,
    "google_cloudfunctions2_function": function,
    "google_container_cluster": cluster,
    "google_container_node_pool": node_pool,
    "google_logging_metric": log_metric,
    "google_logging_project_bucket_config": log_bucket,
    "google_logging_project_sink": log_sink,
    "google_monitoring_alert_policy": alert_policy,
    "google_monitoring_notification_channel": channel,
    "google_service_account": service_account,
}


def rules_for(kind: str) -> list[Rule]:
    """The rules that hold for a resource type."""
    return [names, labels, iam, *([RULES[kind]] if kind in RULES else [])]
