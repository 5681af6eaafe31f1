"""Fixtures of the tree tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tree.trees import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """An empty project."""
    return Tree(tmp_path / "project")
