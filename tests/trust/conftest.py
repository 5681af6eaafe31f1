"""What the command line says of one job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repository import Repository

Told = Callable[..., list[str]]
MODULES = "\nmodules: {source: 'git::https://git.acme.example/modules.git', version: v1}\n"


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A project whose shipped modules are fetched."""
    made = Repository(tmp_path, capsys)
    made.write("dativo.yaml", MODULES)
    return made


@pytest.fixture
def told(repository: Repository) -> Told:
    """The errors of a job under settings, as ``file:line:column: error: message``."""

    def tell(job: str, settings: str = "") -> list[str]:
        repository.write("jobs/orders.yaml", job)
        repository.write("dativo.yaml", settings + MODULES)
        done = repository.run("validate")
        return [line for line in done.err.splitlines() if ": error: " in line]

    return tell
