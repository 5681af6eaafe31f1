"""The page about jobs that need jobs shows what dativo writes and says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.docs.examples import ROOT, example

PAGE = "docs/needs.md"
LAND = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: gcp
  region: europe-west1
  account: {project_id: acme-data}
  runtime: {type: cloud_run_job, image: "example.com/etl:1"}
"""
SETTINGS = """\
defaults:
  infrastructure:
    tags: {owner: data, cost_center: FIN-001}
    terraform: {backend: {type: gcs, bucket: acme-terraform-state}}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The jobs of the page."""
    folder = tmp_path_factory.mktemp("needs")
    for module in ("gcp-cloud-run-job",):
        (folder / "modules" / module).mkdir(parents=True)
        for file in (ROOT / "modules" / module).glob("*.tf"):
            shutil.copyfile(file, folder / "modules" / module / file.name)
    lay(folder, LAND, example(PAGE, "needs job"))
    return folder


def lay(folder: Path, land: str, mart: str, settings: str = "") -> None:
    """The two jobs, as given."""
    (folder / "jobs").mkdir(exist_ok=True)
    (folder / "dativo.yaml").write_text(SETTINGS + settings, encoding="utf-8")
    (folder / "jobs/land.yaml").write_text(land, encoding="utf-8")
    (folder / "jobs/mart.yaml").write_text(mart, encoding="utf-8")


def test_the_root_reads_as_shown(project: Path) -> None:
    """The job makes the data source, and with the setting the variable, that the page names."""
    job = example(PAGE, "needs job")
    lay(project, LAND, job)
    assert main(["generate", "--project", str(project)]) == 0
    root = project / "generated/acme/mart/prod"
    text = (root / "needs.tf").read_text(encoding="utf-8")
    assert text.partition("\n\n")[2] == example(PAGE, "needs root")
    lay(project, LAND, job, example(PAGE, "needs variable"))
    assert main(["generate", "--project", str(project)]) == 0
    assert 'variable "land_job_name"' in (root / "variables.tf").read_text(encoding="utf-8")
    assert not (root / "needs.tf").exists()
    lay(project, LAND, job, example(PAGE, "needs settings"))
    assert main(["validate", "--project", str(project)]) == 0


def test_the_errors_read_as_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown output and a circle are told in the words of the page."""
    job = example(PAGE, "needs job")
    lay(project, LAND, job.replace("job_name", "job_nam"))
    assert main(["generate", "--project", str(project)]) == 1
    assert capsys.readouterr().err == example(PAGE, "needs unknown output")
    needing = LAND.replace("infrastructure:", "needs: [mart]\ninfrastructure:")
    lay(project, needing, job)
    assert main(["generate", "--project", str(project)]) == 1
    assert capsys.readouterr().err == example(PAGE, "needs circle")
