"""From an older job file to an apply and back: what it waits for is filled in, on every cloud."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from tests.terraform.conftest import Command
from tests.terraform.projects import INFRASTRUCTURE, JOB, copy_modules

pytestmark = pytest.mark.terraform

RUNTIMES = {
    "aws": ("aws_fargate", "1024", "2048"),
    "gcp": ("gcp_cloud_run", "1", "2Gi"),
    "azure": ("azure_container_apps", "1.0", "2Gi"),
}
# What older files wait for, and what it is for a job of this name.
AWAITED: dict[str, dict[str, str | None]] = {
    "aws": {
        "cluster_name": "acme-prod-orders",
        "service_name": "acme-prod-orders",
        "endpoint_url": "https://states.us-east-1.amazonaws.com/",
    },
    "gcp": {
        "service_name": "acme-prod-orders",
        "service_uri": "https://run.googleapis.com/v2/projects/acme-data/locations/europe-west1"
        "/jobs/acme-prod-orders",
        "endpoint_url": "https://run.googleapis.com/v2/projects/acme-data/locations/europe-west1"
        "/jobs/acme-prod-orders:run",
    },
    "azure": {
        "cluster_name": None,
        "service_name": "acme-prod-orders",
        "endpoint_url": None,
    },
}


def _project(folder: Path, cloud: str) -> Path:
    """A job as the tools of earlier days had it, and what it leaves out in dativo.yaml."""
    kind, cpu, memory = RUNTIMES[cloud]
    waits = {name: f"{{{{terraform_outputs.{name}}}}}" for name in AWAITED[cloud]}
    tags = {"team": "data", "pipeline_type": "ingestion", "environment": "prod"}
    infrastructure = {
        "provider": cloud,
        "runtime": {"type": kind, "image": "example.com/etl:1", "cpu": cpu, "memory": memory},
        "region": INFRASTRUCTURE[cloud]["region"],
        "resource_identifiers": waits,
        "tags": {**tags, "job_name": "orders", "cost_center": "FIN-001"},
    }
    job = {"tenant_id": "acme", "environment": "prod", "infrastructure": infrastructure}
    (folder / JOB).parent.mkdir(parents=True)
    (folder / JOB).write_text("# As it was.\n" + yaml.safe_dump(job), encoding="utf-8")
    locations = {k: v for k, v in INFRASTRUCTURE[cloud].items() if k in ("network", "account")}
    rest = {"infrastructure": {**locations, "terraform": {"backend": {"type": "local"}}}}
    settings = yaml.safe_dump({"defaults": rest})
    (folder / "dativo.yaml").write_text(settings, encoding="utf-8")
    copy_modules(folder)
    return folder


@pytest.mark.parametrize("cloud", sorted(AWAITED))
def test_what_an_older_file_waits_for_comes_back(
    cloud: str, tmp_path: Path, command: Command
) -> None:
    """Every output has a value, ``resolve`` fills it in, and the file still is the same job."""
    project = _project(tmp_path, cloud)
    assert main(["generate", "--project", str(project)]) == 0
    (root,) = (path.parent for path in (project / "generated").rglob("main.tf"))
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    outputs = tmp_path / "outputs.json"
    outputs.write_text(command(root, "output", "-json").stdout, encoding="utf-8")
    at = ["--project", str(project)]
    before = {path: path.read_bytes() for path in root.glob("*.tf")}
    resolve = ["resolve", os.fspath(project / JOB), str(outputs), "--in-place", *at]
    assert main(resolve) == 0
    text = (project / JOB).read_text(encoding="utf-8")
    found = yaml.safe_load(text)["infrastructure"]["resource_identifiers"]
    assert text.startswith("# As it was.\n") and "terraform_outputs" not in text
    assert found.keys() == AWAITED[cloud].keys() and all(found.values())
    assert {k: v for k, v in AWAITED[cloud].items() if v is not None}.items() <= found.items()
    assert main(["generate", *at]) == 0
    assert {path: path.read_bytes() for path in root.glob("*.tf")} == before
