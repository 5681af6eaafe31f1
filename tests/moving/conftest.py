"""Fixtures of the tests of jobs that are retired, renamed and adopted."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repository import JOB, Repository

MANY = """\
tenant_id: ${TENANT_ID}
tenants: [acme, globex]
# Where it runs.
environments:
  # To try things.
  dev: {}
  prod:
    schedule: {cron: "0 2 * * *"} # nightly
""" + "\n".join(JOB.splitlines()[3:])


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    identity = ("-c", "user.email=ada@example.com", "-c", "user.name=Ada")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a job of one root and a job of four, generated and committed."""
    from generator.cli import main

    made = Repository(tmp_path_factory.mktemp("committed") / "project")
    made.job("orders")
    made.write("jobs/many.yaml", MANY)
    assert main(["generate", "--project", str(made.folder)]) == 0
    git(made.folder, "init", "--quiet")
    git(made.folder, "add", "--all")
    git(made.folder, "commit", "--quiet", "--message", "first")
    return made.folder


@pytest.fixture
def project(committed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A copy of that repository."""
    copy = Repository(tmp_path / "project", capsys)
    shutil.copytree(committed, copy.folder, dirs_exist_ok=True)
    return copy


@pytest.fixture
def repository_without_git(project: Repository) -> Repository:
    """The same, and git does not know it."""
    shutil.rmtree(project.folder / ".git")
    return project


def tree(repository: Repository) -> dict[str, bytes]:
    """Every file but git's and the cache, to tell that nothing changed."""
    return {
        path.relative_to(repository.folder).as_posix(): path.read_bytes()
        for path in sorted(repository.folder.rglob("*"))
        if path.is_file() and not {".git", ".dativo"} & {*path.parts}
    }
