"""Fixtures of the tree tests."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.cases.cases import MODULES
from tests.plan.promises import Block, merged
from tests.repository import Repository
from tests.tree.runtime_changes import (
    JOB,
    Generate,
    Write,
)
from tests.tree.trees import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """An empty project."""
    return Tree(tmp_path / "project")


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without jobs."""
    return Repository(tmp_path / "project", capsys)


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
