"""Where the time of a case goes, by stage: runs it under a profiler."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from typing import Any

from benchmarks.cases import Place
from benchmarks.measure import BY_NAME, Say
from benchmarks.programs import HERE, Call, Programs
from benchmarks.stages import by_stage

CASES = ("cold", "one-changed", "unchanged", "check-without", "hook-changed", "explain")


def profile(
    size: int, cases: Sequence[str], programs: str, scratch: str, say: Say
) -> dict[str, Any]:
    """Seconds by stage of each case, under the profiler and in one process.

    Args:
        size: number of job files.
        cases: names of cases that run a program of dativo's.
        programs: the folder with them.
        scratch: a folder for the projects.
        say: told how far it has come.

    Raises:
        subprocess.CalledProcessError: a program failed.
    """
    taken = {}
    with tempfile.TemporaryDirectory(dir=scratch, prefix="dativo-benchmarks-") as folder:
        at_hand = Programs(programs, folder)
        place = Place(os.path.join(folder, "place"), size, at_hand, None)
        for name in cases:
            statistics = os.path.join(folder, "statistics")
            _run(at_hand, BY_NAME[name].prepare(place), statistics)
            taken[name] = by_stage(statistics)
            say(f"{name}: {sum(taken[name].values()):.2f} s")
    return {"jobs": size, "cases": taken}


def _run(programs: Programs, call: Call, statistics: str) -> None:
    """Run a case's program as ``profiled`` does; it may find something wrong, as a hook does."""
    program, *arguments = call.command
    command = [programs.python, os.path.join(HERE, "profiled.py"), statistics]
    subprocess.run(
        [*command, os.path.basename(program), *arguments],
        cwd=call.folder,
        check=True,
        capture_output=True,
    )
