"""A root whose runtime becomes another one under its state: nothing that it made is lost."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from tests.deep import sampled
from tests.plan.promises import Block, job, merged
from tests.terraform.conftest import Command
from tests.terraform.roots import REPOSITORY

pytestmark = pytest.mark.terraform

JOB = Path("jobs", "acme", "orders.yaml")
# Another runtime of the same cloud, where only the old one was inside of a cluster or a workspace,
# a cluster of the job's own for an existing one, and another cloud.
AT_ONCE = (
    (("aws", "kubernetes"), ("aws", "ecs_fargate")),
    (("azure", "databricks"), ("azure", "container_apps_job")),
    (("gcp", "gke"), ("gcp", "kubernetes")),
    (("azure", "aks"), ("azure", "databricks")),
    (("aws", "lambda"), ("gcp", "cloud_run_job")),
)
_EKS, _WORKSPACE = job("aws", "kubernetes"), job("aws", "databricks")
_CLUSTER = {"endpoint": "https://k8s.acme.example", "exec": {"command": "acme-token"}}
_ADDRESS = merged(_EKS, {"runtime": {"cluster_name": None}, "kubernetes": {"cluster": _CLUSTER}})
_OTHER_ADDRESS = {"kubernetes": {"cluster": {"endpoint": "https://other.acme.example"}}}
_OTHER_HOST = {"databricks": {"host": "https://other.cloud.databricks.com"}}
ELSEWHERE: dict[str, tuple[Block, Block]] = {
    "cluster": (_EKS, merged(_EKS, {"runtime": {"cluster_name": "other"}})),
    "host": (_WORKSPACE, merged(_WORKSPACE, _OTHER_HOST)),
    "address": (_ADDRESS, merged(_ADDRESS, _OTHER_ADDRESS)),
    "cloud": (_EKS, job("gcp", "kubernetes")),
    "own-cluster": (job("gcp", "kubernetes"), job("gcp", "gke")),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the modules and no job."""
    (tmp_path / JOB).parent.mkdir(parents=True)
    (tmp_path / "dativo.yaml").write_text("{}\n", encoding="utf-8")
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(REPOSITORY / "modules", tmp_path / "modules", ignore=kept_out)
    return tmp_path


def _write(project: Path, infrastructure: Block) -> None:
    """The one job, whose state is in a local file."""
    backend = {"type": "local", "path": "terraform.tfstate"}
    local = {"terraform": {"backend": backend, "verify_existing": False}}
    text = {
        "tenant_id": "acme",
        "environment": "prod",
        "finops": {"cost_center": "FIN-001", "owner": "data"},
        "infrastructure": merged(infrastructure, local),
    }
    (project / JOB).write_text(json.dumps(text), encoding="utf-8")


def _generate(project: Path, *options: str, expect: int = 0) -> Path:
    assert main(["generate", "--project", os.fspath(project), *options]) == expect
    return project / "generated" / "acme" / "orders" / "prod"


def _applied(project: Path, command: Command) -> Path:
    root = _generate(project)
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    return root


def _made(root: Path) -> set[str]:
    """What the state manages: type, and where it is, to its id."""
    state: dict[str, Any] = json.loads((root / "terraform.tfstate").read_text(encoding="utf-8"))
    return {
        f"{entry.get('module', '')} {entry['type']} {instance['attributes']['id']}"
        for entry in state["resources"]
        if entry["mode"] == "managed"
        for instance in entry["instances"]
    }


def _planned(root: Path, command: Command) -> dict[str, set[str]]:
    """Action to the addresses that Terraform plans it for, kept in the file ``step``."""
    command(root, "init", "-input=false")
    command(root, "plan", "-input=false", "-out=step")
    changes = command(root, "show", "-json", "step").data()["resource_changes"]
    found: dict[str, set[str]] = {}
    for change in changes:
        for action in change["change"]["actions"]:
            found.setdefault(action, set()).add(change["address"])
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    sampled(
        {"-".join((*old, *new)): (old, new) for old, new in AT_ONCE},
        *("azure-databricks-azure-container_apps_job", "aws-lambda-gcp-cloud_run_job"),
    ),
)
def test_one_apply_destroys_the_old_and_makes_the_new(
    old: tuple[str, str], new: tuple[str, str], project: Path, command: Command
) -> None:
    """The old provider is kept for one apply, in which all that the job had is destroyed, or
    forgotten where it goes with its cluster. After that the root is as if it never was another.
    """
    _write(project, job(*old))
    root = _applied(project, command)
    before = _made(root)
    _write(project, job(*new))
    _generate(project, expect=1)
    assert _made(root) == before

    _generate(project, "--change-runtime")
    planned = _planned(root, command)
    addresses = {change for action in ("delete", "forget") for change in planned.get(action, ())}
    assert len(addresses) == len(before), (addresses, before)
    inside = {address for address in addresses if ".module.workload." in address}
    assert planned.get("forget", set()) == inside
    command(root, "apply", "-input=false", "step")
    assert _made(root) & before == set() != _made(root)

    _generate(project, "--applied")
    assert not (root / "leaving.tf").exists()
    command(root, "init", "-input=false")
    command(root, "plan", "-detailed-exitcode", "-input=false")
    fresh = {path.name: path.read_text("utf-8") for path in root.glob("*.tf")}
    shutil.move(root, project / "moved")
    again = _generate(project)
    assert {path.name: path.read_text("utf-8") for path in again.glob("*.tf")} == fresh


@pytest.mark.parametrize("name", sampled({name: name for name in ELSEWHERE}, "address", "host"))
def test_another_place_takes_two_applies(name: str, project: Path, command: Command) -> None:
    """One provider cannot lead to two places, so what the job had is destroyed by a tombstone
    that leads to the old one, and is not forgotten; then the root is made in the new one.
    """
    old, new = ELSEWHERE[name]
    _write(project, old)
    root = _applied(project, command)
    before = _made(root)
    _write(project, new)
    _generate(project, expect=1)

    _generate(project, "--retire-first")
    _generate(project)
    planned = _planned(root, command)
    assert planned.keys() == {"delete"} and len(planned["delete"]) == len(before)
    command(root, "apply", "-input=false", "step")
    assert _made(root) == set()

    _generate(project, "--applied")
    assert _planned(root, command).keys() <= {"create", "read"}
    command(root, "apply", "-input=false", "step")
    _generate(project)
    command(root, "plan", "-detailed-exitcode", "-input=false")


def test_a_job_that_goes_in_the_middle_leaves_nothing(project: Path, command: Command) -> None:
    """The tombstone of a root that was on its way still reaches what it left."""
    _write(project, job("aws", "kubernetes"))
    root = _applied(project, command)
    before = _made(root)
    _write(project, job("aws", "ecs_fargate"))
    _generate(project, "--change-runtime")
    (project / JOB).unlink()
    _generate(project)
    planned = _planned(root, command)
    assert planned.keys() == {"delete"} and len(planned["delete"]) == len(before)
    command(root, "apply", "-input=false", "step")
    assert _made(root) == set()
