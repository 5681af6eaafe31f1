"""What was applied stays, whatever a job is called and whoever wrote its root: real Terraform."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.terraform_run import run
from tests.moving.conftest import git
from tests.moving.hand_written import MAIN, MORE
from tests.repository import Repository
from tests.user_environment import environment_of

_GCS = 'backend "gcs" {\n    bucket = "acme-terraform-state"\n    prefix = "etl/refunds"\n  }'


class Roots:
    """Runs Terraform in the roots of a project, with stand-ins for the providers."""

    def __init__(self, folder: Path, mirror: Mirror, program: str) -> None:
        self._folder, self._program = folder, program
        given = {"TF_VAR_image_tag": "1.0", "TF_VAR_team": "payments"}
        self._environment = environment_of(os.environ, {**mirror.environment(), **given})

    def __call__(self, root: str, *arguments: str) -> str:
        """Run it in a root; it succeeds."""
        ran = run(self._program, list(arguments), str(self._folder / root), self._environment)
        assert ran.code == 0, ran.stdout + ran.stderr
        return ran.stdout

    def actions(self, root: str) -> dict[str, list[str]]:
        """What a plan does to each resource that does not stay as it is."""
        self(root, "init", "-no-color", "-reconfigure")
        self(root, "plan", "-no-color", "-out", "plan.tfplan")
        document: Any = json.loads(self(root, "show", "-json", "plan.tfplan"))
        return {
            one["address"]: one["change"]["actions"]
            for one in document["resource_changes"]
            if one["mode"] == "managed" and one["change"]["actions"] != ["no-op"]
        }


def _imported(project: Repository, terraform: Roots) -> None:
    """With the state of the old root a new one imports all that is there, and creates nothing."""
    hand, job = project.folder / "infra/refunds", project.folder / "jobs/acme/imported.yaml"
    state = str(hand / "terraform.tfstate")
    there = terraform("infra/refunds", "state", "list").split()
    options = ("--name", "imported", "--state", state, "--accept-tags", "-o", str(job))
    done = project.run("adopt", str(hand), *options)
    assert done.code == 0, done.out
    assert project.run("generate").code == 0
    root = "generated/acme/imported/prod"
    terraform.actions(root)
    document: Any = json.loads(terraform(root, "show", "-json", "plan.tfplan"))
    changes = [one for one in document["resource_changes"] if one["mode"] == "managed"]
    imported = {one["address"] for one in changes if "importing" in one["change"]}
    managed = [
        one for one in there if not one.rpartition("module.pipeline.")[2].startswith("data.")
    ]
    assert imported == {one.replace("module.pipeline", "module.job") for one in managed}
    job.unlink()
    shutil.rmtree(project.folder / root)


@pytest.mark.deep
def test_a_life(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    mirror: Mirror,
    terraform_program: Terraform,
) -> None:
    """A hand-written root is applied and adopted, its job is renamed: neither destroys or creates
    anything. Then it retires, and only that destroys.
    """
    project = Repository(tmp_path / "project", capsys)
    project.edit(
        "dativo.yaml", "    terraform: {backend: {type: gcs, bucket: acme-terraform-state}}\n", ""
    )
    project.write("infra/refunds/main.tf", MAIN.replace(_GCS, 'backend "local" {}'))
    project.write("infra/refunds/more.tf", MORE)
    terraform = Roots(project.folder, mirror, terraform_program.path)
    assert {*map(str, terraform.actions("infra/refunds").values())} == {"['create']"}
    terraform("infra/refunds", "apply", "-no-color", "plan.tfplan")

    project.edit("infra/refunds/main.tf", "team = var.team", 'team = "payments"')
    _imported(project, terraform)
    file, root = "jobs/acme/refunds.yaml", "generated/acme/refunds/prod"
    hand = str(project.folder / "infra/refunds")
    done = project.run("adopt", hand, "--accept-tags", "-o", str(project.folder / file))
    assert done.code == 0, done.out
    state = project.folder / root / "terraform.tfstate"
    (project.folder / "infra/refunds/terraform.tfstate").rename(state)
    shutil.rmtree(project.folder / "infra")
    assert project.run("generate").code == 0
    adopted = terraform.actions(root)
    assert adopted and {*map(str, adopted.values())} == {"['update']"}
    terraform(root, "apply", "-no-color", "plan.tfplan")

    assert project.run("rename", "refunds", "returns").code == 0
    root = "generated/acme/returns/prod"
    renamed = terraform.actions(root)
    assert renamed and {*map(str, renamed.values())} == {"['update']"}
    terraform(root, "apply", "-no-color", "plan.tfplan")
    assert terraform.actions(root) == {}

    (project.folder / root / "adopted_extra.tf").unlink()
    git(project.folder, "init", "--quiet")
    git(project.folder, "add", "jobs")
    git(project.folder, "commit", "--quiet", "--message", "first")
    done = project.run("retire", "returns")
    assert done.code == 0, done.err
    assert "resources that its state has" in done.out
    assert {*map(str, terraform.actions(root).values())} == {"['delete']"}
    terraform(root, "apply", "-no-color", "plan.tfplan")
    (project.folder / root / "plan.tfplan").unlink()
    assert project.run("prune").code == 0 and not (project.folder / root).exists()
