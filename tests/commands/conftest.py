"""Fixtures of the command tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository import Repository


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without jobs."""
    return Repository(tmp_path / "project", capsys)
