"""Resource names as Google Cloud writes them.

Source: the "import" section of each resource in the provider's documentation, and each
product's API reference ("resource name").
"""

from __future__ import annotations

from generator.rehearsal.data_sources import AUTHORITY
from generator.rehearsal.inventions import Invention

PROJECT = "mock-project"
NUMBER = "123456789012"
REGION = "us-central1"

# kind → what follows projects/PROJECT/ in its id
IDS = {
    "google_artifact_registry_repository": "locations/{location}/repositories/{name}",
    "google_bigquery_dataset": "datasets/{name}",
    "google_cloud_run_v2_job": "locations/{location}/jobs/{name}",
    "google_cloud_run_v2_service": "locations/{location}/services/{name}",
    "google_cloud_run_v2_worker_pool": "locations/{location}/workerPools/{name}",
    "google_cloud_scheduler_job": "locations/{location}/jobs/{name}",
    "google_cloudfunctions2_function": "locations/{location}/functions/{name}",
    "google_compute_firewall": "global/firewalls/{name}",
    "google_compute_network": "global/networks/{name}",
    "google_compute_router": "regions/{location}/routers/{name}",
    "google_compute_subnetwork": "regions/{location}/subnetworks/{name}",
    "google_container_cluster": "locations/{location}/clusters/{name}",
    "google_container_node_pool": "locations/{location}/clusters/{cluster}/nodePools/{name}",
    "google_kms_key_ring": "locations/{location}/keyRings/{name}",
    "google_logging_project_bucket_config": "locations/{location}/buckets/{name}",
    "google_logging_project_sink": "sinks/{name}",
    "google_monitoring_alert_policy": "alertPolicies/{number}",
    "google_monitoring_notification_channel": "notificationChannels/{number}",
    "google_pubsub_subscription": "subscriptions/{name}",
    "google_pubsub_topic": "topics/{name}",
    "google_secret_manager_secret": "secrets/{name}",
    "google_vpc_access_connector": "locations/{location}/connectors/{name}",
}
# The provider reports the whole resource name as the name of these.
NAME_IS_ID = {
    *("google_logging_project_bucket_config", "google_monitoring_alert_policy"),
    *("google_monitoring_notification_channel", "google_secret_manager_secret"),
}
NAME_ALONE = ("google_storage_bucket", "google_logging_metric")


def project_of(about: Invention) -> str:
    """The project of a resource: its own, or its provider's."""
    return about.setting("project", PROJECT)


def location_of(about: Invention) -> str:
    """The region or location of a resource: its own, or its provider's."""
    return about.get("location") or about.setting("region", REGION)


def identifier(about: Invention) -> str:
    """The id of a resource."""
    kind, name, project = about.kind, about.own_name(), project_of(about)
    if kind in NAME_ALONE:
        return name
    if kind == "google_kms_crypto_key":
        return f"{about.get('key_ring')}/cryptoKeys/{name}"
    if kind == "google_billing_budget":
        return f"billingAccounts/{about.get('billing_account')}/budgets/{about.uuid('budget')}"
    if kind.endswith(("_iam_member", "_iam_binding")):
        target = about.get("bucket", "secret_id", "crypto_key_id", "name", "service_account_id")
        return "/".join(x for x in (target or project, about.get("role"), about.get("member")) if x)
    part = IDS.get(kind, kind.removeprefix("google_") + "/{name}")
    number = int(about.digest("number", length=15), 16)
    return f"projects/{project}/" + part.format(
        name=name, location=location_of(about), number=number, cluster=about.get("cluster")
    )


def _service_account(name: str, about: Invention) -> str:
    project = project_of(about)
    mail = f"{about.get('account_id')}@{project}.iam.gserviceaccount.com"
    whole = f"projects/{project}/serviceAccounts/{mail}"
    return {
        "email": mail,
        "member": f"serviceAccount:{mail}",
        "id": whole,
        "name": whole,
        "unique_id": str(10**20 + int(about.digest("unique", length=15), 16)),
    }.get(name, "")


def _service_of_function(name: str, about: Invention) -> str:
    """The Cloud Run service that a function of the second generation is; in ``service_config``."""
    own, location = about.own_name(), location_of(about)
    return {
        "service": f"projects/{project_of(about)}/locations/{location}/services/{own}",
        "uri": f"https://{own}-{NUMBER}.{location}.run.app",
    }.get(name, "")


def _address(name: str, about: Invention) -> str:
    own, kind = about.own_name(), about.kind
    if name in ("name", "uid", "etag"):
        return own if name == "name" else about.uuid(name)
    if kind == "google_storage_bucket":
        link = f"https://www.googleapis.com/storage/v1/b/{own}"
        return {"url": f"gs://{own}", "self_link": link}.get(name, "")
    if name in ("uri", "url") and kind.startswith(("google_cloud_run", "google_cloudfunctions2")):
        return f"https://{own}-{NUMBER}.{location_of(about)}.run.app"
    if name == "self_link" and kind.startswith("google_compute"):
        return f"https://www.googleapis.com/compute/v1/{identifier(about)}"
    return identifier(about) if name == "self_link" else ""


def _cluster(name: str, about: Invention) -> str:
    """Of a GKE cluster and its nodes, what lies in blocks too: addresses, the authority."""
    if name == "endpoint" and about.nested:
        return f"gke-{about.digest(name, length=40)}-{NUMBER}.{location_of(about)}.gke.goog"
    link = f"https://container.googleapis.com/v1/{identifier(about)}"
    return {
        "cluster_ca_certificate": AUTHORITY,
        "cluster_ipv4_cidr": "10.4.0.0/14",
        "endpoint": "10.0.0.2",
        "machine_type": "e2-medium",
        "master_version": "1.33.4-gke.1134000",
        "private_endpoint": "10.0.0.2",
        "self_link": link,
        "services_ipv4_cidr": "10.8.0.0/20",
    }.get(name, "")


def invent(name: str, about: Invention) -> str:
    """A plausible value, or the empty string where nothing is known of it."""
    if name == "project":
        return project_of(about)
    if about.kind.startswith("google_container_") and (found := _cluster(name, about)):
        return found
    if about.nested:
        function = about.kind == "google_cloudfunctions2_function"
        return _service_of_function(name, about) if function else ""
    if about.kind == "google_service_account":
        return _service_account(name, about)
    if name == "writer_identity":
        return f"serviceAccount:service-{NUMBER}@gcp-sa-logging.iam.gserviceaccount.com"
    if name == "id" or (name == "name" and about.kind in NAME_IS_ID):
        return identifier(about)
    if name in ("region", "location"):
        return location_of(about)
    return _address(name, about)
