"""The commit hook, with real git and the real pre-commit."""

from __future__ import annotations

import os

import pytest

from tests.scaffold.commits import JOB, ROOT, Make, commit, heads, other_job, write
from tests.scaffold.conftest import Shell
from tests.scaffold.laid_down import edit, read


@pytest.fixture
def project(repository: Make) -> Shell:
    """A repository with the plain hook switched on."""
    shell = repository(commit_hook="script")
    shell.git("config", "core.hooksPath", "hooks")
    return shell


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


def own_submodule(shell: Shell, folder: str) -> Shell:
    """Put a folder of the project into a repository of its own, and that back as a submodule."""
    source = Shell(shell.folder + "-" + folder, shell.environment)
    os.rename(os.path.join(shell.folder, folder), source.folder)
    source.git("init", "--quiet")
    source.commit_all()
    shell.git("rm", "--quiet", "--cached", "-r", folder)
    allow = ("-c", "protocol.file.allow=always")
    shell.git(*allow, "submodule", "add", "--quiet", source.folder, folder)
    return source


@pytest.mark.parametrize("folder", ["modules", "jobs"])
def test_submodule(project: Shell, folder: str) -> None:
    """A submodule is judged at the commit that is staged, also when other files are loose."""
    own_submodule(project, folder)
    project.git("add", "--all")
    commit(project)
    write(project, "wip.yaml", "a: [")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "README.md")
    commit(project)

    inner = Shell(os.path.join(project.folder, folder), project.environment)
    path = "acme/orders.yaml" if folder == "jobs" else "aws-ecs-fargate/variables.tf"
    write(inner, path, "{ not staged")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "README.md")
    commit(project)


def test_linked_worktree(project: Shell) -> None:
    """The hook works in a worktree that git linked, as it does in the first one."""
    other = Shell(project.folder + "-other", project.environment)
    project.git("worktree", "add", "--quiet", "-b", "other", other.folder)
    edit(other, JOB, "memory: 2Gi", "memory: 4Gi")
    other.git("add", "--all")
    assert f"{ROOT}/main.tf" in commit(other, code=1)
    write(other, "wip.yaml", "a: [")
    other.git("add", "generated")
    commit(other)


def test_commit_all(project: Shell) -> None:
    """`git commit --all` commits from an index that is not in its place yet."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.git("commit", "--all", "--message", "change", code=1)
    write(project, "wip.yaml", "a: [")
    project.git("commit", "--all", "--message", "change")
    assert project.git("status", "--porcelain") == "?? wip.yaml\n"


def test_intent_to_add(project: Shell) -> None:
    """A file that is only announced (`git add --intent-to-add`) is no part of the commit."""
    write(project, "jobs/acme/wip.yaml", "tenant_id: [")
    project.git("add", "--intent-to-add", "jobs/acme/wip.yaml")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "README.md")
    commit(project)


def test_renamed_job(project: Shell) -> None:
    """A job file that moves with its root is consistent, whatever else lies about."""
    project.git("mv", JOB, "jobs/acme/moved.yaml")
    write(project, "wip.yaml", "a: [")
    assert commit(project, code=1)
    project.dativo("generate", "jobs/acme/moved.yaml")
    project.git("add", "generated")
    commit(project)


def test_merge_commit(project: Shell) -> None:
    """The commit that ends a merge is judged like any other."""
    project.git("branch", "two")
    for branch, size in (("two", "8Gi"), ("main", "4Gi")):
        project.git("checkout", "--quiet", branch)
        edit(project, JOB, "memory: 2Gi", f"memory: {size}")
        project.dativo("generate")
        project.git("add", "--all")
        commit(project)
    project.git("merge", "two", code=1)
    project.git("checkout", "--theirs", JOB)
    project.git("add", JOB, *project.git("diff", "--name-only", "--diff-filter=U").split())

    assert f"{ROOT}/main.tf" in project.git("commit", "--no-edit", code=1)

    project.git("add", "generated")
    project.git("commit", "--no-edit")
    project.dativo("check")
    assert "8192" in read(project, f"{ROOT}/main.tf")
