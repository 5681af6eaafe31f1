"""What the page is built from."""

from __future__ import annotations

import subprocess
from pathlib import Path

TOP = Path(__file__).parents[2]


def run(folder: Path, *command: str) -> None:
    """Run a program that has to work."""
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
