"""``dativo new project``: a repository that is valid at once, or nothing at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scaffold.conftest import Shell
from tests.scaffold.laid_down import load
from tests.scaffold.test_new_job import Run, Said, run

__all__ = ["run"]  # a fixture
Start = Callable[..., Said]


@pytest.fixture(scope="module")
def plain(template: Shell, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The template as a wheel has it: files, and no git."""
    folder = tmp_path_factory.mktemp("plain")
    shutil.copy(os.path.join(template.folder, "copier.yml"), folder)
    shutil.copytree(os.path.join(template.folder, "templates"), folder / "templates")
    return str(folder)


@pytest.fixture
def start(run: Run, plain: str) -> Start:
    """``dativo new project`` with a template that is quick to read."""
    return lambda *arguments: run("new", "project", "--template", plain, *arguments)


def test_valid_at_once(start: Start, run: Run, tmp_path: Path) -> None:
    """What is laid down generates and checks, and it says what to do next."""
    folder = tmp_path / "a project"

    done = start(str(folder), "--defaults", "--data", "cloud=gcp", "--data", "ci=none")

    assert (done.code, done.err) == (0, "")
    assert "with jobs/acme/orders.yaml, checked\n" in done.out and "  git init\n" in done.out
    assert f"cd '{folder}'" in done.out
    assert run("generate", "--project", str(folder)).code == 0
    assert run("check", "--project", str(folder)).out == "2 roots up to date\n"
    assert not (folder / ".github").exists()
    assert [name for name in os.listdir(tmp_path) if name != "a project"] == []


def test_from_git_at_a_tag(run: Run, template: Shell, tmp_path: Path) -> None:
    """A template in git is taken at its last tag or at the one that is named, and pinned so."""
    folder = tmp_path / "project"
    tag = template.git("describe", "--tags").strip()
    new = ("new", "project", str(folder), "--defaults", "--template", template.folder)

    wrong = run(*new, "--ref", "v0.0.0-none")
    done = run(*new, "--ref", tag)

    assert wrong.code == 1 and "v0.0.0-none" in wrong.err
    assert done.code == 0, done.err
    answers = load(Shell(str(folder), {}), ".copier-answers.yml")
    assert (answers["_commit"], answers["_src_path"]) == (tag, template.folder)


def test_every_wrong_answer_at_once(start: Start, tmp_path: Path) -> None:
    """Copier's validators say what is wrong with each answer; nothing is laid down."""
    data = ("organisation=Acme Inc.", "tenant=../x", "cloud=mars", "clod=x", "vpc_id=vpc-1")
    wrong = [part for text in (*data, "cloud") for part in ("--data", text)]

    only = start(str(tmp_path / "x"), "--defaults", *wrong[-2:])
    done = start(str(tmp_path / "x"), "--defaults", *wrong[:-2])
    meaningless = start(str(tmp_path / "x"), "--defaults", "--data", "cloud=gcp", *wrong[8:10])

    assert only.err == "dativo: --data cloud: write KEY=VALUE\n"
    for text in ("organisation=Acme Inc.: Use 1 to 30", "tenant=../x: Use up to", "'mars' is not"):
        assert text in done.err
    assert "--data clod: the template does not ask that; did you mean cloud?" in done.err
    assert "vpc_id: the template does not ask that; with the other answers" in meaningless.err
    assert (only.code, done.code, meaningless.code) == (1, 1, 1)
    assert os.listdir(tmp_path) == []


def test_no_terminal(start: Start, tmp_path: Path) -> None:
    """Where nobody can answer, every question is named with what it takes and its default."""
    done = start(str(tmp_path / "x"), "--data", "cloud=gcp", "--data", "organisation=globex")

    assert done.code == 1
    assert "--defaults\n" in done.err and "--data ci=github|" in done.err
    assert "  --data project_id=PROJECT_ID   (globex-data by default)\n" in done.err
    assert "vpc_id" not in done.err and "--data cloud" not in done.err
    assert not (tmp_path / "x").exists()


def test_where_it_may_not_go(start: Start, tmp_path: Path) -> None:
    """A folder that is not empty, a file, a project, and what lies in one, are left as they are."""
    full, file, project = tmp_path / "full", tmp_path / "file", tmp_path / "project"
    for path in (full / "notes.txt", file, project / "dativo.yaml"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine\n", encoding="utf-8")

    said = {
        path: start(str(path), "--defaults") for path in (full, file, project, project / "a" / "b")
    }

    assert {done.code for done in said.values()} == {1}
    assert "is not empty: it holds notes.txt. Name a folder" in said[full].err
    assert "is a file" in said[file].err
    assert "It is a project already: `copier update`" in said[project].err
    assert f"lies in the project {project}" in said[project / "a" / "b"].err
    assert sorted(os.listdir(project)) == ["dativo.yaml"] and os.listdir(full) == ["notes.txt"]


def test_a_cloned_repository_and_one_around(start: Start, tmp_path: Path) -> None:
    """An empty clone is filled; in a larger repository it says which files belong to its top."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "clone")], check=True)
    inside = tmp_path / "clone" / "data" / "jobs"

    within = start(str(inside), "--defaults")
    os.rename(tmp_path / "clone/data", tmp_path / "data")
    filled = start(str(tmp_path / "clone"), "--defaults")

    assert within.code == 0 and f"part of the repository {tmp_path / 'clone'}" in within.out
    assert filled.code == 0 and "git init" not in filled.out
    assert (tmp_path / "clone/dativo.yaml").exists() and "part of" not in filled.out


def test_a_read_only_folder(template: Shell, plain: str, tmp_path: Path) -> None:
    """What cannot be written to is named, and nothing is left behind."""
    if os.geteuid() == 0 and not os.path.exists("/usr/bin/setpriv"):
        pytest.skip("root writes anywhere, and there is no setpriv")
    tmp_path.chmod(0o555)
    rights = "-dac_override,-dac_read_search"
    as_user = ("setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}")
    dativo = (*(as_user if os.geteuid() == 0 else ()), "dativo")
    shell = Shell(str(tmp_path), template.environment)
    new = ("new", "project", "--template", plain, "--defaults")
    try:
        said = [shell.run(*dativo, *new, name, code=1) for name in (".", "a/b")]
    finally:
        tmp_path.chmod(0o755)

    assert all(f"cannot write to {tmp_path}" in text for text in said), said
    assert os.listdir(tmp_path) == []


def test_no_program_is_run(run: Run, tmp_path: Path) -> None:
    """A template that wants to run something is refused, with the way for who trusts it."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t/copier.yml").write_text("_tasks: [touch made]\n", encoding="utf-8")

    done = run(
        "new", "project", str(tmp_path / "p"), "--template", str(tmp_path / "t"), "--defaults"
    )

    assert done.code == 1 and "copier copy --trust" in done.err
    assert not (tmp_path / "p").exists()


def test_what_does_not_generate_is_not_kept(run: Run, plain: str, tmp_path: Path) -> None:
    """What is laid down goes through the whole pipeline before it is put in its place."""
    tenant = "--data", "tenant=con"
    folder = tmp_path / "p"

    done = run("new", "project", str(folder), "--template", plain, "--defaults", *tenant)

    assert done.code == 1 and "jobs/con/orders.yaml:" in done.err
    assert not folder.exists() and os.listdir(tmp_path) == []
