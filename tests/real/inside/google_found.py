"""What others made before the example jobs on Google Cloud: API and path to the thing."""

from __future__ import annotations

from typing import Any

NUMBER = "123456789012"
NOW = "2026-08-20T10:00:00.000000Z"
_COMPUTE = "https://www.googleapis.com/compute/v1"
_STORAGE = "https://www.googleapis.com/storage/v1"
_PROJECTS = ("globex-analytics", "acme-data-prod", "acme-images")
_REGIONS = {"globex-analytics": "europe-west3", "acme-data-prod": "us-central1"}
# Bucket to where it keeps its data.
_BUCKETS = {
    "acme-etl-state": "US-CENTRAL1",
    "acme-events": "US-CENTRAL1",
    "globex-functions": "EUROPE-WEST3",
    "globex-lake": "EU",
    "globex-lake-dev": "EUROPE-WEST3",
    "made-elsewhere": "ASIA-EAST1",
    "shared-reference-data": "EU",
}
_SECRETS = {
    "globex-analytics": ("stations-token", "ga4-service-account", "funnel-models"),
    "acme-data-prod": ("ads-token",),
}
_DATASETS = ("web", "web_dev", "weather")


def _project(name: str) -> dict[str, Any]:
    account = f"service-{NUMBER}@gs-project-accounts.iam.gserviceaccount.com"
    return {
        f"resourcemanager/projects/{name}": {
            "projectId": name,
            "projectNumber": NUMBER,
            "name": name,
            "lifecycleState": "ACTIVE",
            "createTime": NOW,
            "parent": {"type": "organization", "id": "1"},
        },
        **{
            f"compute/projects/{either}": {"kind": "compute#project", "name": name}
            for either in (name, NUMBER)
        },
        f"billing/projects/{name}/billingInfo": {
            "name": f"projects/{name}/billingInfo",
            "projectId": name,
            "billingEnabled": True,
        },
        f"storage/projects/{name}/serviceAccount": {
            "kind": "storage#serviceAccount",
            "email_address": account,
        },
    }


def _network(project: str, region: str) -> dict[str, Any]:
    """The network "data" with its subnetwork "etl", and one called "other" with "stranger"."""
    made: dict[str, Any] = {}
    for network, subnetwork in (("data", "etl"), ("other", "stranger")):
        path = f"projects/{project}/global/networks/{network}"
        inner = f"projects/{project}/regions/{region}/subnetworks/{subnetwork}"
        made[f"compute/{path}"] = {
            "name": network,
            "id": "1",
            "selfLink": f"{_COMPUTE}/{path}",
            "autoCreateSubnetworks": False,
        }
        made[f"compute/{inner}"] = {
            "name": subnetwork,
            "id": "2",
            "selfLink": f"{_COMPUTE}/{inner}",
            "ipCidrRange": "10.0.0.0/20",
            "network": f"{_COMPUTE}/{path}",
            "region": f"{_COMPUTE}/projects/{project}/regions/{region}",
            "gatewayAddress": "10.0.0.1",
            "privateIpGoogleAccess": True,
            "secondaryIpRanges": [],
        }
    return made


def _bucket(name: str, location: str, uniform: bool = True) -> dict[str, Any]:
    return {
        "name": name,
        "id": name,
        "location": location,
        "locationType": "region",
        "storageClass": "STANDARD",
        "projectNumber": NUMBER,
        "selfLink": f"{_STORAGE}/b/{name}",
        "timeCreated": NOW,
        "updated": NOW,
        "iamConfiguration": {
            "uniformBucketLevelAccess": {"enabled": uniform},
            "publicAccessPrevention": "inherited",
        },
        "softDeletePolicy": {"retentionDurationSeconds": "604800"},
    }


def _archive(bucket: str, name: str) -> dict[str, Any]:
    path = f"b/{bucket}/o/{name}"
    return {
        f"storage/{path}": {
            "name": name,
            "bucket": bucket,
            "id": path,
            "generation": "1730000000000000",
            "md5Hash": "AAAA",
            "crc32c": "AAAA",
            "selfLink": f"{_STORAGE}/{path}",
            "mediaLink": f"{_STORAGE}/{path}?alt=media",
            "storageClass": "STANDARD",
            "contentType": "application/zip",
        }
    }


def _key(name: str, state: str) -> dict[str, Any]:
    path = f"projects/globex-analytics/locations/europe-west3/keyRings/data/cryptoKeys/{name}"
    version = {"name": f"{path}/cryptoKeyVersions/1", "state": state, "createTime": NOW}
    return {
        f"kms/{path}": {
            "name": path,
            "purpose": "ENCRYPT_DECRYPT",
            "rotationPeriod": "7776000s",
            "nextRotationTime": "2026-11-18T10:00:00Z",
            "createTime": NOW,
            "destroyScheduledDuration": "2592000s",
            "versionTemplate": {
                "protectionLevel": "SOFTWARE",
                "algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION",
            },
            "primary": version,
        }
    }


def _others() -> dict[str, Any]:
    connector = "projects/acme-data-prod/locations/us-central1/connectors/etl"
    made: dict[str, Any] = {
        f"vpcaccess/{connector}": {
            "name": connector,
            "state": "READY",
            "network": "data",
            "ipCidrRange": "10.8.0.0/28",
            "minInstances": 2,
            "maxInstances": 3,
            "minThroughput": 200,
            "maxThroughput": 300,
            "machineType": "e2-micro",
        }
    }
    for location in ("us-central1", "europe-west3"):
        path = f"projects/acme-images/locations/{location}/repositories/etl"
        made[f"artifact/{path}"] = {"name": path, "format": "DOCKER"}
    for name in _DATASETS:
        path = f"projects/globex-analytics/datasets/{name}"
        made[f"bigquery/{path}"] = {
            "kind": "bigquery#dataset",
            "id": f"globex-analytics:{name}",
            "datasetReference": {"projectId": "globex-analytics", "datasetId": name},
            "location": "EU",
            "etag": "1",
            "access": [{"role": "OWNER", "specialGroup": "projectOwners"}],
        }
    for project, secrets in _SECRETS.items():
        for name in secrets:
            made[f"secrets/projects/{project}/secrets/{name}"] = {
                "name": f"projects/{NUMBER}/secrets/{name}",
                "replication": {"automatic": {}},
                "createTime": NOW,
                "etag": '"1"',
            }
    return made


FOUND: dict[str, dict[str, Any]] = {
    **{key: thing for name in _PROJECTS for key, thing in _project(name).items()},
    **{key: it for name, region in _REGIONS.items() for key, it in _network(name, region).items()},
    **{f"storage/b/{name}": _bucket(name, location) for name, location in _BUCKETS.items()},
    "storage/b/old-ways": _bucket("old-ways", "EU", uniform=False),
    **_archive("globex-functions", "weather-observations-1.4.0.zip"),
    **_key("etl", "ENABLED"),
    **_key("second", "ENABLED"),
    **_key("off", "DISABLED"),
    **_others(),
}
