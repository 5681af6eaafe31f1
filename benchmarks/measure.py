"""Runs cases round by round, and keeps what each took."""

from __future__ import annotations

import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.cases import CASES, Case, Place, missing
from benchmarks.corpus import SEED, TOP
from benchmarks.peer_cases import PEERS
from benchmarks.programs import Programs, Taken

BY_NAME = {case.name: case for case in (*CASES, *PEERS)}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What is to be measured.

    Attributes:
        sizes: numbers of job files.
        cases: names of cases; the floor is always among them.
        rounds: how often each case runs, after one round that does not count.
        programs: the folder with the programs of the dativo to measure.
        modules: the folder with its modules; None for this repository's.
        label: what the results are called.
        scratch: a folder for the projects, best in memory.
        first: whether there is a round that does not count.
    """

    sizes: Sequence[int]
    cases: Sequence[str]
    rounds: int
    programs: str
    modules: str | None
    label: str
    scratch: str
    first: bool = True


def measure(wanted: Wanted, say: Say) -> dict[str, Any]:
    """Measure, and return the results as they are kept in ``results/``.

    Each run there has, for every case, the values of each round: seconds of wall and CPU time,
    and KiB of memory. Values at the same place are of the same round.

    Raises:
        UnexpectedEndError: a program failed.
        FileNotFoundError: dativo is not where it was said to be.
    """
    with tempfile.TemporaryDirectory(dir=wanted.scratch, prefix="dativo-benchmarks-") as folder:
        programs = Programs(wanted.programs, folder)
        runs = [_run(wanted, size, folder, programs, say) for size in wanted.sizes]
    return {
        "label": wanted.label,
        "dativo": _version(programs),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(programs.python, wanted.scratch),
        "seed": SEED,
        "runs": runs,
    }


def _run(wanted: Wanted, size: int, folder: str, programs: Programs, say: Say) -> dict[str, Any]:
    chosen = [BY_NAME[name] for name in dict.fromkeys(("floor", *wanted.cases))]
    left_out = {case.name: reason for case in chosen if (reason := missing(case))}
    chosen = [case for case in chosen if case.name not in left_out]
    say(f"{size} jobs: making the project")
    above = os.path.join(folder, str(size))
    place = Place(above, size, programs, wanted.modules)
    taken: dict[str, list[Taken]] = {case.name: [] for case in chosen}
    load = [os.getloadavg()[0]]
    for number in range(0 if wanted.first else 1, wanted.rounds + 1):
        for case in chosen:
            one = _one(case, place)
            say(f"{size} jobs, round {number}: {case.name} {one.wall:.3f} s, cpu {one.cpu:.3f} s")
            if number:
                taken[case.name].append(one)
    load.append(os.getloadavg()[0])
    shutil.rmtree(above)
    return {
        "jobs": size,
        "roots": place.roots,
        "files": place.files,
        "bytes": place.size,
        "rounds": wanted.rounds,
        "load": [round(value, 1) for value in load],
        "left_out": left_out,
        "cases": {name: _columns(rows) for name, rows in taken.items()},
    }


def _one(case: Case, place: Place) -> Taken:
    return place.programs.run(case.prepare(place))


def _columns(rows: Sequence[Taken]) -> dict[str, list[float]]:
    return {
        "wall": [round(row.wall, 4) for row in rows],
        "cpu": [round(row.cpu, 4) for row in rows],
        "memory": [row.memory for row in rows],
    }


def _version(programs: Programs) -> str:
    command = [programs.ours("dativo"), "--version"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.split()[-1]


def machine(python: str, scratch: str) -> dict[str, Any]:
    """What the figures depend on, and nothing that tells whose machine it was.

    Args:
        python: the interpreter that runs dativo.
        scratch: the folder that the projects lie in.
    """
    version = subprocess.run(
        [python, "-c", "import platform; print(platform.python_version())"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {
        "processor": _line_of("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(int((_line_of("/proc/meminfo", "MemTotal") or "0").split()[0]) / 2**20),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "file_system": _file_system(scratch),
        "python": version.stdout.strip(),
    }


def _line_of(path: str, name: str) -> str:
    try:
        with open(path, encoding="utf-8") as stream:
            for line in stream:
                if line.startswith(name):
                    return " ".join(line.partition(":")[2].split())
    except OSError:
        pass
    return ""


def _file_system(folder: str) -> str:
    """The kind of file system that a folder is on, as Linux says it."""
    best, kind = "", "unknown"
    try:
        with open("/proc/mounts", encoding="utf-8") as stream:
            for line in stream:
                _, point, name = line.split()[:3]
                inside = f"{os.path.realpath(folder)}/".startswith(point.rstrip("/") + "/")
                if inside and len(point) >= len(best):
                    best, kind = point, name
    except OSError:
        pass
    return kind


def save(results: dict[str, Any], path: str) -> None:
    """Write results; a run's numbers stand on few lines, so that a change can be read."""
    text = json.dumps(results, indent=1)
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if lines and lines[-1].rstrip().endswith(("[", ",")) and _is_number(bare):
            lines[-1] += bare if lines[-1].endswith("[") else f" {bare}"
        elif lines and bare.startswith("]") and _is_number(lines[-1].rpartition("[")[2]):
            lines[-1] += bare
        else:
            lines.append(line)
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")


def _is_number(text: str) -> bool:
    return bool(text) and not text.strip("0123456789.-e, ")


def results_file(name: str) -> str:
    """The path of kept results."""
    return os.path.join(TOP, "benchmarks", "results", f"{name}.json")


def to_stderr(text: str) -> None:
    """Tell how far a measurement has come."""
    print(text, file=sys.stderr, flush=True)
