"""What is no change of a runtime, and what is left until it is applied."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.plan.promises import Block, job, merged
from tests.tree.runtime_changes import (
    CLUSTER,
    ELSEWHERE,
    JOB,
    ROOT,
    Generate,
    Write,
    account,
    files,
)


def test_going_back_is_no_change(project: Path, write: Write, generate: Generate) -> None:
    """A tombstone whose job is again what it was becomes that root again."""
    old, change, _ = ELSEWHERE["cluster-eks"]
    write(old)
    generate()
    before = files(project)
    write(merged(old, change))
    generate("--retire-first")
    write(old)
    assert generate()[0] == 0
    assert files(project) == before


SAME: dict[str, tuple[Block, Block]] = {
    "account-named": (job("aws", "ecs_fargate"), account("123456789012")),
    "account-left-out": (
        merged(job("aws", "ecs_fargate"), account("123456789012")),
        {"account": None},
    ),
    "slash": (
        job("aws", "databricks"),
        {"databricks": {"host": "https://acme.cloud.databricks.com/"}},
    ),
    "size": (job("gcp", "gke"), {"runtime": {"memory": "4Gi"}}),
    "token-program": (
        merged(job("aws", "kubernetes"), {"runtime": {"cluster_name": None}, **CLUSTER}),
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
