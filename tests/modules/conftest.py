"""Terraform for the tests of modules, from wherever the rehearsal takes it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import pytest

from generator.rehearsal.binary import find_terraform
from generator.rehearsal.mirror import write_mirror

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs Terraform in a folder, with no settings of the user's."""
    mirror = write_mirror(str(tmp_path_factory.getbasetemp().parent / "mirror"))
    program = find_terraform(None, mirror).path
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment = kept | {"NO_COLOR": "1", "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": ""}

    def run(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
