"""Google Cloud's data sources."""

from __future__ import annotations

from generator.rehearsal.data_sources import AUTHORITY, Answers, Config
from generator.rehearsal.inventions.google import NUMBER, PROJECT, REGION

_COMPUTE = "https://www.googleapis.com/compute/v1/"


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
        "master_auth": [
            {
                "client_certificate": "",
                "client_certificate_config": [],
                "client_key": "",
                "cluster_ca_certificate": AUTHORITY,
            }
        ],
        "workload_identity_config": [{"workload_pool": f"{project}.svc.id.goog"}],
    }


def _project_of(config: Config, provider: Config) -> str:
    return str(config.get("project") or provider.get("project") or PROJECT)


def _region_of(config: Config, provider: Config) -> str:
    return str(config.get("region") or provider.get("region") or REGION)


def _network(config: Config, provider: Config) -> Config:
    own = f"projects/{_project_of(config, provider)}/global/networks/{config.get('name')}"
    return {"id": own, "self_link": f"{_COMPUTE}{own}"}


def _subnetwork(config: Config, provider: Config) -> Config:
    project, region = _project_of(config, provider), _region_of(config, provider)
    own = f"projects/{project}/regions/{region}/subnetworks/{config.get('name')}"
    return {
        "id": own,
        "self_link": f"{_COMPUTE}{own}",
        "project": project,
        "region": region,
        "network": f"{_COMPUTE}projects/{project}/global/networks/default",
        "ip_cidr_range": "10.0.0.0/20",
        "private_ip_google_access": True,
    }


def _connector(config: Config, provider: Config) -> Config:
    project, region = _project_of(config, provider), _region_of(config, provider)
    own = f"projects/{project}/locations/{region}/connectors/{config['name']}"
    return {"id": own, "self_link": own, "state": "READY"}


def _bucket(config: Config, provider: Config) -> Config:
    location = _region_of({}, provider).upper()
    return {
        "id": config["name"],
        "location": location,
        "url": f"gs://{config['name']}",
        "uniform_bucket_level_access": True,
    }


def _key(config: Config, provider: Config) -> Config:
    own = f"{config['key_ring']}/cryptoKeys/{config['name']}"
    version = {"name": f"{own}/cryptoKeyVersions/1", "state": "ENABLED"}
    return {"id": own, "purpose": "ENCRYPT_DECRYPT", "primary": [version]}


def _secret(config: Config, provider: Config) -> Config:
    own = f"projects/{_project_of(config, provider)}/secrets/{config['secret_id']}"
    return {"id": own, "name": own}


def _account(config: Config, provider: Config) -> Config:
    own = str(config["account_id"])
    mail = own if "@" in own else f"{own}@{_project_of(config, provider)}.iam.gserviceaccount.com"
    name = f"projects/{_project_of(config, provider)}/serviceAccounts/{mail}"
    return {"id": name, "name": name, "email": mail, "member": f"serviceAccount:{mail}"}


def _database(config: Config, provider: Config) -> Config:
    project, region = _project_of(config, provider), _region_of({}, provider)
    return {
        "id": f"projects/{project}/instances/{config['name']}",
        "connection_name": f"{project}:{region}:{config['name']}",
        "region": region,
        "settings": [{"activation_policy": "ALWAYS"}],
    }


def _logging(config: Config, provider: Config) -> Config:
    own = f"projects/{_project_of(config, provider)}/settings"
    agent = f"cmek-p{NUMBER}@gcp-sa-logging.iam.gserviceaccount.com"
    return {"id": own, "name": own, "kms_service_account_id": agent}


def _service_agent(config: Config, provider: Config) -> Config:
    mail = f"service-{NUMBER}@gs-project-accounts.iam.gserviceaccount.com"
    return {"email_address": mail, "member": f"serviceAccount:{mail}", "id": mail}


ANSWERS: Answers = {
    "google_client_config": _client,
    "google_compute_network": _network,
    "google_compute_subnetwork": _subnetwork,
    "google_container_cluster": _cluster,
    "google_kms_crypto_key": _key,
    "google_logging_project_settings": _logging,
    "google_project": _project,
    "google_secret_manager_secret": _secret,
    "google_service_account": _account,
    "google_sql_database_instance": _database,
    "google_storage_bucket": _bucket,
    "google_storage_project_service_account": _service_agent,
    "google_vpc_access_connector": _connector,
}
