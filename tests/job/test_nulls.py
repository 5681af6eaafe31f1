"""A null takes a key away from all weaker layers: defaults, the job, its environment."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

import pytest

from generator.cli import main
from generator.files.shipped import folder
from tests.job.conftest import JOB, Repository

SETTINGS = """\
defaults:
  infrastructure:
    region: us-east-1
    tags: {owner: org}
    monitoring: {log_group: /org, alerts: {channels: [arn:aws:sns:us-east-1:123456789012:org]}}
    terraform: {backend: {type: s3, bucket: org-state, region: us-east-1}}
  tenants:
    acme: {infrastructure: {tags: {team: tenant}}}
"""
HEAD = """\
tenant_id: acme
finops: {cost_center: FIN-001}
"""
BLOCK = """\
infrastructure:
  provider: aws
  runtime: {type: ecs_fargate, image: x/y:1}
  network: {vpc_id: vpc-0a1b2c3d4e5f60718, subnet_ids: [subnet-0a1b2c3d4e5f60718]}
"""


def _job(dev: str, *own: str, head: str = HEAD) -> str:
    lines = "".join(f"  {line}\n" for line in own)
    return f"{head}{BLOCK}{lines}environments:\n  prod: {{}}\n  dev: {dev}\n"


@pytest.mark.parametrize("own", ["monitoring: {alerts: {channels: [job]}}", "iac: terraform"])
def test_the_default_does_not_come_back(repository: Repository, own: str) -> None:
    """Whether the job sets the key or not, an environment's null leaves nothing of it."""
    text = _job("{infrastructure: {monitoring: {alerts: null}}}", own)
    prod, dev = (one.job.infrastructure for one in repository.load(text, SETTINGS))
    assert prod.monitoring.alerts is not None
    assert (dev.monitoring.alerts, dev.monitoring.log_group) == (None, "/org")


def test_what_is_stronger_than_the_null_stays(repository: Repository) -> None:
    """A null of the job's takes the defaults away, and the environment may begin anew."""
    own = "monitoring: {alerts: null}"
    text = _job("{infrastructure: {monitoring: {alerts: {thresholds: {failed_runs: 2}}}}}", own)
    prod, dev = (one.job.infrastructure for one in repository.load(text, SETTINGS))
    assert prod.monitoring.alerts is None
    assert dev.monitoring.alerts is not None
    assert (dev.monitoring.alerts.channels, dev.monitoring.alerts.thresholds.failed_runs) == ((), 2)


def test_a_backend_is_taken_away(repository: Repository) -> None:
    """Without one the state stays where the apply runs, whatever the organisation's default."""
    own = "terraform: {backend: {key: k}}"
    text = _job("{infrastructure: {terraform: {backend: null}}}", own)
    prod, dev = (one.job.infrastructure.terraform for one in repository.load(text, SETTINGS))
    assert prod.backend == {"type": "s3", "bucket": "org-state", "region": "us-east-1", "key": "k"}
    assert dev.backend is None


def test_all_tags_are_taken_away(repository: Repository) -> None:
    """``tags: null`` leaves neither the tags of the job nor those of dativo.yaml."""
    text = _job("{infrastructure: {tags: null}}", "tags: {a: job}")
    prod, dev = repository.load(text, SETTINGS)
    assert (len(prod.default_tags), prod.job.infrastructure.tags) == (2, {"a": "job"})
    assert (dev.default_tags, dev.job.infrastructure.tags) == ((), {})


def test_tags_of_weaker_defaults_are_taken_away(repository: Repository) -> None:
    """A tenant's ``tags: null`` leaves its environments' tags, and not the organisation's."""
    settings = SETTINGS.replace("tags: {team: tenant}", "tags: null")
    settings += "  environments: {dev: {infrastructure: {tags: {stage: low}}}}\n"
    prod, dev = repository.load(_job("{}"), settings)
    assert [source.data for source in prod.default_tags] == []
    assert [source.data for source in dev.default_tags] == [{"stage": "low"}]


def test_no_infrastructure_no_root(repository: Repository) -> None:
    """``infrastructure: null`` means that the job has no root in that environment."""
    found = repository.load(_job("{infrastructure: null}"), SETTINGS)
    assert [one.job.environment for one in found] == ["prod"]


def test_a_runtime_taken_away_is_told_at_the_null(repository: Repository) -> None:
    """What is missing because of a null is told where the null stands."""
    found = repository.told(_job("{infrastructure: {runtime: null}}"), SETTINGS)
    assert found == [f'{JOB}:9:26: missing-key: "infrastructure.runtime" is missing']


def test_what_is_missing_in_a_backend_is_told_at_the_one_that_counts(
    repository: Repository,
) -> None:
    """The bucket of a default of another kind is not where the bucket is missing."""
    text = _job("{}", "terraform: {backend: {type: gcs}}")
    loaded, _ = repository.load(text, SETTINGS)
    path = ("infrastructure", "terraform", "backend", "bucket")
    assert loaded.locations.location(path, True).file == JOB
    assert loaded.locations.written((*path[:-1], "region")) is None


def _add_modules(repository: Repository) -> None:
    name = "aws-ecs-fargate"
    shutil.copytree(os.path.join(folder("modules"), name), repository.folder / "modules" / name)


def _explained(repository: Repository, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    arguments = ["explain", "--project", str(repository.folder), "--environment", "dev"]
    assert main([*arguments, "--format", "json", str(repository.folder / JOB)]) == 0
    (root,) = json.loads(capsys.readouterr().out)["roots"]
    return dict(root)


def test_explain_knows_no_default_that_was_taken_away(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a null took away is neither shown nor the origin of a default of ours."""
    _add_modules(repository)
    dev = "{infrastructure: {tags: null, monitoring: null, runtime: {timeout_seconds: null}}}"
    runtime = "    runtime: {timeout_seconds: 60}\n    tags: {owner"
    repository.write("dativo.yaml", SETTINGS.replace("    tags: {owner", runtime))
    repository.write(JOB, _job(dev, "tags: {team: job}"))
    root = _explained(repository, capsys)
    inputs = {item["name"]: item for item in root["inputs"]}
    assert "alerts" not in inputs
    timeout = inputs["timeout_seconds"]
    origin = "default of infrastructure.runtime.timeout_seconds"
    assert (timeout["value"], timeout["from"]) == (3600, origin)
    assert {"Owner", "Team"}.isdisjoint(tag["key"] for tag in root["tags"])


def test_a_wrong_placeholder_that_was_taken_away_is_no_error(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """A default that does not reach the job cannot be wrong in it."""
    _add_modules(repository)
    wrong = '    resource_identifiers: {x: "{{terraform_outputs.nonsense}}"}\n'
    settings = SETTINGS.replace("    tags: {owner", wrong + "    tags: {owner")
    repository.write("dativo.yaml", settings)
    repository.write(JOB, _job("{infrastructure: {resource_identifiers: null}}"))
    assert main(["explain", "--project", str(repository.folder), str(repository.folder / JOB)]) == 1
    assert capsys.readouterr().err.count('output "nonsense"') == 1  # of prod
    assert _explained(repository, capsys)["environment"] == "dev"
