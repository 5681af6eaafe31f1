"""What takes long to make, made once for all workers of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker to ask makes, and the others wait for; tests copy it.

    Args:
        factory: pytest's, of which all workers of a run have a common folder above theirs.
        name: of the folder, of nothing else in the run.
        make: called with a path where nothing is yet. The folder it makes there is moved to its
            place only when it is complete.
    """
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, unfinished = shared / name, shared / f"{name}.unfinished"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            make(unfinished)
            unfinished.rename(folder)
    return folder
