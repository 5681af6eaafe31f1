"""A project, and exports of what its clouds have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator import load_job
from tests.repository import Repository
from tests.rules.conftest import JOB, MODULES

AZURE = """\
tenant_id: acme
environment: prod
name: contacts
finops: {cost_center: FIN-002}
infrastructure:
  provider: azure
  region: westeurope
  account: {subscription_id: 00000000-0000-4000-8000-0000000000a1, resource_group: rg-etl}
  tags: {owner: data}
  runtime: {type: container_apps_job, image: "example.azurecr.io/etl:1.0"}
  terraform:
    backend:
      type: azurerm
      resource_group_name: rg
      storage_account_name: acmestate
      container_name: state
"""
GOOGLE = """\
tenant_id: acme
environment: prod
name: events
finops: {cost_center: FIN-003}
infrastructure:
  provider: gcp
  region: europe-west1
  account: {project_id: acme-data}
  tags: {owner: Data Team}
  runtime: {type: cloud_run_job, image: "example/etl:1.0", memory: 2Gi}
  terraform: {backend: {type: gcs, bucket: acme-state}}
"""


class Cloud:
    """Writes exports in the form of each cloud's own tool."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def tags(self, job: str, **edited: str | None) -> dict[str, str]:
        """The tags that a job's resources should bear, some of them changed or taken away."""
        folder = self.repository.folder
        tags = load_job(folder / f"jobs/{job}.yaml", project_dir=folder).tags.as_map()
        return {k: v for k, v in {**tags, **edited}.items() if v is not None}

    def write(self, name: str, data: Any) -> str:
        """Write an export; its path."""
        text = data if isinstance(data, str) else json.dumps(data, indent=2)
        return str(self.repository.write(f"exports/{name}", text))

    def aws(self, resources: Mapping[str, Mapping[str, str]], name: str = "aws.json") -> str:
        """As ``aws resourcegroupstaggingapi get-resources`` prints it: ARN to tags."""
        entries = [
            {"ResourceARN": arn, "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}
            for arn, tags in resources.items()
        ]
        return self.write(name, {"PaginationToken": "", "ResourceTagMappingList": entries})

    def run(self, *arguments: str) -> Any:
        """Run the command for its JSON; the exit code is put beside."""
        done = self.repository.run("audit", "--format", "json", *arguments)
        assert done.code in (0, 2), done.err
        return {**done.document, "code": done.code}


@pytest.fixture
def cloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cloud:
    """A project with a job on each cloud."""
    repository = Repository(tmp_path, capsys)
    repository.write("dativo.yaml", MODULES)
    for name, text in (("orders", JOB), ("contacts", AZURE), ("events", GOOGLE)):
        repository.write(f"jobs/{name}.yaml", text)
    return Cloud(repository)
