"""``dativo upgrade``: constraints and versions move in settings, in job files, and in roots."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.terraform.projects import JOB, write_project

SETTINGS = """\
# What all jobs have in common.
terraform:
  providers: {google: ~> 8.0}  # until the next release
"""
ROOT = Path("generated/acme/orders/prod")

Say = Callable[..., tuple[str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project on AWS with a root, and settings that have comments."""
    write_project(tmp_path, "aws")
    (tmp_path / "dativo.yaml").write_text(SETTINGS, encoding="utf-8")
    assert main(["generate", "--project", os.fspath(tmp_path)]) == 0
    return tmp_path


@pytest.fixture
def upgrade(project: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command: what it prints, and its errors."""

    def call(*arguments: str, code: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        assert main(["upgrade", "--project", os.fspath(project), *arguments]) == code
        said = capsys.readouterr()
        return said.out, said.err

    return call


def tree(project: Path) -> dict[Path, bytes]:
    """The files that an upgrade may write."""
    names = ("dativo.yaml", "jobs/**/*", "generated/acme/**/*", "generated/acme/**/.*")
    return {p: p.read_bytes() for name in names for p in project.glob(name) if p.is_file()}


def test_provider(project: Path, upgrade: Say) -> None:
    """A constraint moves in the settings, whose comments stay, and in every root; a dry run shows
    the same and writes nothing; what is so already changes nothing.
    """
    before = tree(project)
    dry, _ = upgrade("--provider", "aws=~>6.5", "--dry-run")
    assert tree(project) == before and "nothing was changed" in dry
    done, _ = upgrade("--provider", "aws=~>6.5")
    assert done == dry.replace("nothing was changed\n", "")
    assert "constraint aws.version: ~> 6.0 -> ~> 6.5\n    in 1 root: generated/acme" in done
    assert "from dativo.yaml:3:" in done and "1 to plan" in done
    text = (project / "dativo.yaml").read_text(encoding="utf-8")
    assert text == SETTINGS.replace("8.0}", '8.0, aws: "~> 6.5"}')
    assert '"~> 6.5"' in (project / ROOT / "terraform.tf").read_text(encoding="utf-8")
    assert main(["check", "--project", os.fspath(project)]) == 0
    assert "pinned like that already" in upgrade("--provider", "aws=~> 6.5")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--provider", "aws=~> 7.0"], 'no version of the provider aws is both "~> 7.0" and'),
        (["--provider", "aws=newest"], "terraform.providers.aws"),
        (["--provider", "aws"], "write NAME=CONSTRAINT"),
        (["--provider", "gogle=~> 8.0"], 'did you mean "google"?'),
        (["--provider", "aws=6.1.0", "--provider", "aws=6.2.0"], "is given twice"),
        (["--module", "v2.0.0"], 'modules come from "modules", which has no version'),
        (["--module", "example.com/x=v2"], "no module from example.com/x is pinned"),
        (["--module", "="], "write VERSION or SOURCE=VERSION"),
    ],
)
def test_refused(project: Path, upgrade: Say, arguments: list[str], said: str) -> None:
    """What cannot be is told, and nothing is written."""
    before = tree(project)
    assert said in upgrade(*arguments, code=1)[1]
    assert tree(project) == before


def test_module(project: Path, upgrade: Say) -> None:
    """The version of all modules moves, and with it that of a job which takes its module from the
    same repository, as a key or in its address; modules from elsewhere stay.
    """
    source = "git::https://example.com/acme/modules.git"
    (project / "dativo.yaml").write_text(
        f"modules:\n  source: {source}  # ours\n  version: v1.0.0\n", encoding="utf-8"
    )
    text = (project / JOB).read_text(encoding="utf-8")
    for name, module in {
        "own": f'{{source: "{source}//aws-ecs-fargate?ref=v1.0.0"}}',
        "other": '{source: "git::https://example.com/other.git?ref=v1.0.0"}',
    }.items():
        (project / f"jobs/acme/{name}.yaml").write_text(
            f"name: {name}\n{text}".replace(
                "  terraform:\n", f"  terraform:\n    module: {module}\n"
            ).replace("path: terraform.tfstate", f"path: {name}.tfstate"),
            encoding="utf-8",
        )
    assert main(["generate", "--project", os.fspath(project)]) == 0
    shown, _ = upgrade()
    assert "provider aws: ~> 6.0 (dativo's own), in 3 roots" in shown
    assert "pinned at dativo.yaml: modules.version: v1.0.0" in shown
    assert "pinned at jobs/acme/other.yaml: infrastructure.terraform.module.source" in shown

    done, _ = upgrade("--module", "v1.5.0")
    assert "2 to plan" in done
    assert "version: v1.5.0\n" in (project / "dativo.yaml").read_text(encoding="utf-8")
    for root, version in {"orders": "v1.5.0", "own": "v1.5.0", "other": "v1.0.0"}.items():
        main_tf = project / f"generated/acme/{root}/prod/main.tf"
        assert f"?ref={version}" in main_tf.read_text(encoding="utf-8")
    upgrade("--module", "example.com/other=v3")
    other = (project / "jobs/acme/other.yaml").read_text(encoding="utf-8")
    assert "example.com/other.git?ref=v3" in other
