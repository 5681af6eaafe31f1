"""Google Cloud's data sources."""

from __future__ import annotations

from generator.rehearsal.data_sources import AUTHORITY, Answers, Config
from generator.rehearsal.inventions.google import NUMBER, PROJECT, REGION


def _project(config: Config, provider: Config) -> Config:
    project = config.get("project_id") or provider.get("project") or PROJECT
    return {
        "project_id": project,
        "number": NUMBER,
        "name": project,
        "id": f"projects/{project}",
    }


def _client(config: Config, provider: Config) -> Config:
    return {
        "project": provider.get("project") or PROJECT,
        "region": provider.get("region") or REGION,
        "access_token": "mock",
    }


def _cluster(config: Config, provider: Config) -> Config:
    project = config.get("project") or provider.get("project") or PROJECT
    location = config.get("location") or provider.get("region") or REGION
    return {
        "id": f"projects/{project}/locations/{location}/clusters/{config['name']}",
        "location": location,
        "endpoint": "10.0.0.2",
        "master_auth": [{"cluster_ca_certificate": AUTHORITY}],
        "workload_identity_config": [{"workload_pool": f"{project}.svc.id.goog"}],
    }


def _service_agent(config: Config, provider: Config) -> Config:
    mail = f"service-{NUMBER}@gs-project-accounts.iam.gserviceaccount.com"
    return {"email_address": mail, "member": f"serviceAccount:{mail}", "id": mail}


ANSWERS: Answers = {
    "google_client_config": _client,
    "google_container_cluster": _cluster,
    "google_project": _project,
    "google_storage_project_service_account": _service_agent,
}
