"""What a program took, whatever the tests themselves have in memory.

A process starts with the largest size of the one that it was forked from, so a small launcher
stands between.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import launcher

KIB = 1 if sys.platform == "darwin" else 1024


class Taken(NamedTuple):
    """Of a program that ended.

    Attributes:
        code: its exit code.
        cpu: seconds of CPU, of all that it waited for, too.
        memory: the largest resident size of one process, in bytes.
        said: what it printed.
    """

    code: int
    cpu: float
    memory: int
    said: bytes


def taken_by(command: Sequence[str], folder: str | os.PathLike[str], scratch: Path) -> Taken:
    """Run a program to its end.

    Args:
        command: its path and its arguments.
        folder: where it runs.
        scratch: a folder for what it prints.
    """
    output = scratch / "said"
    start = [sys.executable, "-I", "-S", str(launcher.__file__), str(output)]
    done = subprocess.run([*start, *command], cwd=folder, capture_output=True, check=True)
    code, _, cpu, memory = done.stdout.split()
    return Taken(int(code), float(cpu), int(memory) * KIB, output.read_bytes())
