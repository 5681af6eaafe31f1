"""Programs that the tests run, each in an environment of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).parents[1]
_BIN = "Scripts" if os.name == "nt" else "bin"


def program(group: str, name: str) -> Path:
    """Where a program is, once `make` has installed its group.

    Args:
        group: of the dependency groups of pyproject.toml that are apart.
        name: of the program.
    """
    return _REPOSITORY / f".venv-{group}" / _BIN / name


def need(group: str) -> None:
    """Fail a test whose program is not installed; skip it where `make` found that it cannot be."""
    made = _REPOSITORY / f".venv-{group}"
    if (made / ".dativo-none").exists():
        pytest.skip(f"requirements/{group}.txt cannot be installed here")
    if not (made / ".dativo-ready").exists():
        pytest.fail(f"{group} is not installed, run: make .venv-{group}/.dativo-ready")
