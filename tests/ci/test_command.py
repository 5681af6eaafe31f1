"""dativo ci, and what check says of pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository import SETTINGS, Repository

WORKFLOW = ".github/workflows/dativo.yml"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository with a root and the workflows of GitHub."""
    made = Repository(tmp_path, capsys)
    made.job("orders")
    assert made.run("generate").code == 0
    assert made.run("ci", "github").code == 0
    return made


def test_check_says_what_is_stale(project: Repository) -> None:
    """A change of the settings makes pipelines stale, which the next ci repairs; also when
    generate has been run in between and check could answer from its note.
    """
    assert project.run("check").code == 0
    project.write("dativo.yaml", SETTINGS + "ci: {version: 1.12.2, drift: null}\n")
    assert project.run("generate").code == 0
    said = project.run("check")
    assert said.code == 2
    assert f"{WORKFLOW} is stale (run: dativo ci github)" in said.out
    assert project.run("ci", "github", "--dry-run").code == 2
    wrote = project.run("ci", "github")
    assert wrote.out == f"removed .github/workflows/dativo-drift.yml\nwrote {WORKFLOW}\n"
    assert project.run("check").code == 0
    assert project.run("generate").code == 0
    (project.folder / WORKFLOW).write_text("name: mine\n", encoding="utf-8")
    assert project.run("check").code == 0  # a file of the user's is none of ours


def test_an_edit_by_hand_is_told_and_kept(project: Repository) -> None:
    """It is replaced with --force only."""
    path = project.folder / WORKFLOW
    ours = path.read_text(encoding="utf-8")
    assert project.run("generate").code == 0
    path.write_text(ours.replace("ubuntu-latest", "own-runner"), encoding="utf-8")
    said = project.run("check")
    assert (said.code, f"{WORKFLOW} was edited by hand" in said.out) == (2, True)
    refused = project.run("ci", "github")
    assert (refused.code, "was edited by hand" in refused.err) == (1, True)
    assert "own-runner" in path.read_text(encoding="utf-8")
    assert project.run("ci", "github", "--force").code == 0
    assert path.read_text(encoding="utf-8") == ours


def test_what_is_not_ours_is_never_overwritten(project: Repository) -> None:
    """Not with --force either; nothing is written beside it."""
    path = project.folder / WORKFLOW
    path.write_text("name: mine\n", encoding="utf-8")
    (project.folder / ".github/workflows/dativo-drift.yml").unlink()
    refused = project.run("ci", "github", "--force")
    assert (refused.code, "was not written by dativo" in refused.err) == (1, True)
    assert path.read_text(encoding="utf-8") == "name: mine\n"
    assert not (project.folder / ".github/workflows/dativo-drift.yml").exists()


def test_line_ends_of_another_system_are_no_edit(project: Repository) -> None:
    """Git may change them on the way out of the repository."""
    path = project.folder / WORKFLOW
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert project.run("check").code == 0


def test_a_link_is_not_followed(project: Repository, tmp_path: Path) -> None:
    """Nothing is written through a symbolic link."""
    path = project.folder / WORKFLOW
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    said = project.run("ci", "github")
    assert (said.code, "symbolic link" in said.err) == (1, True)
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_of_gitlab_that_is_yours_stays(project: Repository) -> None:
    """It is told what to include, until it does."""
    own = project.write(".gitlab-ci.yml", "stages: [test]\n")
    assert ".gitlab-ci.yml is yours: let it hold" in project.run("ci", "gitlab").out
    own.write_text("include: [{local: .gitlab/dativo.yml}]\nstages: [test, dativo]\n")
    assert project.run("ci", "gitlab").out == "the pipelines of gitlab are up to date\n"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("branch: 'main]'", "branch"),
        ("version: latest", "version"),
        ("runner: '${{ secrets.X }}'", "runner"),
        ("logins: {aws: {plan_role: somebody}}", "plan_role"),
        ("logins: {aws: {key: AKIA}}", "key"),
    ],
)
def test_what_cannot_stand_in_a_pipeline_is_refused(
    setting: str, said: str, project: Repository
) -> None:
    """A wrong setting is an error at its place, and not YAML that means something else."""
    project.write("dativo.yaml", f"{SETTINGS}ci: {{{setting}}}\n")
    done = project.run("ci", "github")
    assert (done.code, said in done.err, "dativo.yaml:" in done.err) == (1, True, True)


def test_a_project_below_a_repository_is_told(project: Repository) -> None:
    """Where pipelines could not be found, none are written."""
    (project.folder / "sub").mkdir()
    (project.folder / ".git").mkdir()
    (project.folder / "sub/dativo.yaml").write_text("{}\n")
    done = project.run("ci", "github", "--project", str(project.folder / "sub"))
    assert (done.code, "top of a repository" in done.err) == (1, True)
