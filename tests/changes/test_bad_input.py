"""Repositories that are not as one would wish: a clear message, and nothing lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.changes.conftest import Compared
from tests.repository import Done

ROOT = "generated/acme/orders/prod"


def _at(folder: Path, compared: Compared, *options: str) -> Done:
    """``dativo changed`` in another folder."""
    before, compared.folder = compared.folder, folder
    try:
        return compared.run("changed", *options)
    finally:
        compared.folder = before


def test_no_git(compared: Compared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without the program, the message says what to do."""
    done = _at(tmp_path, compared)
    assert done.code == 1
    assert "is in no git repository" in done.err and "git init" in done.err
    monkeypatch.setenv("PATH", str(tmp_path))
    done = compared.run("changed")
    assert (done.code, "no git on PATH" in done.err) == (1, True)


def test_no_commit_yet(compared: Compared, tmp_path: Path) -> None:
    """Before the first commit all roots are new."""
    compared.git("init", "--quiet", str(tmp_path))
    compared.git("archive", "--output", str(tmp_path / "all.tar"), "main")
    subprocess.run(["tar", "-xf", "all.tar"], cwd=tmp_path, check=True)
    done = _at(tmp_path, compared)
    assert done.code == 0
    assert "3 roots: 3 created; 3 to plan, from no commit to the work tree" in done.out


def test_a_shallow_clone(compared: Compared, tmp_path: Path) -> None:
    """Without a common commit it says how to fetch one; with a base that is there it works."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.generate()
    compared.commit()
    compared.git(
        "clone",
        "--quiet",
        "--depth=1",
        "--no-single-branch",
        f"file://{compared.folder}",
        str(tmp_path / "shallow"),
    )
    shallow = tmp_path / "shallow"
    done = _at(shallow, compared, "--base", "origin/main...")
    assert done.code == 1
    assert "git fetch --unshallow" in done.err and "fetch-depth: 0" in done.err
    assert "1 changed" in _at(shallow, compared, "--base", "origin/main").out
    done = _at(shallow, compared, "--base", "HEAD~3")
    assert (done.code, "shallow" in done.err) == (1, True)
    compared.git("fetch", "--quiet", "--unshallow", at=shallow)
    assert "1 changed" in _at(shallow, compared, "--base", "origin/main...").out


def test_a_detached_head(compared: Compared) -> None:
    """It is compared as any commit."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.generate()
    commit = compared.commit()
    compared.git("checkout", "--quiet", commit)
    assert compared.kinds() == {"orders/prod": "changed"}


def test_a_dirty_tree(compared: Compared) -> None:
    """What is staged, what is not, and what git does not have count; what is ignored does not."""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.edit("jobs/refunds.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.generate()
    compared.git("add", ROOT)
    compared.write("generated/acme/events/prod/own_extra.tf", "locals {}\n")
    compared.write("generated/acme/events/prod/.terraform/x.tf", "locals {}\n")
    compared.write(".gitignore", ".dativo/\n.terraform/\n")
    before = compared.git("status", "--porcelain")
    assert compared.kinds() == {
        "orders/prod": "changed",
        "refunds/prod": "changed",
        "events/prod": "changed",
    }
    assert compared.git("status", "--porcelain") == before
    assert compared.kinds("--head", "HEAD") == {}


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("mian", "did you mean main?"),
        ("no-such", "git knows no such commit"),
        ("--output=/etc/x", "git knows no such commit"),
        ("", "git knows no such commit"),
        ("main...x", "git knows no such commit"),
    ],
)
def test_an_unknown_ref(compared: Compared, ref: str, said: str) -> None:
    """It is named, with one that may have been meant; none is taken for an option of git's."""
    for option in ("base", "head"):
        done = compared.run("changed", f"--{option}={ref}")
        assert (done.code, done.out) == (1, "")
        assert said in done.err, done.err


def test_a_root_deleted_by_hand(compared: Compared) -> None:
    """It is on top: without a tombstone nothing destroys what it made."""
    compared.git("rm", "-r", "--quiet", ROOT)
    document = compared.changed()
    [root] = document["roots"]
    assert (root["kind"], root["plan"]) == ("removed", False)
    [highlight] = document["highlights"]
    assert (highlight["kind"], highlight["roots"]) == ("lost", [ROOT])
    assert "gone without a tombstone" in highlight["text"]


def test_a_manifest_edited_by_hand(compared: Compared) -> None:
    """The root is named with what to do, it is to be planned, and the others are told too."""
    compared.edit("jobs/refunds.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.generate()
    compared.write(f"{ROOT}/.dativo.json", "{}\n")
    done = compared.run("changed")
    assert done.code == 1
    assert f"{ROOT}/.dativo.json" in done.err and "restore it from git" in done.err
    assert f"changed  {ROOT}\n" in done.out and "refunds" in done.out
    compared.commit("it is broken")
    compared.git("checkout", "main", "--", ROOT)
    assert compared.kinds("--base", "HEAD")["orders/prod"] == "changed"


def test_a_generated_file_edited_by_hand(compared: Compared) -> None:
    """The edit is a change, with a note that dativo did not write it."""
    compared.edit(f"{ROOT}/main.tf", "2048", "1024")
    [root] = compared.changed()["roots"]
    assert root["kind"] == "changed"
    assert root["notes"] == ["main.tf is not what dativo wrote"]


def test_constraints_that_are_no_hcl(compared: Compared) -> None:
    """A block of versions that cannot be read is shown as it stands, and nothing else is lost."""
    compared.edit(f"{ROOT}/terraform.tf", 'source  = "', "source  = ")
    [root] = compared.changed()["roots"]
    [found] = [one for one in root["differences"] if one["name"] == "required_providers"]
    assert (root["job"], found["part"], found["change"]) == ("orders", "terraform", "changed")
    assert "google" in found["old"] and "google" in found["new"]
    assert compared.run("diff").code == 0


def test_two_branches_that_add_the_same_job(compared: Compared) -> None:
    """What git merged of two manifests is told, with the way out, and generating heals it."""
    compared.job("clicks")
    compared.generate()
    compared.commit()
    compared.git("checkout", "--quiet", "-b", "other", "main")
    text = compared.job("clicks").read_text().replace("memory: 2Gi", "memory: 4Gi")
    compared.write("jobs/clicks.yaml", text)
    compared.generate()
    compared.commit()
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "merge", "work"],
        cwd=compared.folder,
        capture_output=True,
        check=False,
    )
    assert b"CONFLICT" in done.stdout
    told = compared.run("changed")
    assert told.code == 0, told.err
    assert "this manifest is of two branches" in told.err and "dativo generate" in told.err
    assert "created  generated/acme/clicks/prod" in told.out
    compared.git("checkout", "--quiet", "--force", "work")
    compared.git("branch", "--quiet", "-D", "other")


def test_a_module_outside_of_the_repository(compared: Compared) -> None:
    """Its changes are in no commit of this repository, and the command says that it sees none."""
    compared.edit(f"{ROOT}/main.tf", "../../../../modules/", "../../../../../elsewhere/")
    compared.write("modules/gcp-cloud-run-job/more.tf", "locals {\n  a = 1\n}\n")
    told = compared.run("changed")
    assert told.code == 0
    assert "calls a module outside of the repository" in told.err


def test_a_submodule(compared: Compared, tmp_path: Path) -> None:
    """A module in a submodule changes with its commit."""
    away = tmp_path / "away"
    compared.git("init", "--quiet", "--initial-branch=main", str(away))
    (away / "job").mkdir()
    (away / "job/main.tf").write_text("locals {}\n")
    compared.git("add", ".", at=away)
    compared.git("commit", "--quiet", "-m", "x", at=away)
    compared.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "--quiet",
        str(away),
        "shared modules",
    )
    compared.write(
        f"{ROOT}/own_extra.tf", 'module "own" {\n  source = "../../../../shared modules/job"\n}\n'
    )
    base = compared.commit()
    (compared.folder / "shared modules/job/main.tf").write_text("locals {\n  a = 1\n}\n")
    compared.git("commit", "--quiet", "-am", "y", at=compared.folder / "shared modules")
    [root] = compared.changed("--base", base)["roots"]
    assert (root["job"], root["kind"]) == ("orders", "module")
    assert root["causes"][0]["file"] == "shared modules"


def test_a_project_in_a_folder_with_a_blank(compared: Compared) -> None:
    """The project lies in one; and a path of a root may be named from anywhere."""
    assert " " in str(compared.folder)
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.edit("jobs/refunds.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.generate()
    for path in (
        str(compared.folder / ROOT),
        "jobs/orders.yaml",
        "*orders*",
        "acme/orders",
        "orders",
    ):
        assert compared.kinds(path) == {"orders/prod": "changed"}, path
    assert compared.kinds("generated/acme/events") == {}
    done = compared.run("changed", "jobs/oders.yaml")
    assert (done.code, "no such root, job or folder" in done.err) == (1, True)
