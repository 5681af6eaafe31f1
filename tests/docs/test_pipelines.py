"""The pages on pipelines show what dativo writes and says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.steps import record
from generator.steps.apply import refusal
from generator.steps.record import Record
from generator.steps.reviewed import Reviewed
from tests.docs.examples import example
from tests.repository import SETTINGS, Repository

LOGINS = """\
ci:
  version: 1.13.5
  logins:
    gcp:
      provider: projects/1234567890/locations/global/workloadIdentityPools/ci/providers/ci
      plan_account: dativo-plan@acme-data.iam.gserviceaccount.com
      apply_account: dativo-apply@acme-data.iam.gserviceaccount.com
"""
ROOT = "generated/acme/orders/prod"
PLANNED = Record(
    ROOT,
    "0123456789abcdef" * 2,
    (1, 0, 0),
    (("module.job.google_cloud_run_v2_job.this", ("create",)),),
)


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository of one job, whose root is not committed yet."""
    made = Repository(tmp_path, capsys)
    made.write("dativo.yaml", SETTINGS + LOGINS)
    made.job("orders")
    for command in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "start")):
        name = ("-c", "user.name=T", "-c", "user.email=t@example.com")
        subprocess.run(("git", *name, *command), cwd=tmp_path, check=True)
    assert main(["generate", "--project", str(tmp_path)]) == 0
    capsys.readouterr()
    return made


def _said(project: Repository, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments, "--project", str(project.folder)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("system", ["github", "gitlab", "azure-devops", "atlantis"])
def test_what_is_written(
    system: str, project: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each page names the files that are written, and check is content with them."""
    assert _said(project, capsys, "ci", system) == example(f"docs/ci-{system}.md", "written")
    assert "are up to date" in _said(project, capsys, "ci", system)
    _said(project, capsys, "check")


@pytest.mark.parametrize(
    ("form", "page", "name"),
    [
        ("github-matrix", "docs/ci-github.md", "matrix"),
        ("azure", "docs/ci-azure-devops.md", "matrix"),
        ("atlantis", "docs/ci-atlantis.md", "atlantis.yaml"),
    ],
)
def test_the_forms(
    form: str, page: str, name: str, project: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """What changed is shown as on the pages."""
    assert _said(project, capsys, "changed", "--base", "HEAD", "--format", form) == example(
        page, name
    )


def test_the_forms_of_nothing(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """So is that nothing changed."""
    nothing = ("changed", "--base", "HEAD", "--head", "HEAD", "--format")
    assert _said(project, capsys, *nothing, "github-matrix") == example(
        "docs/ci-github.md", "nothing"
    )
    assert example("docs/ci-gitlab.md", "nothing") in _said(project, capsys, *nothing, "gitlab")


def test_the_settings_are_valid(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The settings of the page load."""
    project.write("dativo.yaml", SETTINGS + example("docs/pipelines.md", "settings"))
    assert "wrote" in _said(project, capsys, "ci", "github")


def test_the_comment(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The comment looks as shown; what it keeps unseen is left out of the comparison."""
    record.write(str(project.folder / "plans"), PLANNED)
    diff = project.write("diff.md", "What dativo diff says.\n")
    step = ("pipeline", "comment", "--print", "--diff", str(diff), str(project.folder / "plans"))
    assert main(["pipeline", "--project", str(project.folder), *step[1:]]) == 0
    shown = [capsys.readouterr().out, example("docs/pipelines.md", "comment")]
    first, second = ([line for line in s.split("\n") if "dativo:rev" not in line] for s in shown)
    assert first == second


def test_the_refusal() -> None:
    """A refusal reads as shown."""
    more = (*PLANNED.changes, ("module.job.google_service_account.this", ("update",)))
    now = PLANNED._replace(digest="fedcba9876543210" * 2, counts=(1, 1, 0), changes=more)
    reviewed = Reviewed(PLANNED.digest, PLANNED.said(), "pull request 12")
    assert f"{refusal(now, reviewed)}\n" == example("docs/pipelines.md", "refusal")
