"""A repository with a remote, a code host that is make-believe, and Terraform on stand-ins."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.rehearsal.binary import Terraform
from tests.ci.code_host import TOKEN, GitHubHost, serving
from tests.ci.runner import Ran, Workflow
from tests.terraform.conftest import terraform_environment
from tests.terraform.projects import JOB, write_project

__all__ = ["terraform_environment"]
ROOT = "generated/acme/orders/prod"
_IGNORED = ".terraform/\n*.tfstate*\n.dativo/\nplans/\napplied/\ndiff.md\n"


class Team:
    """A repository on a make-believe code host, and what its workflow does there.

    Attributes:
        folder: the one work tree.
        host: the code host.
    """

    def __init__(self, folder: Path, host: GitHubHost, environment: dict[str, str]) -> None:
        """A repository with one job, generated, on its branch main, and pushed."""
        self.folder, self.host, self.environment = folder, host, environment
        folder.mkdir()
        write_project(folder, "aws")
        (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
        (folder / "requirements.txt").write_text("dativo-generator\n", encoding="utf-8")
        subprocess.run(
            ["git", "init", "--quiet", "--bare", f"{folder}.git"], check=True, env=environment
        )
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("remote", "add", "origin", f"{folder}.git")
        self.dativo("generate")
        self.dativo("ci", "github")
        self.commit("start")
        self.git("push", "--quiet", "origin", "main")

    def git(self, *arguments: str) -> str:
        """Run git."""
        command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments]
        return subprocess.check_output(
            command, cwd=self.folder, env=self.environment, text=True, stderr=subprocess.STDOUT
        ).strip()

    def dativo(self, *arguments: str) -> None:
        """Run dativo, in this process."""
        assert main([*arguments, "--project", os.fspath(self.folder)]) == 0

    def commit(self, message: str) -> str:
        """Commit everything; the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def edit(self, change: Callable[[str], str], path: Path = JOB) -> None:
        """Change a file, and generate."""
        file = self.folder / path
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        self.dativo("generate")

    def workflow(self, name: str = "dativo", **event: Any) -> Workflow:
        """The workflow, for an event."""
        file = self.folder.parent / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        shutil.rmtree(self.folder.parent / "artifacts", ignore_errors=True)
        for left in ("plans", "applied"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        given = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.host.address,
            "GITHUB_REPOSITORY": "acme/data",
            "GITHUB_EVENT_PATH": os.fspath(file),
        }
        environment = {**self.environment, **given}
        return Workflow(self.folder, f".github/workflows/{name}.yml", environment)

    def pull_request(self, number: int) -> list[dict[str, Any]]:
        """What a pull request of the current branch runs; the entries that were planned."""
        pull = self.host.pull(number, self.git("rev-parse", "HEAD"))
        pull["base"] = {"sha": self.git("rev-parse", "main")}
        work = self.workflow(pull_request=pull)
        github = {"event": {"pull_request": pull}, "token": TOKEN}
        entries = self._entries(work.job("changed", github=github))
        for index, entry in enumerate(entries):
            strategy = {"job-index": index}
            done = work.job("plan", github=github, matrix=entry, strategy=strategy)
            assert done.code == 0, done.output
        done = work.job("comment", github=github)
        assert done.code == 0, done.output
        return entries

    def merge(self, number: int) -> tuple[str, str]:
        """Merge the current branch into main; the commits before and after."""
        branch = self.git("branch", "--show-current")
        before = self.git("rev-parse", "main")
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", branch)
        self.git("push", "--quiet", "origin", "main")
        commit = self.git("rev-parse", "HEAD")
        self.host.merge(number, commit)
        return before, commit

    def pushed(self, before: str, **inputs: str) -> list[Ran]:
        """What a push to main runs, or by hand with inputs; what the applies came to."""
        work = self.workflow()
        github = {"event": {"before": before}, "token": TOKEN}
        entries = self._entries(work.job("changed", github=github, inputs=inputs))
        found = [
            work.job(
                "apply", github=github, matrix=one, inputs=inputs, strategy={"job-index": index}
            )
            for index, one in enumerate(entries)
        ]
        if found:
            found.append(work.job("follow-up", github=github))
        return found

    def _entries(self, changed: Ran) -> list[dict[str, Any]]:
        assert changed.code == 0, changed.output
        entries: list[dict[str, Any]] = json.loads(changed.outputs["matrix"])["include"]
        assert entries  # GitHub fails a matrix without any
        return [one for one in entries if one["count"]]


@pytest.fixture(scope="module")
def team(
    tmp_path_factory: pytest.TempPathFactory,
    terraform_program: Terraform,
    terraform_environment: dict[str, str],
) -> Iterator[Team]:
    """A team's repository, one for the tests of a module."""
    top = tmp_path_factory.mktemp("team")
    # The program of a workflow is called terraform, whichever it is here.
    (top / "bin").mkdir()
    (top / "bin" / "terraform").symlink_to(terraform_program.path)
    path = os.pathsep.join(
        (os.fspath(top / "bin"), os.path.dirname(sys.executable), os.environ["PATH"])
    )
    kept = {name: value for name, value in terraform_environment.items() if name != "PATH"}
    environment = {
        **kept,
        "PATH": path,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    host = GitHubHost()
    with serving(host):
        yield Team(top / "data", host, environment)
