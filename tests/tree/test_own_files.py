"""A tombstone beside files of the user's: what they need is kept, what is gone is told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.cases.cases import MODULES
from tests.plan.promises import job, merged

JOB = Path("jobs", "acme", "orders.yaml")
ROOT = Path("generated", "acme", "orders", "prod")
STONE = {"terraform.tf", "backend.tf", "providers.tf", "README.md", ".dativo.json"}
Retire = Callable[[dict[str, str]], str]
Generate = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two jobs; one of them goes."""
    (tmp_path / JOB).parent.mkdir(parents=True)
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(MODULES, tmp_path / "modules", ignore=kept_out)
    backend = {"type": "s3", "bucket": "acme-state", "region": "us-east-1"}
    more = {"terraform": {"backend": backend}, "tags": {"team": "data"}}
    # The image is a variable of the root, and the bucket is looked up.
    infrastructure = merged(
        merged(job("aws", "ecs_fargate"), more),
        {"runtime": {"image": "registry.acme.example/etl:${IMAGE_TAG}"}},
    )
    text = {"tenant_id": "acme", "environment": "prod", "finops": {"cost_center": "FIN-001"}}
    for name in (JOB.name, "keep.yaml"):
        file = tmp_path / JOB.with_name(name)
        file.write_text(json.dumps({**text, "infrastructure": infrastructure}), encoding="utf-8")
    return tmp_path


@pytest.fixture
def generate(project: Path, capsys: pytest.CaptureFixture[str]) -> Generate:
    """Run the command; its exit code and what it wrote to stderr."""

    def call(command: str = "generate", *options: str) -> tuple[int, str]:
        code = main([command, "--project", os.fspath(project), *options])
        return code, capsys.readouterr().err

    return call


@pytest.fixture
def retire(project: Path, generate: Generate) -> Retire:
    """Lay files beside the root, take its job away, and generate; what was said of the files."""

    def call(files: dict[str, str]) -> str:
        assert generate()[0] == 0
        for name, text in files.items():
            (project / ROOT / name).write_text(text, encoding="utf-8")
        (project / JOB).unlink()
        code, told = generate()
        assert code == 0
        return "\n".join(line for line in told.splitlines() if "refers to" in line)

    return call


def _names(project: Path) -> set[str]:
    return {path.name for path in (project / ROOT).iterdir()}


KEPT = {
    "locals.tf": 'resource "aws_sqs_queue" "mine" {\n  tags = merge(local.tags, { a = "b" })\n}\n',
    "variables.tf": 'output "x" {\n  value = "tag ${var.image_tag}"\n}\n',
    "data.tf": 'output "x" {\n  value = data.aws_vpc.this.cidr_block\n}\n',
}


@pytest.mark.parametrize("name", KEPT)
def test_what_can_be_kept_is_kept(
    name: str, project: Path, retire: Retire, generate: Generate
) -> None:
    """Locals, variables and look-ups stay as they were while a file refers to them; the next run
    changes nothing, and they go with the file.
    """
    generate()
    text = (project / ROOT / name).read_text()
    assert retire({"mine_extra.tf": KEPT[name]}) == ""
    assert _names(project) == STONE | {name, "mine_extra.tf"}
    assert (project / ROOT / name).read_text() == text
    readme = (project / ROOT / "README.md").read_text()
    assert "- `mine_extra.tf`\n" in readme and f"`{name}` stays too" in readme
    assert generate("check")[0] == 0
    (project / ROOT / "mine_extra.tf").unlink()
    assert generate()[0] == 0
    assert _names(project) == STONE
    assert "Files of yours" not in (project / ROOT / "README.md").read_text()


GONE = {
    "mine_extra.tf": ('output "x" {\n  value = module.job.id\n}\n', "module.job (line 2)"),
    "text_extra.tf": (
        'output "x" {\n  value = "a ${module.job.id}"\n}\n\nmodule "b" {\n\n  c = module.job.id\n}',
        "module.job (lines 2, 7)",
    ),
    "here_extra.tf": (
        'output "x" {\n  value = <<-EOT\n    # ${module.job.id}\n  EOT\n}\n',
        "module.job (line 3)",
    ),
    "override.tf": ('module "job" {\n  cpu = 2\n}\n', "module.job (line 1)"),
    "more_override.tf": ('\noutput "id" {\n  value = 1\n}\n', "output.id (line 2)"),
    "json_extra.tf.json": (
        '{"output": {"x": {"value":\n "${module.job.id}"}}}\n',
        "module.job (line 2)",
    ),
    "both_extra.tf": (
        'output "x" {\n  value = var.nobody\n}\noutput "y" {\n  value = module.job.id\n}\n',
        "module.job (line 5) and var.nobody (line 2)",
    ),
    "tofu_extra.tofu": ('output "x" {\n  value = module.job.id\n}\n', "module.job (line 2)"),
}


@pytest.mark.parametrize("name", GONE)
def test_what_is_gone_is_told(name: str, project: Path, retire: Retire, generate: Generate) -> None:
    """One warning a file, at its line, again until it is mended; the README says so too."""
    text, said = GONE[name]
    told = retire({name: text})
    for part in said.split(" and "):
        assert part in told
    assert f"{ROOT}/{name}:" in told and told.count("warning:") == 1
    readme = (project / ROOT / "README.md").read_text()
    assert f"- `{name}`: first take out `" in readme
    assert "cannot plan this root" in readme
    assert "refers to" in generate()[1]
    assert "refers to" in generate("check")[1]
    (project / ROOT / name).write_text("# nothing\n" if "json" not in name else "{}\n")
    assert "refers to" not in generate()[1]


UNTOUCHED = {
    "comments_extra.tf": "# module.job\n// local.tags\n/* module.job\n var.x */\n",
    "words_extra.tf": 'output "x" {\n  description = "what module.job is"\n  value = 1\n}\n',
    "others_extra.tf": 'output "x" {\n  value = module.jobs.id\n}\nmodule "jobs" {\n}\n',
    "own_extra.tf": 'variable "x" {}\nlocals {\n  y = var.x\n}\noutput "y" {\n  value = local.y\n}',
    "notes.md": "module.job\n",
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_what_refers_to_nothing_of_ours(name: str, project: Path, retire: Retire) -> None:
    """It is no hindrance: nothing is told and nothing is kept for it."""
    assert retire({name: UNTOUCHED[name]}) == ""
    assert _names(project) == STONE | {name}


def test_an_edited_file_is_not_kept(project: Path, retire: Retire, generate: Generate) -> None:
    """What somebody edited is told as such, as anywhere."""
    generate()
    path = project / ROOT / "locals.tf"
    path.write_text(path.read_text() + "# mine\n")
    (project / ROOT / "mine_extra.tf").write_text(KEPT["locals.tf"])
    (project / JOB).unlink()
    code, told = generate()
    assert code == 1 and "locals.tf is no longer generated, but was edited by hand" in told


def test_a_link_is_not_followed(project: Path, retire: Retire) -> None:
    """Nor does it stop the run: it is the user's."""
    (project / "away.tf").write_text("# module.job\n")
    (project / ROOT).mkdir(parents=True)
    (project / ROOT / "mine_extra.tf").symlink_to(project / "away.tf")
    assert retire({}) == ""
    assert "- `mine_extra.tf`\n" in (project / ROOT / "README.md").read_text()
