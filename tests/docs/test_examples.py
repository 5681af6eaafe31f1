"""What the documentation shows is what dativo does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import COMMANDS, main
from scripts.__main__ import SCRIPTS
from scripts.__main__ import main as write_derived
from tests.docs.examples import ROOT, example, pages

_MISTAKE = """\
tenant_id: acme
environment: prod
finops: {cost_center: FIN-001}

infrastructure:
  provider: aws
  region: us-east-1
  tags: {team: data-engineering}
  runtime:
    memmory: 2Gi
    type: ecs_fargate
    image: example.com/dativo:1.4.0
  network: {vpc_id: vpc-0a1b2c3d4e5f60718, subnet_ids: [subnet-0a1b2c3d4e5f60718]}
"""
_ASSET = "name: customers\nteam: {owner: data@acme.com}\n"


def _project(folder: Path, job: str, name: str) -> None:
    (folder / "jobs" / "acme").mkdir(parents=True)
    (folder / "jobs" / "acme" / name).write_text(job, encoding="utf-8")
    (folder / "assets" / "stripe").mkdir(parents=True)
    (folder / "assets" / "stripe" / "customers.yaml").write_text(_ASSET, encoding="utf-8")
    shutil.copytree(ROOT / "modules", folder / "modules")


def test_readme_job_makes_readme_root(tmp_path: Path) -> None:
    """The job in the README makes the main.tf beside it, to the letter."""
    _project(tmp_path, example("README.md", "job"), "stripe.yaml")
    assert main(["generate", "--project", str(tmp_path)]) == 0
    made = tmp_path / "generated/acme/stripe-customers/prod/main.tf"
    text = made.read_text(encoding="utf-8").partition("\n\n")[2]
    assert text == example("README.md", "root main.tf")


def test_readme_mistake_reads_as_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The mistake in the README is told in the words of the README."""
    _project(tmp_path, _MISTAKE, "stripe.yaml")
    assert main(["validate", "--project", str(tmp_path)]) == 1
    assert capsys.readouterr().err == example("README.md", "error")


def test_least_job_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The least job of the documentation makes a root without an error."""
    _project(tmp_path, example("docs/job-file.md", "minimal"), "orders.yaml")
    assert main(["generate", "--project", str(tmp_path)]) == 0
    assert (tmp_path / "generated/acme/orders/prod/main.tf").exists()


def test_an_account_reads_as_shown(tmp_path: Path) -> None:
    """The settings of the page about accounts make the provider block that it shows."""
    settings = example("docs/accounts.md", "accounts settings")
    _project(tmp_path, example("docs/job-file.md", "minimal"), "orders.yaml")
    (tmp_path / "dativo.yaml").write_text(settings, encoding="utf-8")
    assert main(["generate", "--project", str(tmp_path)]) == 0
    made = tmp_path / "generated/acme/orders/prod/providers.tf"
    text = made.read_text(encoding="utf-8").partition("\n\n")[2]
    assert text == example("docs/accounts.md", "accounts provider")


def test_settings_example_is_valid(tmp_path: Path) -> None:
    """The settings of the documentation load, and the least job goes with them."""
    _project(tmp_path, example("docs/job-file.md", "minimal"), "orders.yaml")
    text = example("docs/settings.md", "settings")
    (tmp_path / "dativo.yaml").write_text(text, encoding="utf-8")
    job = tmp_path / "jobs/acme/orders.yaml"
    job.write_text(job.read_text().replace("{team:", "{owner: a@acme.com, team:"))
    assert main(["generate", "--project", str(tmp_path)]) == 0
    backend = (tmp_path / "generated/acme/orders/prod/backend.tf").read_text()
    assert "acme-terraform-state" in backend


def test_readme_lists_every_command() -> None:
    """A command that the README does not name is not found."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`dativo {name}" not in text] == []


def test_each_script_is_known() -> None:
    """Every module of scripts/ that has files to write is among those that are run."""
    paths = (ROOT / "scripts").glob("*.py")
    found = {path.stem for path in paths if "def files(" in path.read_text(encoding="utf-8")}
    assert found == set(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS)
def test_derived_pages_are_fresh(script: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is derived is as fresh as what it is derived from; ``make derived`` renews it."""
    assert write_derived(["--check", script]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page leads to a file or folder of the repository."""
    import re

    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    broken = [
        link
        for link in links
        if not link.startswith(("http://", "https://", "mailto:"))
        and not (page.parent / link).exists()
    ]
    assert broken == []
