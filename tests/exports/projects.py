"""Projects of one job, and Terraform to read what was exported from them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
JOB = "jobs/acme/orders.yaml"


def project(folder: Path, job: dict[str, Any] | None = None, **block: Any) -> Path:
    """Write a project with one job on AWS.

    Args:
        folder: an empty folder.
        job: further keys of the job.
        block: further keys of its ``infrastructure``; mappings are merged one level deep.

    Returns:
        The folder.
    """
    infrastructure: dict[str, Any] = {
        "provider": "aws",
        "region": "us-east-1",
        "runtime": {"type": "ecs_fargate", "image": "example.com/dativo:1.4.0"},
        "network": {"vpc_id": "vpc-0a1b2c3d4e5f60718", "subnet_ids": ["subnet-0a1b2c3d4e5f60718"]},
        "tags": {"team": "data", "owner": "a@acme.com"},
        "terraform": {
            "backend": {"type": "s3", "bucket": "acme-terraform-state", "region": "us-east-1"}
        },
    }
    for key, value in block.items():
        own = infrastructure.get(key)
        infrastructure[key] = {**own, **value} if isinstance(own, dict) else value
    document = {
        "tenant_id": "acme",
        "environment": "prod",
        "finops": {"cost_center": "FIN-001"},
        **(job or {}),
        "infrastructure": infrastructure,
    }
    path = folder / JOB
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    (folder / "dativo.yaml").touch()
    kept = shutil.ignore_patterns("examples", "tests", ".terraform*")
    shutil.copytree(ROOT / "modules", folder / "modules", ignore=kept)
    return folder


def terraform(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run Terraform, in a folder that needs no provider."""
    program = shutil.which("terraform") or shutil.which("tofu")
    assert program, "these tests need terraform or tofu on PATH"
    return subprocess.run(
        [program, *arguments], cwd=folder, input=stdin, capture_output=True, text=True, check=False
    )


def read_back(folder: Path, names: list[str], file: Path) -> Any:
    """The values that Terraform reads from a file of variables, by ``terraform console``."""
    expression = "jsonencode([" + ", ".join(f"var.{name}" for name in names) + "])\n"
    done = terraform(folder, "console", f"-var-file={file}", stdin=expression)
    assert done.returncode == 0, done.stderr
    return dict(zip(names, json.loads(json.loads(done.stdout)), strict=True))
