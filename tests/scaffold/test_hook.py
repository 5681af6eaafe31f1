"""The commit hook, with real git and the real pre-commit."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.scaffold.conftest import Shell
from tests.scaffold.test_scaffold import edit, read

Make = Callable[..., Shell]
JOB = "jobs/acme/orders.yaml"
ROOT = "generated/acme/orders/prod"


@pytest.fixture
def project(repository: Make) -> Shell:
    """A repository with the plain hook switched on."""
    shell = repository(commit_hook="script")
    shell.git("config", "core.hooksPath", "hooks")
    return shell


def commit(shell: Shell, code: int = 0) -> str:
    """Commit what is staged."""
    return shell.git("commit", "--message", "change", code=code)


def other_job(shell: Shell) -> None:
    """Stage a job beside the first one: the folder of job files is there without that."""
    with open(os.path.join(shell.folder, "jobs/acme/local.yaml"), "w", encoding="utf-8") as job:
        job.write("tenant_id: acme\n")
    shell.git("add", "jobs")


def heads(shell: Shell) -> int:
    """How many commits there are."""
    return int(shell.git("rev-list", "--count", "HEAD"))


def test_consistent_commit_passes(project: Shell) -> None:
    """A job committed together with its root goes through, and the hook changes nothing."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.dativo("generate")
    project.git("add", "--all")

    commit(project)

    assert project.git("status", "--porcelain") == ""


def test_stale_commit_is_stopped(project: Shell) -> None:
    """A changed job alone is stopped; its root has been written and only needs adding."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.git("add", JOB)

    said = commit(project, code=1)

    assert heads(project) == 1
    assert f"{ROOT}/main.tf" in said and "git add generated/" in said
    assert "4096" in read(project, f"{ROOT}/main.tf")
    project.git("add", "generated")
    commit(project)
    assert heads(project) == 2


def test_new_root_is_not_forgotten(project: Shell) -> None:
    """A new job's root is unknown to git, so a look at changed files alone would miss it."""
    text = read(project, JOB).replace("name: orders", "name: refunds")
    with open(os.path.join(project.folder, "jobs/acme/refunds.yaml"), "w", encoding="utf-8") as job:
        job.write(text)
    project.git("add", "jobs")

    assert "generated/acme/refunds/prod/main.tf" in commit(project, code=1)
    project.git("add", "generated")
    commit(project)


def test_removed_job(project: Shell) -> None:
    """A commit that only removes a job is stopped too: its root has to say goodbye."""
    other_job(project)
    project.git("rm", "--quiet", JOB)

    said = commit(project, code=1)

    assert f"warning: {ROOT} retires, since {JOB} is gone: its next apply destroys" in said
    project.git("add", "--all", "generated")
    commit(project)


def test_emptied_job_is_stopped(project: Shell) -> None:
    """A slip that would destroy what a job has stops the commit, and no root changes."""
    with open(os.path.join(project.folder, JOB), "w", encoding="utf-8"):
        pass
    project.git("add", JOB)

    assert f"{JOB} is empty, but has a root" in commit(project, code=1)
    assert project.git("status", "--porcelain") == f"M  {JOB}\n"


def test_wrong_job_is_stopped(project: Shell) -> None:
    """A job that does not load stops the commit, with its place."""
    edit(project, JOB, "memory: 2Gi", "memmory: 2Gi")
    project.git("add", JOB)

    said = commit(project, code=1)

    assert f"{JOB}:" in said and 'did you mean "memory"?' in said
    assert heads(project) == 1


def test_other_work_in_progress(project: Shell) -> None:
    """What is not part of the commit does not stop it: only the staged files have to agree."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "README.md")

    commit(project)

    assert heads(project) == 2
    assert "memory: 4Gi" in read(project, JOB)


def test_root_without_its_job(project: Shell) -> None:
    """A root whose job is not part of the commit is stopped."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.dativo("generate")
    project.git("add", "generated")

    assert JOB in commit(project, code=1)
    assert heads(project) == 1


def test_commit_with_paths(project: Shell) -> None:
    """`git commit PATH` commits from an index of its own, and that one is looked at."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")

    project.git("commit", "--message", "change", "--", JOB, code=1)

    project.git("commit", "--message", "change", "--", JOB, "generated")
    assert heads(project) == 2


def test_project_below_the_top(repository: Make, tmp_path: os.PathLike[str]) -> None:
    """A project in a folder of a larger repository: the variable DATIVO_PROJECT names it."""
    inner = repository(commit_hook="script")
    top = Shell(os.path.join(tmp_path, "top"), {**inner.environment, "DATIVO_PROJECT": "data/etl"})
    os.makedirs(os.path.join(top.folder, "data"))
    os.rename(inner.folder, os.path.join(top.folder, "data", "etl"))
    moved = Shell(os.path.join(top.folder, "data", "etl"), inner.environment)
    os.rename(os.path.join(moved.folder, ".git"), os.path.join(tmp_path, "old.git"))
    top.git("init", "--quiet")
    top.commit_all()
    top.git("config", "core.hooksPath", "data/etl/hooks")
    edit(moved, JOB, "memory: 2Gi", "memory: 4Gi")
    top.git("add", "--all")

    assert f"{ROOT}/main.tf" in commit(top, code=1)
    top.git("add", "--all")
    commit(top)


def test_not_installed(project: Shell) -> None:
    """Without dativo the hook says how to get it, and stops."""
    bare = Shell(project.folder, {**project.environment, "PATH": "/usr/bin:/bin"})

    said = bare.run("sh", "hooks/pre-commit", code=1)

    assert "pip install -r requirements.txt" in said


@pytest.mark.packaging
def test_pre_commit(repository: Make) -> None:
    """The hook that pre-commit installs from our repository stops a stale commit, and no other."""
    project = repository()
    project.run("pre-commit", "install")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "--all")
    assert "Passed" in commit(project)
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.git("add", JOB)

    said = commit(project, code=1)

    assert "generate Terraform roots" in said and f"{ROOT}/main.tf" in said
    project.git("add", "generated")
    assert "Passed" in commit(project)
    other_job(project)
    project.git("rm", "--quiet", JOB)
    assert ROOT in commit(project, code=1)
    assert heads(project) == 3
