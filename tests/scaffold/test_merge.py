"""Two branches that change the same job, merged by real git: after a merge, generate."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.scaffold.conftest import Shell
from tests.scaffold.laid_down import edit, read

Make = Callable[..., Shell]
JOB = "jobs/acme/orders.yaml"
ROOT = "generated/acme/orders/prod"
MANIFEST = f"{ROOT}/.dativo.json"
MARKER = "<<<<<<<"


@pytest.fixture
def project(repository: Make) -> Shell:
    """A repository with no hook."""
    return repository(commit_hook="none")


def change(shell: Shell, branch: str, *edits: tuple[str, str]) -> None:
    """Change the job on a branch that starts at main, generate and commit."""
    shell.git("checkout", "--quiet", "-B", branch, "start")
    for before, after in edits:
        edit(shell, JOB, before, after)
    shell.dativo("generate")
    shell.commit_all(branch)


def branches(shell: Shell, one: list[tuple[str, str]], two: list[tuple[str, str]]) -> None:
    """Two branches; the first is checked out afterwards."""
    shell.git("branch", "--force", "start")
    change(shell, "two", *two)
    change(shell, "one", *one)


def files_with_markers(shell: Shell) -> list[str]:
    """The files of the roots in which git left conflicts."""
    found = shell.run("sh", "-c", f"grep -rl '^{MARKER}' generated || true")
    return sorted(found.split())


def finish(shell: Shell) -> None:
    """What the docs say: generate, and commit."""
    shell.dativo("generate")
    assert files_with_markers(shell) == []
    shell.dativo("check")
    shell.commit_all("merged")


def fresh(shell: Shell) -> None:
    """The roots are, byte by byte, what a run from nothing writes."""
    merged = {name: read(shell, f"{ROOT}/{name}") for name in os.listdir(_path(shell, ROOT))}
    shell.run("rm", "-r", "generated")
    shell.dativo("generate")
    assert {n: read(shell, f"{ROOT}/{n}") for n in os.listdir(_path(shell, ROOT))} == merged


def _path(shell: Shell, path: str) -> str:
    return os.path.join(shell.folder, path)


def test_different_lines(project: Shell) -> None:
    """Git merges all by itself, manifests too, and generate writes what both branches want."""
    branches(project, [("memory: 2Gi", "memory: 4Gi")], [("LOG_LEVEL: info", "LOG_LEVEL: debug")])

    project.git("merge", "--no-edit", "two")

    finish(project)
    assert "memory: 4Gi" in read(project, JOB) and "LOG_LEVEL: debug" in read(project, JOB)
    fresh(project)


@pytest.mark.parametrize(
    ("style", "attributes", "chosen"),
    [("merge", True, "8Gi"), ("merge", False, "4Gi"), ("diff3", True, "6Gi")],
)
def test_same_line(project: Shell, style: str, attributes: bool, chosen: str) -> None:
    """Where people have to resolve the job, the root follows by itself, whatever they chose."""
    if not attributes:
        project.git("rm", "--quiet", ".gitattributes")
        project.commit_all()
    project.git("config", "merge.conflictStyle", style)
    branches(project, [("memory: 2Gi", "memory: 4Gi")], [("memory: 2Gi", "memory: 8Gi")])
    project.git("merge", "two", code=1)
    assert f"{ROOT}/main.tf" in files_with_markers(project)
    assert (MANIFEST in files_with_markers(project)) is not attributes

    said = project.dativo("generate", code=1)

    line = read(project, JOB).split("\n").index("<<<<<<< HEAD") + 1
    assert f"{JOB}:{line}:1: error: merge conflict left unresolved at line {line}" in said
    project.git("checkout", "--ours", JOB)
    edit(project, JOB, "memory: 4Gi", f"memory: {chosen}")
    finish(project)
    fresh(project)
