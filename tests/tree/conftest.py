"""Fixtures of the tree tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository import Repository
from tests.tree.trees import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """An empty project."""
    return Tree(tmp_path / "project")


@pytest.fixture
def repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Repository:
    """A repository without jobs."""
    return Repository(tmp_path / "project", capsys)
