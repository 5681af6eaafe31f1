"""The template as its users get it: a git repository with a tag."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import __version__
from tests.packaging.checkout import copy_to
from tests.shared import made_once

PROGRAMS = os.path.dirname(sys.executable)


@dataclass(frozen=True)
class Shell:
    """Runs programs in one folder, with a git that knows no settings but these."""

    folder: str
    environment: dict[str, str]

    def run(self, *command: str, code: int = 0) -> str:
        """Run a program, expect an exit code, and return all that it printed."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}"
        return done.stdout

    def git(self, *arguments: str, code: int = 0) -> str:
        """Run git."""
        return self.run("git", *arguments, code=code)

    def dativo(self, *arguments: str, code: int = 0) -> str:
        """Run dativo."""
        return self.run(os.path.join(PROGRAMS, "dativo"), *arguments, code=code)

    def commit_all(self, message: str = "change") -> None:
        """Commit everything that is not ignored."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)


def environment(home: str) -> dict[str, str]:
    """The environment of every program here: no settings of whoever runs the tests."""
    keep = ("SYSTEMROOT", "TMPDIR", "PIP_CERT", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "SSL_CERT_FILE")
    return {
        **{name: os.environ[name] for name in keep if name in os.environ},
        "PATH": PROGRAMS + os.pathsep + os.environ["PATH"],
        "HOME": home,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.path.join(home, ".gitconfig"),
        "GIT_AUTHOR_DATE": "2025-01-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2025-01-01T00:00:00Z",
        "PRE_COMMIT_HOME": os.path.join(home, "pre-commit"),
    }


# Copier compiles each name and asks git about each file that it lays down, so the repository that
# the tests share has no module but these, and nothing that neither Copier nor pip reads.
MODULES = (
    "aws-ecs-fargate",
    "aws-emr",
    "aws-lambda",
    "azure-container-apps-job",
    "gcp-cloud-function",
    "gcp-cloud-run-job",
)
_UNREAD = ("benchmarks/", "docs/", "generated/", "scripts/", "tests/")
_MODULE = re.compile(r"(?:templates/project/)?modules/([^/]+)/")


def _wanted(name: str) -> bool:
    module = _MODULE.match(name)
    return not name.startswith(_UNREAD) and (module is None or module[1] in MODULES)


def committed_copy(folder: str, home: str, wanted: Callable[[str], bool] = bool) -> Shell:
    """This repository in a folder, what is wanted of it committed and tagged with the version."""
    shell = Shell(copy_to(folder, wanted), environment(home))
    shell.git("init", "--quiet")
    shell.commit_all("everything")
    shell.git("tag", f"v{__version__}")
    return shell


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home folder with a name and an address for git."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").write_text(
        "[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n"
        "[commit]\n\tgpgSign = false\n",
        encoding="utf-8",
    )
    return str(folder)


@pytest.fixture(scope="session")
def template(home: str, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """This repository with some of its modules, committed and tagged with the version."""
    folder = made_once(
        tmp_path_factory, "template", lambda path: committed_copy(str(path), home, _wanted)
    )
    return Shell(str(folder), environment(home))


LayDown = Callable[..., Shell]


@pytest.fixture(scope="session")
def laid_down(template: Shell, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Copier's ``copier copy --defaults`` with some answers, once for each set of answers."""

    def copy(**answers: str) -> str:
        data = [part for key in sorted(answers) for part in ("--data", f"{key}={answers[key]}")]
        command = ("copier", "copy", "--quiet", "--defaults", *data, template.folder)
        name = f"laid-down-{_digest(answers)}"
        return str(
            made_once(tmp_path_factory, name, lambda path: template.run(*command, str(path)))
        )

    return copy


def _digest(answers: dict[str, str]) -> str:
    return hashlib.sha256(repr(sorted(answers.items())).encode()).hexdigest()[:12]


@pytest.fixture
def lay_down(laid_down: Callable[..., str], template: Shell, tmp_path: os.PathLike[str]) -> LayDown:
    """A new repository of the test's own, laid down with some answers."""

    def copy(**answers: str) -> Shell:
        shell = Shell(os.path.join(tmp_path, "project"), template.environment)
        shutil.copytree(laid_down(**answers), shell.folder)
        return shell

    return copy


@pytest.fixture(scope="session")
def committed(
    laid_down: Callable[..., str], template: Shell, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """A new repository under git, generated and committed, once for each set of answers."""

    def make(**answers: str) -> str:
        def start(path: Path) -> None:
            shutil.copytree(laid_down(**answers), path)
            shell = Shell(str(path), template.environment)
            shell.git("init", "--quiet")
            shell.dativo("generate")
            shell.commit_all("start")

        return str(made_once(tmp_path_factory, f"committed-{_digest(answers)}", start))

    return make


@pytest.fixture
def repository(
    committed: Callable[..., str], template: Shell, tmp_path: os.PathLike[str]
) -> Callable[..., Shell]:
    """A new repository of the test's own under git, generated and committed, with no hook yet."""

    def make(**answers: str) -> Shell:
        shell = Shell(os.path.join(tmp_path, "project"), template.environment)
        shutil.copytree(committed(**answers), shell.folder)
        shell.git("status", "--porcelain")  # the index takes the copies for what was committed
        return shell

    return make


@pytest.fixture
def own_template(template: Shell, tmp_path: os.PathLike[str]) -> Shell:
    """A copy of the template that a test may change."""
    folder = os.path.join(tmp_path, "template")
    shutil.copytree(template.folder, folder, symlinks=True)
    return Shell(folder, template.environment)
