"""Repositories to report on: a user's, and this one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator import report_roots
from tests.repository import TOP, Repository


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without jobs."""
    return Repository(tmp_path / "project", capsys)


@pytest.fixture(scope="session")
def ours() -> dict[str, Any]:
    """The report of the repository that this is."""
    return report_roots(TOP)
