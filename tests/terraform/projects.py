"""Small projects of their own: one job on each cloud, and the modules beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import yaml

from generator.cli import main
from tests.terraform.roots import REPOSITORY

JOB = Path("jobs", "acme", "orders.yaml")

INFRASTRUCTURE: dict[str, dict[str, Any]] = {
    "aws": {
        "region": "us-east-1",
        "runtime": {"type": "ecs_fargate"},
        "network": {
            "vpc_id": "vpc-0a1b2c3d4e5f60718",
            "subnet_ids": ["subnet-0a1b2c3d4e5f60718"],
        },
    },
    "gcp": {
        "region": "europe-west1",
        "runtime": {"type": "cloud_run_job"},
        "account": {"project_id": "acme-data"},
    },
    "azure": {
        "region": "westeurope",
        "runtime": {"type": "container_apps_job"},
        "account": {
            "subscription_id": "00000000-0000-4000-8000-0000000000a1",
            "resource_group": "rg-acme",
        },
    },
}


def write_project(
    folder: Path,
    cloud: str,
    *,
    environment: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """A project with one job, its state in a local file; returns the folder.

    Args:
        folder: where; it has to exist.
        cloud: aws, gcp or azure.
        environment: environment variables of the job's container.
        tags: further tags.
    """
    base = INFRASTRUCTURE[cloud]
    job = {
        "tenant_id": "acme",
        "environment": "prod",
        "schedule": {"cron": "0 2 * * *"},
        "finops": {"cost_center": "FIN-001", "owner": "data"},
        "infrastructure": {
            **base,
            "provider": cloud,
            "runtime": {
                **base["runtime"],
                "image": "example.com/etl:1",
                "environment": environment or {},
            },
            "tags": {"team": "data", **(tags or {})},
            "terraform": {"backend": {"type": "local", "path": "terraform.tfstate"}},
        },
    }
    (folder / JOB).parent.mkdir(parents=True)
    (folder / JOB).write_text(yaml.safe_dump(job, sort_keys=False), encoding="utf-8")
    (folder / "dativo.yaml").write_text("{}\n", encoding="utf-8")
    copy_modules(folder)
    return folder


def copy_modules(folder: Path) -> None:
    """The shipped modules, beside the jobs of a project."""
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(REPOSITORY / "modules", folder / "modules", ignore=kept_out)


def generate(project: Path) -> Path:
    """Run ``dativo generate`` there; returns the folder of the one root."""
    assert main(["generate", "--project", os.fspath(project)]) == 0
    return project / "generated" / "acme" / "orders" / "prod"
