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


def write(shell: Shell, path: str, text: str) -> None:
    """Write a file, with the folders it needs."""
    full = os.path.join(shell.folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("what", ["new", "tracked", "settings", "asset"])
def test_broken_file_that_is_not_staged(project: Shell, what: str) -> None:
    """What does not even load stops no commit that it is not part of, and is left as it is."""
    path = {
        "new": "jobs/acme/wip.yaml",
        "tracked": JOB,
        "settings": "dativo.yaml",
        "asset": "assets/shop/v1.0/orders.yaml",
    }[what]
    write(project, path, "tenant_id: [")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "README.md")

    commit(project)

    assert read(project, path) == "tenant_id: ["


def test_stale_beside_a_broken_file(project: Shell) -> None:
    """A stale commit is stopped, and the file that keeps its roots from being written is told."""
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.git("add", JOB)
    write(project, "jobs/acme/wip.yaml", "tenant_id: [")

    said = commit(project, code=1)

    assert ROOT in said and "jobs/acme/wip.yaml:" in said and "git stash" in said
    os.unlink(os.path.join(project.folder, "jobs/acme/wip.yaml"))
    project.dativo("generate")
    project.git("add", "generated")
    commit(project)


def test_stale_beside_other_work(project: Shell) -> None:
    """Only the roots of what is staged have to be added, not those of other work in progress."""
    text = read(project, JOB)
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.git("add", JOB)
    write(project, "jobs/acme/wip.yaml", text.replace("name: orders", "name: wip"))

    said = commit(project, code=1)

    assert f"{ROOT}/main.tf" in said and "generated/acme/wip" not in said
    project.git("add", *said.partition("git add ")[2].split())
    commit(project)
    assert project.git("ls-files", "generated/acme/wip") == ""


@pytest.mark.parametrize(
    "path",
    [
        f"{ROOT}/plan.tfplan.txt",
        f"{ROOT}/network_extra.tf",
        f"{ROOT}/.terraform.lock.hcl",
        "generated/README.md",
        "generated/acme/README.md",
        "generated/acme/orders/variables.tf",
        f"{ROOT}/examples/main.tf",
        "note.txt",
    ],
)
def test_own_files(project: Shell, path: str) -> None:
    """Files of the user's that are not staged stop nothing, wherever they lie."""
    write(project, path, "# half writ")
    edit(project, "README.md", "", "Hello.\n")
    project.git("add", "README.md")

    commit(project)


@pytest.mark.parametrize("name", ["parts", "lib"])
def test_ignored_root(project: Shell, name: str) -> None:
    """A root that git ignores would be missing from the commit: it is told, with the ways out."""
    write(project, ".gitignore", read(project, ".gitignore") + f"{name}/\n")
    write(project, f"jobs/acme/{name}.yaml", read(project, JOB).replace("orders", name, 1))
    edit(project, f"jobs/acme/{name}.yaml", "name: orders", f"name: {name}")
    project.git("add", "--all")

    said = commit(project, code=1)

    assert "git ignores" in said and f"generated/acme/{name}/prod" in said
    negated = said.partition('a line "')[2].partition('"')[0]
    write(project, ".gitignore", read(project, ".gitignore") + negated + "\n")
    project.git("add", "--all")
    commit(project)
    assert f"generated/acme/{name}/prod/.dativo.json" in project.git("ls-files")
    assert "git ignores" not in project.dativo("generate")


def test_ignored_root_is_told_by_every_run(project: Shell) -> None:
    """Runs that find it warn as long as it is so; forced into git, the root is one like others."""
    write(project, ".gitignore", read(project, ".gitignore") + "prod/\n")
    project.git("rm", "--quiet", "--cached", "-r", "generated")
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    for command in ("generate", "generate", "check"):
        assert f"{ROOT}: warning: git ignores {ROOT}" in project.dativo(command)
    project.git("add", "--force", "generated/acme/orders/prod", "generated")
    assert "git ignores" not in project.dativo("check")


def test_output_kept_out_of_git(project: Shell) -> None:
    """Whoever keeps all roots out of git generates elsewhere: nothing is told or stopped."""
    write(project, ".gitignore", "generated/\n")
    project.git("rm", "--quiet", "--cached", "-r", "generated")
    edit(project, JOB, "memory: 2Gi", "memory: 4Gi")
    project.git("add", "--all")
    assert "git ignores" not in commit(project)
    edit(project, JOB, "memory: 4Gi", "memory: 6Gi")
    write(project, "wip.yaml", "a: [")
    project.git("add", JOB)
    commit(project)


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
