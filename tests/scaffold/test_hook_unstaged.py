"""The commit hook judges what is committed, whatever lies beside it or kind of commit it is."""

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


@pytest.mark.deep
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
