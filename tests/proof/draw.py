"""A random job: a whole one of its runtime, with further fields, and what stands beside them."""

from __future__ import annotations

from random import Random
from typing import Any

from generator.plan.runtimes.runtime import honoured
from generator.plan.runtimes.table import RUNTIMES
from tests.plan.promises import BESIDE, at, fields, job, merged
from tests.proof.fields import Key, tags, value_of
from tests.proof.pools import AWKWARD, CRONS, REGIONS, SIZES, TAGS, ZONES

Document = dict[str, Any]

OWN = "own-modules/etl"
SHIPPED: list[Key] = [key for key, row in RUNTIMES.items() if row.module]
OWN_KEYS: list[Key] = [key for key, row in RUNTIMES.items() if not row.module]
_CONNECTORS = ("stripe", "postgres", "hubspot", "s3", "iceberg", "Parquet Files")
_TARGETS: dict[str, tuple[Document, ...]] = {
    "aws": ({"s3": {"bucket": "acme-out", "prefix": "raw/{date}/x"}}, {"bucket": "acme-lake"}),
    "gcp": ({"gcs": {"bucket": "acme-out", "prefix": "raw"}}, {"bucket": "gs://acme-out"}),
    "azure": ({"azure": {"account": "acmelake", "container": "raw"}},),
}
_BACKENDS: tuple[Document, ...] = (
    {"type": "local"},
    {"type": "s3", "bucket": "acme-state", "region": "eu-central-1", "encrypt": True},
    {"type": "s3", "bucket": "acme-state", "region": "us-east-1", "dynamodb_table": "locks"},
    {
        "type": "s3",
        "bucket": "acme-state",
        "region": "us-east-1",
        "assume_role": {"role_arn": "arn:aws:iam::123456789012:role/state"},
        "endpoints": {"s3": "https://s3.acme.example"},
        "use_path_style": True,
    },
    {"type": "gcs", "bucket": "acme-state-gcp"},
    {"type": "gcs", "bucket": "acme-state-gcp", "impersonate_service_account": "s@p.example"},
    {"type": "azurerm", "storage_account_name": "acmestate", "container_name": "tfstate"},
    {
        "type": "azurerm",
        "storage_account_name": "acmestate",
        "container_name": "tfstate",
        "resource_group_name": "rg-state",
        "use_azuread_auth": True,
        "use_oidc": True,
    },
    {"type": "http", "address": "https://state.acme.example/${TENANT_ID}/${JOB_NAME}"},
    {"type": "remote", "organization": "acme"},
)


def draw(rng: Random, runtime: Key) -> Document:
    """A job file's document, in today's spelling.

    Args:
        rng: decides.
        runtime: cloud, and type of the runtime.
    """
    block = _block(rng, runtime)
    document: Document = {"tenant_id": rng.choice(["acme", "globex", "Team_9"])}
    document["environment"] = rng.choice(["prod", "dev", "test-2"])
    document |= _beside(rng, runtime[0])
    document["infrastructure"] = block
    if rng.random() < 0.1:
        other = {"infrastructure": {"runtime": {"max_retries": rng.randint(0, 2)}}}
        document["environments"] = {"prod": {}, "dev": other}
        del document["environment"]
    return document


def _block(rng: Random, runtime: Key) -> Document:
    cloud = runtime[0]
    shipped = bool(RUNTIMES[runtime].module)
    block = merged(job(*runtime) if shipped else _own(rng, runtime), _known(runtime))
    if rng.random() < 0.5:
        block["region"] = rng.choice(REGIONS[cloud])
    likely = rng.choice([0.0, 0.05, 0.15, 0.3, 0.5])
    for path in fields():
        takes = honoured(RUNTIMES[runtime].honours, path)
        if takes and shipped and rng.random() < likely:
            block = with_field(rng, block, path, runtime)
    block["tags"] = tags(rng)
    block["terraform"] = merged(block.get("terraform", {}), _terraform(rng))
    if rng.random() < 0.15:
        block["orchestrator"] = {"type": rng.choice(["dagster", "airflow"])}
    return block


def with_field(rng: Random, block: Document, path: str, runtime: Key) -> Document:
    """The block with another value of a field, and what it needs beside it."""
    value = value_of(rng, path, runtime)
    if value is None:
        return block
    if path in ("runtime.cpu", "runtime.memory"):
        cpu, memory = rng.choice(SIZES.get(runtime[1], SIZES[""]))
        value, path = {"cpu": cpu, "memory": memory}, "runtime"
    beside = BESIDE.get(path, {}).get(runtime[0], {})
    return merged(merged(beside, block), at(path, value))


def _known(runtime: Key) -> Document:
    """What a promise leaves open, and a plan looks up: ids as the cloud makes them."""
    if runtime[0] == "aws" and runtime[1] in ("ecs_fargate", "emr", "lambda"):
        return {"network": {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]}}
    return {}


def _own(rng: Random, runtime: Key) -> Document:
    """A job of a runtime that a module of the user's own makes."""
    block: Document = {
        "provider": runtime[0],
        "region": REGIONS[runtime[0]][0],
        "runtime": {"type": runtime[1]},
        "terraform": {"module": {"source": f"./{OWN}"}},
    }
    if runtime[0] == "gcp":
        block["account"] = {"project_id": "acme-data"}
    if runtime[0] == "azure":
        block["account"] = {"subscription_id": "00000000-0000-4000-8000-0000000000a1"}
    text = {"note": rng.choice(AWKWARD), "sizes": {"a": rng.choice(AWKWARD), "b b": 1}}
    variables = {**text, "list": [rng.choice(AWKWARD)], "flag": rng.random() < 0.5}
    block["terraform"]["variables"] = dict(rng.sample(sorted(variables.items()), 2))
    return block


def _terraform(rng: Random) -> Document:
    block: Document = {}
    if rng.random() < 0.8:
        block["backend"] = rng.choice(_BACKENDS)
    if rng.random() < 0.3:
        block["verify_existing"] = False
    if rng.random() < 0.1:
        block["resource_name"] = rng.choice(["older-name", "Other_Name", "x" * 60])
    if rng.random() < 0.15:
        block["outputs"] = rng.choice([[], ["id"], "id"])
    return block


def _beside(rng: Random, cloud: str) -> Document:
    choices: Document = {
        "schedule": _schedule(rng),
        "finops": {
            "cost_center": "FIN-001",
            "owner": rng.choice(TAGS),
            "business_tags": ["a", "b c"],
        },
        "classification_overrides": {"default": "PII", "e-mail": "high"},
        "governance_overrides": {"retention_days": rng.choice([0, 30]), "owner": "o@acme.example"},
        "source_connector": rng.choice(_CONNECTORS),
        "target_connector": rng.choice(_CONNECTORS),
        "target": {"connection": rng.choice(_TARGETS[cloud])},
        "asset": rng.choice(["orders", "Größe 1"]),
        "asset_path": rng.choice(["assets/flat.yaml", "/app/assets/nested.yaml"]),
        "description": "what only the runner reads",
    }
    if rng.random() < 0.05:
        choices["name"] = rng.choice(["Named_Job", "n"])
    return {key: value for key, value in choices.items() if rng.random() < 0.4}


def _schedule(rng: Random) -> Document:
    found: Document = {"cron": rng.choice(CRONS)}
    if rng.random() < 0.4:
        found["timezone"] = rng.choice(ZONES)
    if rng.random() < 0.3:
        found["enabled"] = rng.random() < 0.5
    return found
