"""Roots with objects inside a cluster or a workspace, from the first apply to the tombstone."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.plan.runtimes.table import RUNTIMES
from tests.deep import sampled
from tests.plan.promises import Block, job, merged
from tests.terraform.conftest import Command
from tests.terraform.roots import REPOSITORY

pytestmark = pytest.mark.terraform

JOB = Path("jobs", "acme", "orders.yaml")
# The cluster goes with the job, and what is inside goes with the cluster.
OWN = sorted((row.cloud, row.type) for row in RUNTIMES.values() if row.gone_with)
EXISTING = sorted(key for key in RUNTIMES if key[1] in ("kubernetes", "databricks"))
FORGOTTEN = "Some objects will no longer be managed by Terraform"


def _project(folder: Path, infrastructure: Block) -> Path:
    """A project with one job whose state is in a local file."""
    # What is looked up has tests of its own, and stand-ins do not know what is expected of it.
    backend = {"type": "local", "path": "terraform.tfstate"}
    local = {"backend": backend, "verify_existing": False}
    text = {
        "tenant_id": "acme",
        "environment": "prod",
        "finops": {"cost_center": "FIN-001", "owner": "data"},
        "infrastructure": merged(infrastructure, {"terraform": local}),
    }
    (folder / JOB).parent.mkdir(parents=True)
    (folder / JOB).write_text(json.dumps(text), encoding="utf-8")
    (folder / "dativo.yaml").write_text("{}\n", encoding="utf-8")
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(REPOSITORY / "modules", folder / "modules", ignore=kept_out)
    return folder


def _generate(project: Path) -> Path:
    assert main(["generate", "--project", os.fspath(project)]) == 0
    return project / "generated" / "acme" / "orders" / "prod"


def _retired(project: Path, command: Command) -> tuple[Path, str]:
    """Apply the root, remove the job, and plan the tombstone; its folder, and what it plans."""
    root = _generate(project)
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    (project / JOB).unlink()
    assert _generate(project) == root
    assert not (root / "main.tf").exists()
    command(root, "init", "-input=false")
    planned = command(root, "plan", "-input=false", "-no-color", "-out=retired").stdout
    assert "0 to add, 0 to change" in planned
    return root, planned


def _is_settled(root: Path, command: Command) -> None:
    """After the tombstone's apply nothing is left, and nothing is left to do."""
    command(root, "apply", "-input=false", "retired")
    state: dict[str, Any] = json.loads((root / "terraform.tfstate").read_text(encoding="utf-8"))
    managed = [entry for entry in state["resources"] if entry["mode"] == "managed"]
    assert (managed, state["outputs"]) == ([], {})
    command(root, "plan", "-detailed-exitcode", "-input=false")


@pytest.mark.parametrize(
    ("cloud", "kind"),
    sampled({"-".join(row): row for row in EXISTING}, "aws-databricks", "azure-kubernetes"),
)
def test_what_is_in_an_existing_cluster_is_destroyed(
    cloud: str, kind: str, tmp_path: Path, command: Command
) -> None:
    """The tombstone still knows how to reach the cluster or workspace, so that a plain apply
    destroys what the job had there.
    """
    root, planned = _retired(_project(tmp_path, job(cloud, kind)), command)
    name = "databricks" if kind == "databricks" else "kubernetes"
    assert f'provider "{name}"' in (root / "providers.tf").read_text(encoding="utf-8")
    assert FORGOTTEN not in planned
    _is_settled(root, command)


@pytest.mark.parametrize(
    ("cloud", "kind"), sampled({"-".join(row): row for row in OWN}, "azure-aks")
)
def test_what_is_in_a_cluster_of_its_own_goes_with_it(
    cloud: str, kind: str, tmp_path: Path, command: Command
) -> None:
    """The tombstone forgets what is inside, which it has no provider for any more, and destroys
    the cluster; Terraform asks nobody about what it forgets.
    """
    root, planned = _retired(_project(tmp_path, job(cloud, kind)), command)
    assert 'provider "kubernetes"' not in (root / "providers.tf").read_text(encoding="utf-8")
    assert FORGOTTEN in planned
    assert "_cluster.this will be destroyed" in planned
    traced = command(root, "plan", "-input=false", TF_LOG="trace").stderr
    asked = [line for line in traced.splitlines() if "ReadResource" in line]
    assert [line for line in asked if "kubernetes_namespace" in line] == []
    _is_settled(root, command)


def test_any_other_cluster_is_reached_by_its_address(tmp_path: Path, command: Command) -> None:
    """Neither the root nor its tombstone needs a cloud's provider or a data source then."""
    plugin = {"command": "acme-token", "args": ["get"], "env": {"reference": "x"}}
    cluster = {"endpoint": "https://k8s.acme.example:6443", "exec": plugin}
    whole = {**job("aws", "kubernetes"), "kubernetes": {"cluster": cluster}}
    project = _project(tmp_path, merged(whole, {"runtime": {"cluster_name": None}}))
    root, _ = _retired(project, command)
    providers = (root / "providers.tf").read_text(encoding="utf-8")
    assert "k8s.acme.example" in providers
    assert 'provider "aws"' not in providers
    assert not (root / "data.tf").exists()
    _is_settled(root, command)
