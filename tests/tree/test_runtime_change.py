"""A runtime, cluster, account or host that changes under a state stops, and says how to go on."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from tests.cases.cases import MODULES
from tests.plan.promises import Block, job, merged

JOB = Path("jobs", "acme", "orders.yaml")
ROOT = Path("generated", "acme", "orders", "prod")
Write = Callable[[Block], None]
Generate = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the shipped modules and no job."""
    (tmp_path / JOB).parent.mkdir(parents=True)
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(MODULES, tmp_path / "modules", ignore=kept_out)
    return tmp_path


@pytest.fixture
def write(project: Path) -> Write:
    """Write the one job, from its ``infrastructure``."""

    def call(infrastructure: Block) -> None:
        backend = {"type": "s3", "bucket": "acme-state", "key": "orders", "region": "us-east-1"}
        text = {
            "tenant_id": "acme",
            "environment": "prod",
            "finops": {"cost_center": "FIN-001"},
            "infrastructure": merged(
                infrastructure, {"terraform": {"backend": backend}, "tags": {"team": "data"}}
            ),
        }
        (project / JOB).write_text(json.dumps(text, indent=1), encoding="utf-8")

    return call


@pytest.fixture
def generate(project: Path, capsys: pytest.CaptureFixture[str]) -> Generate:
    """Run the command; its exit code and what it wrote to stderr."""

    def call(*options: str, command: str = "generate") -> tuple[int, str]:
        code = main([command, "--project", os.fspath(project), *options])
        return code, capsys.readouterr().err

    return call


def _files(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / ROOT).iterdir()}


def _account(value: str) -> Block:
    return {"account": {"account_id": value}}


_CLUSTER = {"kubernetes": {"cluster": {"endpoint": "https://k8s.acme.example"}}}
_CLUSTER["kubernetes"]["cluster"]["exec"] = {"command": "acme-token"}  # type: ignore[assignment]
_OTHER = "00000000-0000-4000-8000-0000000000c3"
# What the job was, what is laid over it, and how the message says it.
ELSEWHERE: dict[str, tuple[Block, Block, str]] = {
    "account": (
        merged(job("aws", "ecs_fargate"), _account("123456789012")),
        _account("210987654321"),
        "its account from 123456789012 to 210987654321",
    ),
    "region": (
        job("aws", "ecs_fargate"),
        {"region": "us-west-2"},
        "its region from us-east-1 to us-west-2",
    ),
    "project": (
        job("gcp", "cloud_run_job"),
        {"account": {"project_id": "acme-other"}},
        "its project from acme-data to acme-other",
    ),
    "region-gcp": (
        job("gcp", "gke"),
        {"region": "europe-west4"},
        "its region from europe-west1 to europe-west4",
    ),
    "subscription": (
        job("azure", "container_apps_job"),
        {"account": {"subscription_id": _OTHER}},
        f"its subscription from 00000000-0000-4000-8000-0000000000a1 to {_OTHER}",
    ),
    "host": (
        job("gcp", "databricks"),
        {"databricks": {"host": "https://other.cloud.databricks.com"}},
        "its Databricks host from https://acme.cloud.databricks.com to https://other.cloud.data",
    ),
    "cluster-eks": (
        job("aws", "kubernetes"),
        {"runtime": {"cluster_name": "shared"}},
        "its cluster from data to shared",
    ),
    "cluster-of-another-region": (
        job("aws", "kubernetes"),
        {"region": "us-west-2"},
        "its region from us-east-1 to us-west-2",
    ),
    "cluster-of-another-group": (
        job("azure", "kubernetes"),
        {"account": {"resource_group": "rg-other"}},
        "its cluster from data in rg to data in rg-other",
    ),
    "cluster-by-address": (
        job("aws", "kubernetes"),
        {"runtime": {"cluster_name": None}, **_CLUSTER},
        "its cluster from data to https://k8s.acme.example",
    ),
    "cluster-of-its-own": (
        job("gcp", "gke"),
        {"region": "us-east1", "runtime": {"memory": "2Gi"}},
        "its region from europe-west1 to us-east1",
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_place_stops(name: str, project: Path, write: Write, generate: Generate) -> None:
    """Where the same provider would lead elsewhere nothing is written; what to do is told, with
    its commands, by ``generate`` and ``check`` alike.
    """
    old, change, said = ELSEWHERE[name]
    write(old)
    assert generate()[0] == 0
    before = _files(project)
    write(merged(old, change))
    for command in ("generate", "check"):
        code, told = generate(command=command)
        assert (code, _files(project)) == (1, before)
        assert told.count("error:") == 1 and said in told
        for way in ("--retire-first jobs/acme/orders.yaml", "--applied", "another name"):
            assert way in told
    code, told = generate("--change-runtime")
    assert code == 0 and "stays where it is" in told and said in told
    assert not (project / ROOT / "leaving.tf").exists()
    assert "warning" not in generate()[1]


@pytest.mark.parametrize("name", ["account", "cluster-eks", "host"])
def test_retire_first(name: str, project: Path, write: Write, generate: Generate) -> None:
    """The root becomes the tombstone of what it was, and stays that until it was applied."""
    old, change, said = ELSEWHERE[name]
    write(old)
    generate()
    (project / JOB).rename(project / "away")
    write(merged(old, {"runtime": {"max_retries": 2}}))
    (project / JOB).unlink()
    (project / "jobs" / "acme" / "keep.yaml").write_text("tenant_id: acme\n")
    generate()
    stone = _files(project)
    (project / "away").rename(project / JOB)
    generate()
    assert "main.tf" in _files(project)

    write(merged(old, change))
    code, told = generate("--retire-first", os.fspath(project / JOB))
    assert code == 0 and said in told and "--applied jobs/acme/orders.yaml" in told
    assert _files(project) == stone
    for command in ("generate", "check"):
        code, told = generate(command=command)
        assert (code, _files(project)) == (0, stone) and said in told
    assert "warning" not in generate("--applied")[1]
    assert "main.tf" in _files(project)
    assert generate(command="check")[0] == 0


def test_going_back_is_no_change(project: Path, write: Write, generate: Generate) -> None:
    """A tombstone whose job is again what it was becomes that root again."""
    old, change, _ = ELSEWHERE["cluster-eks"]
    write(old)
    generate()
    before = _files(project)
    write(merged(old, change))
    generate("--retire-first")
    write(old)
    assert generate()[0] == 0
    assert _files(project) == before


SAME: dict[str, tuple[Block, Block]] = {
    "account-named": (job("aws", "ecs_fargate"), _account("123456789012")),
    "account-left-out": (
        merged(job("aws", "ecs_fargate"), _account("123456789012")),
        {"account": None},
    ),
    "slash": (
        job("aws", "databricks"),
        {"databricks": {"host": "https://acme.cloud.databricks.com/"}},
    ),
    "size": (job("gcp", "gke"), {"runtime": {"memory": "4Gi"}}),
    "token-program": (
        merged(job("aws", "kubernetes"), {"runtime": {"cluster_name": None}, **_CLUSTER}),
        {"kubernetes": {"cluster": {"exec": {"command": "other-token"}}}},
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_no_change(name: str, write: Write, generate: Generate) -> None:
    """Neither what is said for the first time, nor another way to the same place."""
    old, change = SAME[name]
    write(old)
    generate()
    write(merged(old, change))
    assert generate()[0] == 0


def test_another_type_stops(project: Path, write: Write, generate: Generate) -> None:
    """One apply can do it, which destroys all the same: it is asked for by name."""
    write(job("aws", "ecs_fargate"))
    generate()
    before = _files(project)
    write(job("aws", "lambda"))
    code, told = generate()
    assert (code, _files(project)) == (1, before)
    assert "its runtime.type from ecs_fargate to lambda under its state, destroying" in told
    assert "--change-runtime jobs/acme/orders.yaml" in told
    assert generate("--change-runtime") == (0, "")
    assert "aws-lambda" in (project / ROOT / "main.tf").read_text()
    assert not (project / ROOT / "leaving.tf").exists()


def test_what_is_left_is_kept_until_applied(
    project: Path, write: Write, generate: Generate
) -> None:
    """``leaving.tf`` stays through changes of the job, is told each time, and goes when told."""
    write(job("gcp", "gke"))
    generate()
    after = job("gcp", "cloud_run_job")
    write(after)
    assert generate("--change-runtime")[0] == 0
    left = (project / ROOT / "leaving.tf").read_text()
    assert "from = module.job.module.workload\n" in left and "provider" not in left
    assert '">= 1.10"' in (project / ROOT / "terraform.tf").read_text()
    write(merged(after, {"runtime": {"max_retries": 1}}))
    code, told = generate()
    assert code == 0 and "leaving.tf is there for one apply" in told
    assert (project / ROOT / "leaving.tf").read_text() == left
    assert generate(command="check")[0] == 0
    assert generate("--applied") == (0, "")
    assert not {"leaving.tf", "removed.tf"} & _files(project).keys()
    assert "What it leaves" not in (project / ROOT / "README.md").read_text()
    assert generate() == (0, "")


def test_a_second_change_keeps_both(project: Path, write: Write, generate: Generate) -> None:
    """What was left before the second change is still left after it; and a return takes it back."""
    write(job("aws", "kubernetes"))
    generate()
    write(job("aws", "databricks"))
    generate("--change-runtime")
    write(job("gcp", "cloud_run_job"))
    assert generate()[0] == 1
    generate("--change-runtime")
    left = (project / ROOT / "leaving.tf").read_text()
    assert [f'provider "{name}"' in left for name in ("aws", "kubernetes", "databricks")] == [
        True
    ] * 3
    write(job("aws", "kubernetes"))
    generate("--change-runtime")
    left = (project / ROOT / "leaving.tf").read_text()
    assert 'provider "databricks"' in left and 'provider "kubernetes"' not in left


def test_manifest_of_an_earlier_dativo(project: Path, write: Write, generate: Generate) -> None:
    """It does not say which runtime it was, but where its providers lead; it is taken as it is."""
    write(job("aws", "kubernetes"))
    generate()
    path = project / ROOT / ".dativo.json"
    document: dict[str, Any] = json.loads(path.read_text())
    del document["runtime"]
    path.write_text(json.dumps(document))
    write(job("aws", "ecs_fargate"))
    code, told = generate()
    assert code == 1 and "its providers from kubernetes to others" in told
    write(merged(job("aws", "kubernetes"), {"runtime": {"cluster_name": "shared"}}))
    assert "its cluster from data to shared" in generate()[1]
    write(job("aws", "kubernetes"))
    assert generate() == (0, "")
    assert json.loads(path.read_text())["runtime"] == "kubernetes"


def test_a_renamed_job_that_keeps_its_state(
    project: Path, write: Write, generate: Generate
) -> None:
    """The new root takes over what the old one made, so it is held to where that is."""
    write(job("aws", "kubernetes"))
    generate()
    write(merged(job("aws", "kubernetes"), {"runtime": {"cluster_name": "shared"}}))
    (project / JOB).rename(project / "jobs" / "acme" / "renamed.yaml")
    for paths in ((), (os.fspath(project / "jobs" / "acme" / "renamed.yaml"),)):
        code, told = generate(*paths)
        assert code == 1 and "its cluster from data to shared" in told
        assert "keep the job's name" in told and "--retire-first" not in told
    assert (project / ROOT / "main.tf").exists()
    write(job("aws", "ecs_fargate"))
    (project / JOB).rename(project / "jobs" / "acme" / "renamed.yaml")
    assert generate("--change-runtime")[0] == 0
    left = project / "generated" / "acme" / "renamed" / "prod" / "leaving.tf"
    assert 'provider "kubernetes"' in left.read_text() and not (project / ROOT).exists()


def test_one_way_at_a_time(generate: Generate) -> None:
    """The three ways to go on exclude each other."""
    with pytest.raises(SystemExit):
        generate("--change-runtime", "--applied")
