"""One whole job for each runtime, and a value for every field that a job may set."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.model.infrastructure import Infrastructure
from generator.plan.runtimes.runtime import ALWAYS

Block = dict[str, Any]

ROLE = "arn:aws:iam::123456789012:role/etl"
AWS_KEY = "arn:aws:kms:us-east-1:123456789012:key/0f9e2a"
AWS_SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:etl-a1B2c3"
GCP_KEY = "projects/acme-data/locations/europe-west1/keyRings/etl/cryptoKeys/data"
GCP_SECRET = "projects/acme-data/secrets/token"
GROUP = "/subscriptions/00000000-0000-4000-8000-0000000000a1/resourceGroups/rg/providers"
VAULT = f"{GROUP}/Microsoft.KeyVault/vaults/etl-vault"
SUBNET = f"{GROUP}/Microsoft.Network/virtualNetworks/net/subnets/etl"
IDENTITY = f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/etl"

_DEPLOYER = "deployer@acme-data.iam.gserviceaccount.com"

_PLACES: dict[str, Block] = {
    "aws": {"provider": "aws", "region": "us-east-1"},
    "gcp": {"provider": "gcp", "region": "europe-west1", "account": {"project_id": "acme-data"}},
    "azure": {
        "provider": "azure",
        "region": "westeurope",
        "account": {
            "subscription_id": "00000000-0000-4000-8000-0000000000a1",
            "resource_group": "rg",
        },
    },
}
_VPC = {"network": {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]}}
_SUBNETWORK = {"network": {"subnet_ids": ["data"]}}
_IMAGE = {"image": "registry.acme.example/etl:1"}
# What each runtime needs, and what gives other fields something to have an effect on.
JOBS: dict[tuple[str, str], Block] = {
    ("aws", "ecs_fargate"): {**_VPC, "runtime": _IMAGE},
    ("aws", "emr"): {**_VPC, "runtime": {"entry_point": "s3://acme-code/main.py"}},
    ("aws", "lambda"): {
        **_VPC,
        "runtime": {
            "image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1",
            "timeout_seconds": 300,
        },
    },
    ("gcp", "cloud_run_job"): {"runtime": _IMAGE},
    ("gcp", "cloud_function"): {
        "runtime": {
            "source": "gs://acme-code/etl.zip",
            "entry_point": "main",
            "release": "python312",
        }
    },
    ("gcp", "gke"): {"network": {"vpc_id": "net", "subnet_ids": ["data"]}, "runtime": _IMAGE},
    ("azure", "container_apps_job"): {"runtime": _IMAGE},
    ("azure", "aks"): {"network": {"subnet_ids": [SUBNET]}, "runtime": _IMAGE},
    **{
        (cloud, "kubernetes"): {"runtime": {**_IMAGE, "cluster_name": "data"}}
        for cloud in ("aws", "gcp", "azure")
    },
    **{
        (cloud, "databricks"): {
            "databricks": {"host": "https://acme.cloud.databricks.com"},
            "runtime": {
                "entry_point": "/Repos/etl/main",
                "release": "15.4.x-scala2.12",
                "nodes": {"instance_type": machine, "count": 2},
            },
        }
        for cloud, machine in (
            ("aws", "r5.xlarge"),
            ("gcp", "n2-standard-4"),
            ("azure", "Standard_D4s_v5"),
        )
    },
}


def job(cloud: str, kind: str) -> Block:
    """The ``infrastructure`` of a whole job."""
    block = merged(_PLACES[cloud], JOBS[cloud, kind])
    return merged(block, {"runtime": {"type": kind}})


def merged(under: Block, over: Block) -> Block:
    """One block laid over another, key by key; None takes a key away."""
    result = dict(under)
    for key, value in over.items():
        held = result.get(key)
        if value is None:
            result.pop(key, None)
        else:
            result[key] = (
                merged(held, value) if isinstance(held, dict) and isinstance(value, dict) else value
            )
    return result


def at(path: str, value: Any) -> Block:
    """A block that says one thing."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return dict(value)


def fields() -> Iterator[str]:
    """Every field that a runtime may honour or refuse, dotted, below ``infrastructure``."""
    for path in _leaves(Infrastructure, ""):
        parts = path.split(".")
        if not {path, f"{parts[0]}."} & ALWAYS:
            yield path


def _leaves(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        # A list of parts is set as a whole.
        of = () if get_origin(field.annotation) is tuple else get_args(field.annotation)
        parts = [t for t in (field.annotation, *of) if _is_part(t)]
        if parts:
            yield from _leaves(parts[0], f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


# A value other than the default, on every cloud or one a cloud.
VALUES: dict[str, Any] = {
    "account.account_id": "123456789012",
    "account.project_id": "other-data",
    "account.subscription_id": "00000000-0000-4000-8000-0000000000c3",
    "account.resource_group": "other",
    "account.assume_role": {"role_arn": ROLE},
    "account.ignore_tags.keys": ["Owner"],
    "account.ignore_tags.key_prefixes": ["kubernetes.io/"],
    "account.impersonate_service_account": _DEPLOYER,
    "account.impersonate_service_account_delegates": [_DEPLOYER],
    "account.use_oidc": True,
    "account.use_cli": False,
    "account.use_msi": True,
    "account.client_id": "00000000-0000-4000-8000-0000000000d4",
    "account.tenant_id": "00000000-0000-4000-8000-0000000000d5",
    "account.oidc_token_file_path": "/run/token",
    "account.ado_pipeline_service_connection_id": "00000000-0000-4000-8000-0000000000d6",
    "account.environment": "usgovernment",
    "account.metadata_host": "management.azure.acme.example",
    "account.endpoints": {
        "aws": {"s3": "http://localhost:4566"},
        "gcp": {"storage": "https://storage.acme.example/storage/v1/"},
        "azure": {"storage": "https://storage.acme.example/"},
    },
    "account.s3_use_path_style": True,
    "account.skip_credentials_validation": True,
    "account.skip_metadata_api_check": True,
    "account.skip_region_validation": True,
    "account.skip_requesting_account_id": True,
    "runtime.image": "registry.acme.example/etl:2",
    "runtime.command": ["python"],
    "runtime.args": ["run"],
    "runtime.cpu": 2,
    "runtime.memory": "4Gi",
    "runtime.ephemeral_storage": "5Gi",
    "runtime.cpu_architecture": "ARM64",
    "runtime.timeout_seconds": 600,
    "runtime.max_retries": 2,
    "runtime.scaling.min": 1,
    "runtime.scaling.max": 3,
    "runtime.environment": {"LEVEL": "debug"},
    "runtime.secrets": {
        "aws": {"TOKEN": AWS_SECRET},
        "gcp": {"TOKEN": GCP_SECRET},
        "azure": {"TOKEN": "https://etl-vault.vault.azure.net/secrets/token"},
    },
    "runtime.readable_secrets": {
        "aws": [AWS_SECRET],
        "gcp": [GCP_SECRET],
        "azure": [f"{VAULT}/secrets/token"],
    },
    "runtime.key_vaults": {"etl-vault": VAULT},
    "runtime.registry_id": f"{GROUP}/Microsoft.ContainerRegistry/registries/etl",
    "runtime.cluster_name": "shared",
    "runtime.identity": {
        "aws": ROLE,
        "gcp": "etl-runner@acme-data.iam.gserviceaccount.com",
        "azure": IDENTITY,
    },
    "runtime.nodes.instance_type": {
        "aws": "r5.2xlarge",
        "gcp": "n2-standard-8",
        "azure": "Standard_D8s_v5",
    },
    "runtime.nodes.count": 5,
    "runtime.nodes.other_instance_types": ["m5.large"],
    "runtime.nodes.autoscaling.min": 1,
    "runtime.nodes.autoscaling.max": 4,
    "runtime.nodes.disk_gib": 200,
    "runtime.nodes.spot": True,
    "runtime.release": "1.33",
    "runtime.entry_point": "other",
    "runtime.source": "gs://acme-code/other.zip",
    "network.vpc_id": {
        "aws": "vpc-2",
        "gcp": "projects/acme-data/global/networks/data",
        "azure": "net",
    },
    "network.connector": "projects/acme-data/locations/europe-west1/connectors/etl",
    "network.subnet_ids": {"aws": ["subnet-2"], "gcp": ["other"], "azure": [f"{SUBNET}2"]},
    "network.security_group_ids": ["sg-1"],
    "network.network_tags": ["etl"],
    "network.egress_cidr_blocks": ["10.0.0.0/8"],
    "network.private": False,
    "storage.data_bucket": {
        "aws": "acme-lake",
        "gcp": "acme-lake",
        "azure": f"{GROUP}/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/"
        "containers/raw",
    },
    "storage.prefix": "raw",
    "storage.state_bucket": {
        "aws": "acme-state",
        "gcp": "acme-state",
        "azure": f"{GROUP}/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/"
        "containers/state",
    },
    "storage.state_prefix": "state",
    "storage.kms_key_id": {"aws": AWS_KEY, "gcp": GCP_KEY, "azure": f"{VAULT}/keys/data"},
    "storage.allow_delete": True,
    "access": {
        "aws": [{"resource": "arn:aws:sqs:us-east-1:123456789012:orders", "level": "read"}],
        "gcp": [{"resource": "acme-data.orders", "level": "write"}],
        "azure": [
            {
                "resource": f"{GROUP}/Microsoft.ServiceBus/namespaces/etl/queues/orders",
                "level": "read",
            }
        ],
    },
    "kubernetes.namespace": "etl",
    "kubernetes.service_account": "etl",
    "kubernetes.labels": {"app": "etl"},
    "kubernetes.annotations": {"acme.example/about": "etl"},
    "kubernetes.cluster.endpoint": "https://k8s.acme.example:6443",
    "kubernetes.cluster.ca_certificate": b64encode(
        b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    ).decode(),
    "kubernetes.cluster.exec.command": "acme-token",
    "kubernetes.cluster.exec.args": ["get"],
    "kubernetes.cluster.exec.env": {"ACME_MODE": "ci"},
    "databricks.host": "https://other.cloud.databricks.com",
    "databricks.policy_id": "ABC0123456789DEF",
    "databricks.permissions": {"data-team": "CAN_VIEW"},
    "references.database.endpoint": "db.acme.example",
    "references.database.port": 5432,
    "references.database.database_name": "orders",
    "references.database.instance_id": "orders-db",
    "references.database.cidr_blocks": ["10.1.0.0/16"],
    "references.database.security_group_ids": ["sg-database"],
    "references.cache.endpoint": "cache.acme.example:6379",
    "references.cache.cluster_id": "orders-cache",
    "references.cache.cidr_blocks": ["10.1.0.0/16"],
    "references.cache.security_group_ids": ["sg-cache"],
    "references.queue.url": "https://sqs.us-east-1.amazonaws.com/123456789012/orders",
    "references.queue.arn": "arn:aws:sqs:us-east-1:123456789012:orders",
    "references.queue.cidr_blocks": ["10.1.0.0/16"],
    "references.queue.security_group_ids": ["sg-queue"],
    "references.secrets.secret_manager_arn": AWS_SECRET,
    "references.secrets.kms_key_id": AWS_KEY,
    "monitoring.enabled": False,
    "monitoring.log_group": "/acme/etl",
    "monitoring.log_retention_days": 90,
    "monitoring.kms_key_id": AWS_KEY,
    "monitoring.metrics_namespace": "Acme",
    "monitoring.alerts.channels": {
        "aws": ["arn:aws:sns:us-east-1:123456789012:alerts"],
        "gcp": ["projects/acme-data/notificationChannels/1"],
        "azure": [f"{GROUP}/Microsoft.Insights/actionGroups/alerts"],
    },
    "monitoring.alerts.thresholds.failed_runs": 3,
    "monitoring.alerts.thresholds.error_lines": 10,
    "monitoring.alerts.thresholds.run_seconds": 120,
    "monitoring.alerts.thresholds.error_rate": 5,
    "monitoring.alerts.thresholds.timeout_rate": 2.5,
    "monitoring.alerts.thresholds.records_processed_min": 1000,
    "monitoring.alerts.records_field": "totals.records",
}
# What a field needs beside it to have something to act on.
_ALERTS: Block = {"monitoring": {"alerts": {}}}
_FIELD: Block = {"monitoring": {"alerts": {"records_field": "records"}}}
_LIMIT: Block = {"monitoring": {"alerts": {"thresholds": {"records_processed_min": 5}}}}
_EXISTING = {
    "database": {"endpoint": "db.acme.example", "port": 5432},
    "cache": {"endpoint": "cache.acme.example:6379"},
    "queue": {"url": "amqps://queue.acme.example"},
}
BESIDE: dict[str, dict[str, Block]] = {
    **{
        f"references.{name}.{field}": {cloud: {"references": {name: found}} for cloud in _PLACES}
        for name, found in _EXISTING.items()
        for field in ("cidr_blocks", "security_group_ids")
    },
    "monitoring.enabled": dict.fromkeys(_PLACES, _ALERTS),
    "monitoring.alerts.thresholds.records_processed_min": dict.fromkeys(_PLACES, _FIELD),
    "monitoring.alerts.records_field": dict.fromkeys(_PLACES, _LIMIT),
    "account.impersonate_service_account_delegates": {
        "gcp": {"account": {"impersonate_service_account": _DEPLOYER}}
    },
    "account.oidc_token_file_path": {"azure": {"account": {"use_oidc": True}}},
    "account.ado_pipeline_service_connection_id": {"azure": {"account": {"use_oidc": True}}},
    "network.private": {
        "aws": _VPC,
        "gcp": _SUBNETWORK,
        "azure": {"network": {"subnet_ids": [SUBNET]}},
    },
}
# Where a field is for people: the README of the root says in which account a workspace is.
SHOWN = {("databricks", field) for field in VALUES if field.startswith("account.")}
