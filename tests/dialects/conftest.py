"""The project of the example files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialects.projects import make


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with every example file, its assets and the shipped modules."""
    return make(tmp_path_factory.mktemp("dialects"))
