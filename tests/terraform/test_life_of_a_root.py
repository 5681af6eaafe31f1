"""What becomes of a root over time: its job goes, files of the user's stand beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.rehearsal.cloud import ATTRIBUTION
from generator.rehearsal.scratch import TAGS_OUTPUT
from generator.tree.state_file import resources_in
from tests.terraform.conftest import Command
from tests.terraform.projects import JOB, generate, write_project
from tests.terraform.roots import outputs_of

pytestmark = pytest.mark.terraform

EXTRA = {
    "aws": ('resource "aws_sqs_queue" "mine" {\n  name = "acme-mine"\n}\n', "tags_all"),
    "gcp": (
        'resource "google_pubsub_topic" "mine" {\n  name = "acme-mine"\n}\n',
        "effective_labels",
    ),
}


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_the_root_of_a_job_that_is_gone_destroys(
    cloud: str, tmp_path: Path, command: Command
) -> None:
    """A plain apply of the tombstone, on the state that the root left, destroys everything; after
    that its plan is empty, and the folder can go. A local backend is what this job asks for, so
    nothing is replaced.
    """
    project = write_project(tmp_path, cloud)
    root = generate(project)
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    made = command(root, "state", "list").stdout.splitlines()
    assert len([address for address in made if ".data." not in address]) >= 3
    (project / JOB).unlink()
    assert generate(project) == root
    assert not (root / "main.tf").exists()
    command(root, "init", "-input=false")
    planned = command(root, "plan", "-input=false", "-out=retired")
    assert "0 to add, 0 to change" in planned.stdout
    command(root, "apply", "-input=false", "retired")
    state = json.loads((root / "terraform.tfstate").read_text(encoding="utf-8"))
    assert (state["resources"], state["outputs"]) == ([], {})
    command(root, "plan", "-detailed-exitcode", "-input=false")
    assert resources_in(command(root, "state", "pull").stdout) == 0
    (root / "retired").unlink()  # a plan is the user's own file
    assert main(["prune", "--project", str(project)]) == 0
    assert not root.exists()


@pytest.mark.parametrize("cloud", sorted(EXTRA))
def test_a_file_of_the_users_gets_the_tags(
    cloud: str, tmp_path: Path, lay_out: Callable[..., str], command: Command
) -> None:
    """A resource in a hand-written ``*_extra.tf`` has the tags of the root, through the provider's
    default_tags or default_labels; generating again leaves the file alone.
    """
    text, location = EXTRA[cloud]
    (tmp_path / "project").mkdir()
    project = write_project(tmp_path / "project", cloud)
    extra = generate(project) / "queue_extra.tf"
    extra.write_text(text, encoding="utf-8")
    folder = lay_out(generate(project))
    assert extra.read_text(encoding="utf-8") == text
    command(folder, "init", "-input=false")
    command(folder, "apply", "-auto-approve", "-input=false")
    shown = command(folder, "show", "-json").data()
    expected = outputs_of(shown)[TAGS_OUTPUT]
    resources = shown["values"]["root_module"]["resources"]
    (mine,) = [one for one in resources if one["mode"] == "managed"]
    found = {k: v for k, v in mine["values"][location].items() if k not in ATTRIBUTION}
    assert found == expected != {}


def test_a_tombstone_beside_files_of_the_users(
    tmp_path: Path, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    """What they say of the tags still holds, so the apply destroys what the job made and leaves
    what they make. A reference to the module call keeps Terraform from planning, as was told.
    """
    project = write_project(tmp_path, "aws")
    root = generate(project)
    queue = 'resource "aws_sqs_queue" "mine" {\n  name = "acme-mine"\n  tags = local.tags\n}\n'
    (root / "queue_extra.tf").write_text(queue, encoding="utf-8")
    output = 'output "mine" {\n  value = module.job.id\n}\n'
    (root / "output_extra.tf").write_text(output, encoding="utf-8")
    command(root, "init", "-input=false")
    command(root, "apply", "-auto-approve", "-input=false")
    (project / JOB).unlink()
    capsys.readouterr()
    generate(project)
    told = capsys.readouterr().err
    assert "output_extra.tf refers to module.job (line 2)" in told and "queue_extra" not in told
    command(root, "init", "-input=false", expect=None)
    failed = command(root, "plan", "-input=false", "-no-color", expect=1)
    assert "Reference to undeclared module" in failed.stderr
    (root / "output_extra.tf").unlink()
    generate(project)
    command(root, "init", "-input=false")
    planned = command(root, "plan", "-input=false", "-out=retired", "-no-color")
    assert "0 to add, 0 to change" in planned.stdout
    command(root, "apply", "-input=false", "retired")
    assert command(root, "state", "list").stdout.split() == ["aws_sqs_queue.mine"]
