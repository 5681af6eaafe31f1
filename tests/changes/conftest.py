"""A repository with git in it, whose commits are compared."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.repository import Repository

IDENTITY = {
    **{f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "ada@example.com" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2026-11-27T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


class Compared(Repository):
    """A repository of a user's on a branch, with a main that holds three generated roots."""

    def git(self, *arguments: str, at: Path | None = None) -> str:
        """What git prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=at or self.folder,
            env={**os.environ, **IDENTITY},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, message: str = "change") -> str:
        """Commit all, and the hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def generate(self, *options: str) -> None:
        """Write the roots."""
        done = self.run("generate", *options)
        assert done.code == 0, done.err

    def changed(self, *options: str) -> Any:
        """The document of ``dativo changed --format json``."""
        done = self.run("changed", "--format", "json", *options)
        assert done.code == 0, done.err + done.out
        return done.document

    def kinds(self, *options: str) -> dict[str, str]:
        """Job and environment to the kind of its root."""
        roots = self.changed(*options)["roots"]
        return {f"{root['job']}/{root['environment']}": root["kind"] for root in roots}

    def back(self) -> None:
        """Throw away whatever a test did."""
        self.git("checkout", "--quiet", "--force", "work")
        self.git("reset", "--quiet", "--hard", "main")
        self.git("clean", "--quiet", "-ffd")


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One repository for the tests of a file; each leaves it as it was."""
    folder = tmp_path_factory.mktemp("compared") / "a project"
    made = Compared(folder)
    made.write(".gitignore", ".dativo/\n")
    for name in ("orders", "refunds", "events"):
        made.job(name)
    done = made.spawn("generate")
    assert done.code == 0, done.err
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit("begin")
    made.git("checkout", "--quiet", "-b", "work")
    return folder


@pytest.fixture
def compared(_made: Path, capsys: pytest.CaptureFixture[str]) -> Compared:
    """The repository on the branch ``work``, at ``main``, with nothing changed."""
    found = Compared.__new__(Compared)
    found.folder, found._capsys = _made, capsys
    found.back()
    return found
