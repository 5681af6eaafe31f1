"""Random project settings, and the files beside the jobs: assets, a module of the user's own."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.proof.draw import OWN, Document

_TAGS: tuple[Document, ...] = (
    {},
    {"style": "snake"},
    {"style": "namespaced"},
    {"style": "namespaced", "namespace": "acme"},
    {
        "keys": {
            "cost_center": "CostCentre",
            "owner": {"aws": "Owner", "gcp": "data_owner", "default": "who"},
        }
    },
    {"omit": ["status", "contains"]},
    {"precedence": ["infrastructure", "job", "asset", "defaults"]},
    {"overlong": "shorten", "style": "snake", "omit": "asset_tags"},
)
_TERRAFORM: tuple[Document, ...] = (
    {},
    {"required_version": ">= 1.10, < 2.0"},
    {"providers": {"aws": "~> 6.0", "google": ">= 7.30, < 9.0", "azurerm": ">= 5.0"}},
    {"providers": {"kubernetes": ">= 3.0, < 4.0", "databricks": "~> 1.100"}},
    {"tag_policy_compliance": "warning"},
)
_PLATFORM: Document = {
    "tags": {"business_unit": "data platform", "Stage": "${ENVIRONMENT}"},
    "monitoring": {"log_retention_days": 30},
    "runtime": {"environment": {"FROM_DEFAULTS": "a ${REGISTRY} b", "TENANT": "${TENANT_ID}"}},
}
_STATE: Document = {
    "aws": {"type": "s3", "bucket": "acme-state", "region": "us-east-1"},
    "gcp": {
        "type": "gcs",
        "bucket": "acme-state-gcp",
        "prefix": "x/${TENANT_ID}/${JOB_NAME}/${ENVIRONMENT}",
    },
    "azure": {"type": "azurerm", "storage_account_name": "acmestate", "container_name": "tfstate"},
}


def settings(rng: Random) -> Document:
    """What dativo.yaml says."""
    found: Document = {"values": {"REGISTRY": "registry.acme.example"}, "hand_written_roots": []}
    found["tags"] = rng.choice(_TAGS)
    found["terraform"] = rng.choice(_TERRAFORM)
    found["needs"] = {"read": rng.choice(["state", "variable"])}
    clouds: Document = {
        cloud: {"infrastructure": {"terraform": {"backend": backend}}}
        for cloud, backend in _STATE.items()
    }
    found["defaults"] = {"clouds": clouds}
    if rng.random() < 0.5:
        found["defaults"]["infrastructure"] = _PLATFORM
    if rng.random() < 0.4:
        tenant = {"tags": {"tenant_tag": "x"}, "runtime": {"max_retries": 1}}
        found["defaults"]["tenants"] = {"acme": {"infrastructure": tenant}}
    if rng.random() < 0.4:
        dev = {"monitoring": {"enabled": False}}
        found["defaults"]["environments"] = {"dev": {"infrastructure": dev}}
    if rng.random() < 0.4:
        lasts = {"runtime": {"timeout_seconds": 900}}
        found["defaults"]["runtimes"] = {
            kind: {"infrastructure": lasts}
            for kind in ("ecs_fargate", "cloud_run_job", "kubernetes")
        }
    return found


def assets(rng: Random) -> dict[str, Document]:
    """Asset files, both shapes of them, by path below the project."""
    facts: Document = {
        "name": "Orders",
        "version": rng.choice(["1.0", 2, "3.0.1-beta"]),
        "status": "active",
        "domain": rng.choice(["sales", "Größe & Co"]),
        "dataProduct": "orders",
        "source_type": "postgres",
        "object": "public.orders",
        "tags": ["a", "b c"],
        "team": {"owner": "data@acme.example"},
        "compliance": {
            "classification": rng.choice(["PII", ["PII", "SPI"]]),
            "regulations": ["GDPR", "CCPA"],
            "retention_days": rng.choice([0, 365]),
            "user_consent_required": True,
            "security": {"access_control": "role based", "encryption_required": True},
        },
        "finops": {"cost_center": "FIN-009", "project": "p", "business_unit": "b"},
        "change_management": {"approval_required": True, "policy": "non-breaking"},
        "schema": [{"name": "mail", "classification": "PII"}, {"name": "id"}],
    }
    kept = {key: value for key, value in facts.items() if rng.random() < 0.7}
    governance = {"owner": "g@acme.example", "classification": ["PII"], "retention_days": 30}
    return {
        "assets/flat.yaml": kept,
        "assets/nested.yaml": {"asset": {"name": "Nested", "version": 1}, "governance": governance},
    }


OWN_MODULE: dict[str, Any] = {f"{OWN}/main.tf": """\
terraform {
  required_version = ">= 1.9"
}

variable "tags" {
  type = map(string)
}

variable "note" {
  type    = string
  default = ""
}

variable "sizes" {
  type    = map(string)
  default = {}
}

variable "list" {
  type    = list(string)
  default = []
}

variable "flag" {
  type    = bool
  default = false
}

output "id" {
  value = "own-${length(var.tags)}"
}

resource "terraform_data" "this" {
  input = [var.tags, var.note, var.sizes, var.list, var.flag]
}
"""}
