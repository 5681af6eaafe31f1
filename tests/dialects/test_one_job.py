"""One and the same job, written in every dialect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialects.projects import Outcome


def _root(project: Path, name: str) -> dict[str, str]:
    file = f"one/{name}.yaml"
    found = Outcome(project, file)
    assert not found.errors
    ((folder, texts),) = found.built.roots.items()
    assert folder == "acme/orders/prod"
    return {
        path: text.replace(file, "FILE") for path, text in texts.items() if path != ".dativo.json"
    }


@pytest.mark.parametrize("dialect", ["e", "r", "p", "d"])
def test_same_root(project: Path, dialect: str) -> None:
    """The root has the same bytes, apart from the job file's name."""
    assert _root(project, dialect) == _root(project, "canonical")
