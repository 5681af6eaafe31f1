"""What policies say of one job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repository import Repository

Told = Callable[..., list[str]]
MODULES = "\nmodules: {source: 'git::https://git.acme.example/modules.git', version: v1}\n"
NETWORK = "  network: {vpc_id: vpc-0123456789abcdef0, subnet_ids: [subnet-0123456789abcdef0]}\n"
JOB = f"""\
tenant_id: acme
environment: prod
name: orders
finops: {{cost_center: FIN-001}}
schedule: {{cron: "30 2 * * 1", timezone: Europe/Berlin}}
infrastructure:
  provider: aws
  region: eu-west-1
  tags: {{owner: data}}
  runtime: {{type: ecs_fargate, image: "example.com/etl:1.0", cpu: 1, memory: 2Gi}}
{NETWORK}  terraform: {{backend: {{type: s3, bucket: acme-state, region: eu-west-1}}}}
"""


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A project whose shipped modules are fetched."""
    return Repository(tmp_path, capsys)


@pytest.fixture
def told(repository: Repository) -> Told:
    """What policies say of a job: ``file:line:column: severity: policy ...``."""

    def tell(policies: str, job: str = JOB, more: str = "") -> list[str]:
        repository.write("dativo.yaml", f"policies:\n{policies}\n{more}{MODULES}")
        repository.write("jobs/orders.yaml", job)
        done = repository.run("validate", "--no-cache")
        lines = done.err.splitlines()
        stray = [line for line in lines if ": error: " in line and ": policy " not in line]
        assert not stray, stray
        return [line for line in lines if ": policy " in line]

    return tell
