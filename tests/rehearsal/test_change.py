"""``dativo rehearse --change``: what a change of the job replaces, and what is lost with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from generator.rehearsal import mirror as mirror_module
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.report import Lost
from generator.rehearsal.text import as_text
from tests.terraform.projects import generate, write_project

pytestmark = pytest.mark.terraform

MAIN = """
provider "google" {
  project = "acme-data"
  region  = "europe-west1"
}
resource "google_artifact_registry_repository" "this" {
  location      = "europe"
  repository_id = "images"
  format        = "DOCKER"
  kms_key_name  = "projects/acme-data/locations/europe/keyRings/acme/cryptoKeys/one"
}
resource "google_artifact_registry_repository_iam_member" "lost" {
  location   = "europe"
  repository = google_artifact_registry_repository.this.repository_id
  role       = "roles/artifactregistry.reader"
  member     = "user:data@acme.com"
}
resource "google_artifact_registry_repository_iam_member" "kept" {
  location   = "europe"
  repository = google_artifact_registry_repository.this.id
  role       = "roles/artifactregistry.writer"
  member     = "user:data@acme.com"
}
resource "google_service_account" "this" {
  account_id  = "acme-orders"
  description = google_artifact_registry_repository.this.repository_id
}
"""


@pytest.fixture(autouse=True)
def own_mirror(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mirror of the run instead of the one in the user's cache."""
    base = str(Path(mirror.folder).parent)
    monkeypatch.setattr(mirror_module, "default_base", lambda: base)


@pytest.mark.deep
def test_changes_are_planned_over_what_was_applied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each change with what it replaces, why, and what stays behind; as text and as data; the
    scratch copy is destroyed with what the root says, not with the last change.
    """
    project = write_project(tmp_path, "gcp")
    root = generate(project)
    before = {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}
    command = ["rehearse", "--change", "--project", str(project), str(root)]
    capsys.readouterr()
    assert main([*command, "--format", "json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    changes = {change["name"]: change for change in report["changes"]}
    assert {"image", "name", "region", "size", "tag"} <= changes.keys()
    assert (changes["image"]["replaced"], changes["image"]["lost"]) == ({}, [])
    assert changes["tag"]["updated"]
    replaced = changes["name"]["replaced"]
    (job,) = [address for address in replaced if ".google_cloud_run_v2_job.this" in address]
    assert replaced[job] == ["name"]
    assert changes["region"]["replaced"][job] == ["location"]
    assert [step["name"] for step in report["steps"]][-2:] == ["changes", "destroy"]
    assert all(step["ok"] for step in report["steps"])
    assert {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()} == before
    assert main(command) == 0
    told = capsys.readouterr().out
    assert "another image: 1 changed in place" in told
    assert f"replaced: {job} (location)" in told


def test_what_is_lost_is_told(
    make_root: Callable[..., str], attached: Mirror, terraform: Terraform
) -> None:
    """A grant that names the repository by its text stays in the plan, and is gone in the cloud;
    one that refers to the id is replaced; a description that mentions it is no matter.
    """
    root = make_root("google", MAIN)
    files = {path.name: path.read_text(encoding="utf-8") for path in Path(root).glob("*.tf")}
    changed = {**files, "main.tf": MAIN.replace("cryptoKeys/one", "cryptoKeys/two")}
    report = rehearse_root(
        root,
        mirror=attached,
        terraform=terraform,
        changes=[("key", changed), ("region", "the job cannot go there")],
    )
    key, region = report.changes
    repository = "google_artifact_registry_repository.this"
    member = "google_artifact_registry_repository_iam_member"
    assert key.replaced == {repository: ("kms_key_name",), f"{member}.kept": ("repository",)}
    assert key.lost == (Lost(f"{member}.lost", repository, "repository"),)
    assert region.diagnostics[0].detail == "the job cannot go there"
    told = as_text(report)
    assert f"LOST: {member}.lost goes with {repository}, which its repository names" in told
    assert "another region: no plan" in told
    assert report.ok
