"""A cluster of the job's own that is replaced under its name: nothing inside is lost in silence."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from tests.plan.promises import job, merged
from tests.terraform.conftest import Command
from tests.terraform.roots import REPOSITORY

pytestmark = pytest.mark.terraform

JOB = Path("jobs", "acme", "orders.yaml")
CLUSTERS = {
    "gke": ("gcp", "google_container_cluster"),
    "aks": ("azure", "azurerm_kubernetes_cluster"),
}
# The pools of AKS name their cluster by its id, which the provider replaces them for.
TIED = ("kubernetes_", "google_container_node_pool")
REPLACED = ["delete", "create"]


def _applied(project: Path, kind: str, command: Command) -> Path:
    """The root of one job, applied; its state is in a local file."""
    backend = {"type": "local", "path": "terraform.tfstate"}
    local = {"terraform": {"backend": backend, "verify_existing": False}}
    text = {
        "tenant_id": "acme",
        "environment": "prod",
        "finops": {"cost_center": "FIN-001", "owner": "data"},
        "infrastructure": merged(job(CLUSTERS[kind][0], kind), local),
    }
    (project / JOB).parent.mkdir(parents=True)
    (project / JOB).write_text(json.dumps(text), encoding="utf-8")
    (project / "dativo.yaml").write_text("{}\n", encoding="utf-8")
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(REPOSITORY / "modules", project / "modules", ignore=kept_out)
    assert main(["generate", "--project", os.fspath(project)]) == 0
    root = project / "generated" / "acme" / "orders" / "prod"
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    return root


def _actions(root: Path, command: Command) -> dict[str, list[str]]:
    """Address to actions in the saved plan, of objects inside the cluster and of tied pools."""
    changes: list[dict[str, Any]] = command(root, "show", "-json", "step").data()[
        "resource_changes"
    ]
    return {
        change["address"]: change["change"]["actions"]
        for change in changes
        if change["type"].startswith(TIED)
    }


@pytest.mark.deep
@pytest.mark.parametrize("kind", CLUSTERS)
def test_what_is_inside_never_counts_as_unchanged(
    kind: str, tmp_path: Path, command: Command
) -> None:
    """The address of a new cluster is not known to the plan, so people plan without a refresh.
    Then either all objects and pools are replaced with the cluster, or Terraform refuses: the
    provider of the objects needs the cluster, whose end waits for theirs. Once they are forgotten,
    one apply makes everything, and the plan after it is empty.
    """
    root = _applied(tmp_path, kind, command)
    cluster = f"-replace=module.job.{CLUSTERS[kind][1]}.this"
    plan = ("plan", "-input=false", "-no-color", "-out=step", cluster)
    ran = command(root, *plan, "-refresh=false", expect=None)
    if ran.code == 0:
        moved = _actions(root, command)
        assert len(moved) >= 6
        assert [address for address, actions in moved.items() if actions != REPLACED] == []
    else:
        assert "Error: Cycle" in ran.stdout + ran.stderr

    command(root, "state", "rm", "module.job.module.workload")
    command(root, *plan)
    moved = _actions(root, command)
    inside = {address for address in moved if ".module.workload." in address}
    assert len(inside) >= 6
    assert {tuple(moved[address]) for address in inside} == {("create",)}
    assert {tuple(moved[address]) for address in moved.keys() - inside} <= {tuple(REPLACED)}
    command(root, "apply", "-input=false", "step")
    command(root, "plan", "-detailed-exitcode", "-input=false")
