"""For each row of the tables of existing things a job that has something for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from generator.job.loaded import Layer, Layers
from generator.model.infrastructure import Infrastructure
from generator.plan.existing.find import data_sources
from generator.plan.providers import untagged
from generator.plan.root_plan import DataSource
from generator.plan.runtimes.databricks import providers as workspace
from tests.plan.conftest import GROUP, SUBSCRIPTION

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SECRET = "arn:aws:secretsmanager:%s:123456789012:secret:acme/stripe-a1B2c3"
RDS = "c0ffee.us-east-1.rds.amazonaws.com"
CACHE = "use1.cache.amazonaws.com"
PROJECT = "projects/acme-data"
_AWS = {"provider": "aws", "region": "us-east-1", "account": {"account_id": "123456789012"}}
_GCP = {"provider": "gcp", "region": "europe-west1", "account": {"project_id": "acme-data"}}
_AZURE = {
    "provider": "azure",
    "region": "West Europe",
    "account": {"subscription_id": SUBSCRIPTION, "resource_group": "rg"},
}
SAMPLES: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "aws": [
        ("ecs_fargate", {"network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1"]}}),
        ("ecs_fargate", {"network": {"vpc_id": "vpc-1", "security_group_ids": ["sg-1", "sg-2"]}}),
        ("ecs_fargate", {"runtime": {"cluster_name": "shared"}}),
        ("kubernetes", {"runtime": {"cluster_name": "shared"}}),
        ("ecs_fargate", {"runtime": {"identity": "arn:aws:iam::123456789012:role/etl/run"}}),
        ("ecs_fargate", {"runtime": {"secrets": {"KEY": SECRET % "us-east-1" + ":json-key::"}}}),
        ("ecs_fargate", {"runtime": {"readable_secrets": [SECRET % "eu-west-1"]}}),
        ("emr", {"runtime": {"entry_point": "s3://acme-code/jobs/main.py"}}),
        ("ecs_fargate", {"storage": {"data_bucket": "acme-lake", "state_bucket": "acme-state"}}),
        ("ecs_fargate", {"storage": {"data_bucket": "acme-lake", "kms_key_id": KEY}}),
        ("ecs_fargate", {"monitoring": {"kms_key_id": KEY}}),
        (
            "ecs_fargate",
            {"monitoring": {"alerts": {"channels": ["arn:aws:sns:us-east-1:123456789012:a"]}}},
        ),
        (
            "ecs_fargate",
            {"references": {"secrets": {"secret_manager_arn": SECRET % "us-east-1"}}},
        ),
        ("ecs_fargate", {"references": {"secrets": {"kms_key_id": KEY}}}),
        (
            "ecs_fargate",
            {"references": {"database": {"instance_id": "db", "endpoint": f"db.{RDS}"}}},
        ),
        ("ecs_fargate", {"references": {"database": {"endpoint": f"db.{RDS}", "port": 5432}}}),
        ("ecs_fargate", {"references": {"database": {"endpoint": f"db.cluster-{RDS}"}}}),
        ("ecs_fargate", {"references": {"database": {"endpoint": f"db.cluster-ro-{RDS}"}}}),
        ("ecs_fargate", {"references": {"cache": {"endpoint": f"master.c.c0ffee.{CACHE}"}}}),
        ("ecs_fargate", {"references": {"cache": {"endpoint": f"c.c0ffee.cfg.{CACHE}"}}}),
        ("ecs_fargate", {"references": {"cache": {"endpoint": f"c-c0ffee.serverless.{CACHE}"}}}),
        (
            "ecs_fargate",
            {
                "references": {
                    "queue": {"url": "https://sqs.us-east-1.amazonaws.com/123456789012/q"}
                }
            },
        ),
        ("ecs_fargate", {"references": {"queue": {"arn": "arn:aws:sqs:us-east-1:123456789012:q"}}}),
    ],
    "gcp": [
        (
            "cloud_run_job",
            {
                "network": {
                    "vpc_id": f"{PROJECT}/global/networks/data",
                    "subnet_ids": [f"{PROJECT}/regions/europe-west1/subnetworks/etl"],
                }
            },
        ),
        (
            "cloud_run_job",
            {"network": {"connector": f"{PROJECT}/locations/europe-west1/connectors/etl"}},
        ),
        ("kubernetes", {"runtime": {"cluster_name": "shared", "identity": "a@b.iam"}}),
        (
            "cloud_run_job",
            {"runtime": {"identity": "runner@acme-data.iam.gserviceaccount.com"}},
        ),
        ("cloud_run_job", {"runtime": {"secrets": {"KEY": f"{PROJECT}/secrets/k/versions/3"}}}),
        ("cloud_run_job", {"runtime": {"readable_secrets": [f"{PROJECT}/secrets/k"]}}),
        ("cloud_function", {"runtime": {"source": "gs://acme-code/functions/etl.zip"}}),
        ("cloud_run_job", {"storage": {"data_bucket": "acme-lake", "state_bucket": "acme-state"}}),
        (
            "cloud_run_job",
            {
                "storage": {
                    "data_bucket": "acme-lake",
                    "kms_key_id": f"{PROJECT}/locations/europe-west1/keyRings/r/cryptoKeys/k",
                }
            },
        ),
        (
            "cloud_run_job",
            {
                "monitoring": {
                    "kms_key_id": f"{PROJECT}/locations/europe-west1/keyRings/r/cryptoKeys/logs"
                }
            },
        ),
        (
            "cloud_run_job",
            {"references": {"database": {"instance_id": "acme-data:europe-west1:db"}}},
        ),
        ("cloud_run_job", {"references": {"queue": {"url": f"{PROJECT}/topics/t"}}}),
        ("cloud_run_job", {"references": {"queue": {"url": f"{PROJECT}/subscriptions/s"}}}),
    ],
    "azure": [
        (
            "container_apps_job",
            {"network": {"subnet_ids": [f"{GROUP}/Microsoft.Network/virtualNetworks/v/subnets/s"]}},
        ),
        (
            "container_apps_job",
            {"runtime": {"cluster_name": f"{GROUP}/Microsoft.App/managedEnvironments/e"}},
        ),
        ("kubernetes", {"runtime": {"cluster_name": "shared"}}),
        (
            "container_apps_job",
            {
                "runtime": {
                    "identity": f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/i"
                }
            },
        ),
        (
            "container_apps_job",
            {"runtime": {"key_vaults": {"kv": f"{GROUP}/Microsoft.KeyVault/vaults/kv"}}},
        ),
        (
            "container_apps_job",
            {"storage": {"data_bucket": "lake/raw", "state_bucket": "lake/state"}},
        ),
        (
            "container_apps_job",
            {"storage": {"kms_key_id": f"{GROUP}/Microsoft.KeyVault/vaults/kv/keys/k"}},
        ),
        *(
            (
                "container_apps_job",
                {"references": {"database": {"instance_id": f"{GROUP}/{kind}", "endpoint": end}}},
            )
            for kind, end in (
                ("Microsoft.DBforPostgreSQL/flexibleServers/d", "d.postgres.database.azure.com"),
                ("Microsoft.Sql/servers/d", "d.database.windows.net"),
                ("Microsoft.Sql/managedInstances/d", "d.0a1b.database.windows.net"),
            )
        ),
    ],
    "databricks": [
        ("databricks", {"runtime": {"identity": "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"}}),
    ],
}
BASES = {"aws": _AWS, "gcp": _GCP, "azure": _AZURE, "databricks": _AZURE}


def found(cloud: str, runtime: str, named: dict[str, Any]) -> tuple[DataSource, ...]:
    """The data sources of a block of infrastructure, whatever else a job of it would need."""
    block = {**BASES[cloud], **named, "runtime": {"type": runtime, **named.get("runtime", {})}}
    infrastructure = Infrastructure.model_validate(block)
    locations = Layers((Layer("jobs/a.yaml", (), (), {"infrastructure": block}),))
    loaded: Any = SimpleNamespace(
        job=SimpleNamespace(name="a", infrastructure=infrastructure),
        locations=locations,
        file="jobs/a.yaml",
    )
    inside = cloud == "databricks"
    blocks = workspace(infrastructure) if inside else (untagged(infrastructure),)
    return data_sources(loaded, blocks, ())
