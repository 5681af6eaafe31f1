"""Jobs that need jobs, with Terraform on the stand-in providers: one reads what another put out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.rehearse import rehearse
from generator.rehearsal import mirror as mirror_module
from generator.rehearsal.mirror import Mirror
from tests.terraform.conftest import Command
from tests.terraform.projects import copy_modules

pytestmark = pytest.mark.terraform

SETTINGS = """\
defaults:
  infrastructure:
    provider: gcp
    region: europe-west1
    account: {project_id: acme-data}
    runtime: {type: cloud_run_job, image: "example.com/etl:1"}
    tags: {owner: data, cost_center: FIN-001}
    terraform: {backend: {type: local}}
"""
LAND = """\
tenant_id: acme
environment: prod
infrastructure: {}
"""
MART = """\
tenant_id: acme
environment: prod
needs: [land]
infrastructure:
  runtime:
    environment:
      UPSTREAM: "job {{jobs.land.outputs.cloud_run_job_name}} of {{jobs.land.outputs.id}}"
"""
REPORT = """\
tenant_id: acme
environment: prod
needs: [mart, land]
infrastructure:
  runtime: {environment: {MART: "{{jobs.mart.outputs.id}}"}}
"""


def write_project(folder: Path, settings: str = "") -> Path:
    """A chain of three jobs; returns the folder of their roots."""
    (folder / "jobs").mkdir()
    (folder / "dativo.yaml").write_text(SETTINGS + settings, encoding="utf-8")
    for name, text in {"land": LAND, "mart": MART, "report": REPORT}.items():
        (folder / "jobs" / f"{name}.yaml").write_text(text, encoding="utf-8")
    copy_modules(folder)
    assert main(["generate", "--project", str(folder)]) == 0
    return folder / "generated" / "acme"


def test_reads_what_was_applied(tmp_path: Path, command: Command) -> None:
    """Before the other root is applied the plan is refused; afterwards its outputs are in the
    container's environment, and the second plan is empty.
    """
    roots = write_project(tmp_path)
    land, mart = roots / "land" / "prod", roots / "mart" / "prod"
    command(mart, "init", "-input=false")
    refused = command(mart, "plan", "-input=false", expect=1)
    assert "Unable to find remote state" in refused.stdout + refused.stderr
    command(land, "init", "-input=false")
    command(land, "apply", "-auto-approve", "-input=false")
    outputs = json.loads(command(land, "output", "-json").stdout)
    command(mart, "apply", "-auto-approve", "-input=false")
    command(mart, "plan", "-detailed-exitcode", "-input=false")
    shown = json.loads(command(mart, "show", "-json").stdout)
    name = outputs["cloud_run_job_name"]["value"]
    assert name and f"job {name} of {outputs['id']['value']}" in json.dumps(shown)


@pytest.mark.deep
@pytest.mark.parametrize("settings", ["", "needs: {read: variable}\n"], ids=["state", "variable"])
def test_rehearse_one_alone(
    settings: str,
    tmp_path: Path,
    mirror: Mirror,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The last of a chain goes through alone: what it needs is rehearsed before, and what that
    put out is what it gets, by state or handed in.
    """
    base = str(Path(mirror.folder).parent)
    monkeypatch.setattr(mirror_module, "default_base", lambda: base)
    roots = write_project(tmp_path, settings)
    root = str(roots / "report" / "prod")
    capsys.readouterr()
    code = rehearse([root], project_dir=str(tmp_path), format="json", keep=True)
    [report] = json.loads(capsys.readouterr().out)
    assert code == 0, report["steps"]
    states = [*Path(report["folder"]).glob("zz_dativo_rehearsal_mart.state.json")]
    values = Path(report["folder"], "zz_dativo_rehearsal.auto.tfvars.json")
    given = states[0].read_text() if states else values.read_text()
    assert "acme" in given and "mart" in given
    assert bool(states) == (settings == "")


@pytest.mark.deep
def test_rehearse_in_another_region(
    tmp_path: Path,
    mirror: Mirror,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What a root away from home takes from the one in its region is handed in by the name that
    its plan has.
    """
    base = str(Path(mirror.folder).parent)
    monkeypatch.setattr(mirror_module, "default_base", lambda: base)
    roots = write_project(tmp_path)
    for name in ("land", "mart"):
        job = tmp_path / "jobs" / f"{name}.yaml"
        text = job.read_text(encoding="utf-8")
        job.write_text("regions: [europe-west1, europe-west4]\n" + text, encoding="utf-8")
    assert main(["generate", "--project", str(tmp_path)]) == 0
    root = str(roots / "mart" / "prod-europe-west4")
    capsys.readouterr()
    code = rehearse([root], project_dir=str(tmp_path), format="json")
    [report] = json.loads(capsys.readouterr().out)
    assert code == 0, report["steps"]


def test_circles_on_disk_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Manifests of two branches that need each other stop a rehearsal before Terraform runs."""
    roots = write_project(tmp_path)
    path = roots / "land" / "prod" / ".dativo.json"
    text = path.read_text(encoding="utf-8")
    needs = '"needs": {"generated/acme/report/prod": ["id"]},\n  "files"'
    path.write_text(text.replace('"files"', needs, 1), encoding="utf-8")
    capsys.readouterr()
    assert rehearse([str(roots / "mart" / "prod")], project_dir=str(tmp_path)) == 1
    assert "need each other in a circle" in capsys.readouterr().err
