"""What `dativo adopt` makes of a root that Terraform itself would not take as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.moving.hand_written import MAIN, MORE, VALUES
from tests.repository import Repository

HAND = "infra/refunds"


@pytest.fixture
def written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A project with a hand-written root and no job."""
    repository = Repository(tmp_path / "project", capsys)
    repository.write(f"{HAND}/main.tf", MAIN)
    repository.write(f"{HAND}/more.tf", MORE)
    repository.write(f"{HAND}/terraform.tfvars", VALUES)
    return repository


def test_a_default_that_only_terraform_could_evaluate(written: Repository) -> None:
    """Such a variable waits for its value like one that has no default, and is nobody's bug."""
    default = 'variable "image_tag" { default = timestamp() }'
    written.edit(f"{HAND}/main.tf", 'variable "image_tag" { type = string }', default)
    done = written.run("adopt", str(written.folder / HAND))
    assert done.code == 2 and 'image: "example/etl:${IMAGE_TAG}"' in done.out, done.err


@pytest.mark.parametrize("header", ["output", "variable", 'provider "google" "x"', "module"])
def test_a_block_without_its_one_name(written: Repository, header: str) -> None:
    """It is told at its line, since Terraform would refuse it, too."""
    written.write(f"{HAND}/more.tf", f"\n{header} {{\n}}\n")
    done = written.run("adopt", str(written.folder / HAND))
    kind, *names = header.split(" ")
    said = f'{HAND}/more.tf:2:1: error: this block "{kind}" needs one name, and has {len(names)}'
    assert done.code == 1 and said in done.err, done.err


def test_signs_before_an_escaped_directive(written: Repository) -> None:
    """As many of them as Terraform reads: the first of three stands for itself."""
    greeting = '  environment_variables = { A = "100%%%{{x}}$$${y}" }\n'
    written.edit(f"{HAND}/main.tf", "  max_retries = 2\n", f"  max_retries = 2\n{greeting}")
    done = written.run("adopt", str(written.folder / HAND))
    assert 'A: "100%%{{x}}$$${y}"' in done.out, done.out + done.err
