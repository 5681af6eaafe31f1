"""What the modules for Google Cloud make."""

from __future__ import annotations

from generator.plan.made.count import RATES, Call, Counts, product, total
from generator.plan.made.kubernetes import inside

_ALERTS = "google_monitoring_alert_policy"


def cloud_run_job(call: Call) -> Counts:
    """Of gcp-cloud-run-job."""
    job, schedule = call.job, call.given("schedule")
    lines = call.alerts * (1 - job + schedule) + call.limits("error_lines", "records_processed_min")
    runs = job * (call.alerts + call.limits("run_seconds"))
    late = call.limits("timeout_rate")
    grants = call.given("iam")
    found = {
        "google_cloud_run_v2_job": job,
        "google_cloud_run_v2_worker_pool": 1 - job,
        "google_cloud_run_v2_job_iam_member": total(None if grants * job else 0, schedule),
        "google_cloud_run_v2_worker_pool_iam_member": None if grants * (1 - job) else 0,
        "google_cloud_scheduler_job": schedule,
        **_identity(call),
        "google_logging_metric": lines + late,
        _ALERTS: lines + runs + call.limits(*RATES),
        "terraform_data": int(bool(lines or late)),
        **_keys(call, 1),
    }
    found["google_service_account"] = call.absent("identity") + _starter(call)
    return found


def cloud_function(call: Call) -> Counts:
    """Of gcp-cloud-function."""
    schedule, build = call.given("schedule"), call.absent("build_service_account")
    lines = call.alerts * schedule + call.limits("error_lines", "records_processed_min")
    runs = call.alerts + call.limits("run_seconds")
    found = {
        "google_cloudfunctions2_function": 1,
        "google_artifact_registry_repository": 1,
        "google_artifact_registry_repository_iam_member": build,
        "google_cloud_run_v2_service_iam_member": total(None if call.given("iam") else 0, schedule),
        "google_cloud_scheduler_job": schedule,
        **_identity(call),
        "google_logging_metric": lines,
        _ALERTS: lines + runs + call.limits(*RATES),
        **_keys(call, 4),
    }
    found["google_service_account"] = call.absent("identity") + _starter(call) + build
    found["google_project_iam_member"] = total(found["google_project_iam_member"], 2 * build)
    return found


def gke(call: Call) -> Counts:
    """Of gcp-gke."""
    job, schedule, key = call.job, call.given("schedule"), call.absent("kms_key_id")
    rates = call.limits(*RATES)
    lines = call.alerts * (job + schedule) + call.limits("error_lines", "records_processed_min")
    found = {
        "google_container_cluster": 1,
        "google_container_node_pool": 2,
        **_identity(call),
        "google_service_account_iam_member": None,
        "google_artifact_registry_repository_iam_member": None,
        "google_kms_key_ring": key,
        "google_kms_crypto_key": key,
        "google_logging_metric": total(lines, None if rates else 0),
        _ALERTS: total(lines, rates, call.limits("run_seconds"), call.alerts * (1 - job)),
        **_keys(call, 2),
        **inside(call),
    }
    found["google_service_account"] = call.absent("identity") + 1
    found["google_project_iam_member"] = None
    found["google_kms_crypto_key_iam_member"] = None
    return found


def _starter(call: Call) -> int:
    """Whether the scheduler gets an account of its own."""
    return call.given("schedule") * call.absent("scheduler_service_account")


def _identity(call: Call) -> Counts:
    """The account, and what it is granted; how many grants a bucket takes says the module."""
    own = call.absent("identity")
    data = [one for one in call.resources("access") if not one.startswith("gs://")]
    datasets = own * sum("/datasets/" in one for one in data)
    buckets = call.given("storage") or len(data) < len(call.resources("access"))
    secrets = call.given("secrets") or call.given("secret_files")
    return {
        "google_service_account": own,
        "google_storage_bucket_iam_member": None if own * buckets else 0,
        "google_secret_manager_secret_iam_member": product(
            own, None if secrets else call.many("readable_secrets")
        ),
        "google_bigquery_dataset_iam_member": datasets,
        "google_project_iam_member": 2 * int(datasets > 0),
        "google_pubsub_topic_iam_member": own * sum("/topics/" in one for one in data),
        "google_pubsub_subscription_iam_member": own
        * sum("/subscriptions/" in one for one in data),
        "google_logging_project_bucket_config": call.absent("log_bucket_id"),
        "google_logging_project_sink": int(call.inputs.value("log_sink") is not False),
    }


def _keys(call: Call, users: int) -> Counts:
    """Grants on keys to the agents of services, and what waits for them."""
    key = call.given("kms_key_id") * int(call.inputs.value("kms_key_grant") is not False)
    logs = call.given("log_kms_key_id")
    known = not key and not logs
    return {
        "google_kms_crypto_key_iam_member": total(key * users, None if logs else 0),
        "time_sleep": None if not known or users > 1 or call.given("secrets") else 0,
    }
