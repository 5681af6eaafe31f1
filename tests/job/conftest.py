"""A repository of its own for each test, and what loading its jobs says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.errors import InputError, Problem
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project, open_project
from generator.yaml.positions import Positions

JOB = "jobs/acme/stripe.yaml"


@dataclass(frozen=True)
class Repository:
    """A folder with files of the user's."""

    folder: Path

    def write(self, file: str, text: str | bytes) -> None:
        """Write one file, with its folders."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def project(self) -> Project:
        """Open it."""
        return open_project(str(self.folder))

    def load(self, job: str | bytes | None = None, settings: str = "") -> list[LoadedJob]:
        """The jobs of the job file after writing it."""
        return self.loaded(job, settings)[0]

    def loaded(
        self, job: str | bytes | None = None, settings: str = ""
    ) -> tuple[list[LoadedJob], list[Problem]]:
        """Jobs and warnings."""
        if job is not None:
            self.write(JOB, job)
        if settings:
            self.write("dativo.yaml", settings)
        return load(self.project(), JOB)

    def problems(self, job: str | bytes | None = None, settings: str = "") -> list[Problem]:
        """What is wrong with it."""
        with pytest.raises(InputError) as caught:
            self.loaded(job, settings)
        return list(caught.value.problems)

    def told(self, job: str | bytes | None = None, settings: str = "") -> list[str]:
        """Problems as ``file:line:column: code: message``."""
        return [self.line_of(problem) for problem in self.problems(job, settings)]

    def line_of(self, problem: Problem) -> str:
        """One problem with its position."""
        location = problem.location
        if location is None:
            return f"{problem.code}: {problem.message}"
        line, column = location.line, location.column
        path = self.folder / location.file
        if line is None and path.is_file():
            line, column = Positions(path.read_text("utf-8")).find(location.path, location.on_key)
        return f"{location.file}:{line}:{column}: {problem.code}: {problem.message}"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path)


@pytest.fixture(scope="session")
def minimal() -> Callable[..., str]:
    """Makes the shortest job file that loads, with further lines before its infrastructure."""

    def make(*lines: str, infrastructure: str = "") -> str:
        head = lines or ("tenant_id: acme", "environment: prod")
        block = "infrastructure:\n  provider: aws\n  region: us-east-1\n  runtime:\n"
        return "\n".join(head) + f"\n{block}    type: ecs_fargate\n{infrastructure}"

    return make
