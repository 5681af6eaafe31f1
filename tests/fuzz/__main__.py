"""Looks for inputs that break a promise, for as long as it is told to; what it finds it keeps.

``python -m tests.fuzz --minutes 60 job manifest``. With atheris the inputs are led by what of
dativo they reach; without, each is made of a seed alone. Each target runs in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

_LONGEST_INPUT = 1 << 20
_MOST_MEMORY_MIB = 1024
_SLOWEST_INPUT_SECONDS = 60
_QUICK = "/dev/shm"  # a disk takes as long as a command


def main() -> int:
    """Run the targets that are named, or all, one after another; 1 where any found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="which (default: all)")
    parser.add_argument("--minutes", type=float, default=10, help="for all targets together")
    parser.add_argument("--found", default="fuzz-found", help="the folder for what is found")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the first input")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    rows = {target.name: target for target in TARGETS}
    if unknown := set(options.targets) - rows.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(rows)}")
    chosen = options.targets or list(rows)
    if options.alone:
        if os.path.isdir(_QUICK):
            tempfile.tempdir = _QUICK
        return _one(rows[chosen[0]], options)
    codes = [_spawned(name, options.minutes / len(chosen), options) for name in chosen]
    return int(any(codes))


def _spawned(name: str, minutes: float, options: argparse.Namespace) -> int:
    line = [sys.executable, "-m", "tests.fuzz", name, "--alone", "--minutes", str(minutes)]
    line += ["--found", options.found, "--seed", str(options.seed)]
    return subprocess.run(line, check=False).returncode


def _one(target: Target, options: argparse.Namespace) -> int:
    found = Path(options.found) / target.name
    found.mkdir(parents=True, exist_ok=True)
    seconds = max(1, round(options.minutes * 60))
    if not target.guided:
        return _from_seeds(target, found, seconds, options.seed)
    try:
        import atheris
    except ImportError:
        return _from_seeds(target, found, seconds, options.seed)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        made = target.mutate(data, Random(seed))  # noqa: S311 - no secret is made of it
        return made[:most]

    inputs = found / "inputs"
    inputs.mkdir(exist_ok=True)
    for data in (*target.seeds(), *(path.read_bytes() for path in target.corpus())):
        (inputs / hashlib.sha256(data).hexdigest()).write_bytes(data)
    atheris.instrument_all()
    line = [f"dativo-{target.name}", f"-max_total_time={seconds}", f"-seed={options.seed % 2**32}"]
    line += [f"-artifact_prefix={found}{os.sep}", f"-max_len={_LONGEST_INPUT}", "-len_control=0"]
    line += [f"-rss_limit_mb={_MOST_MEMORY_MIB}", f"-timeout={_SLOWEST_INPUT_SECONDS}"]
    atheris.Setup([*line, "-print_final_stats=1", str(inputs)], target.run, custom_mutator=mutated)
    atheris.Fuzz()
    return 0  # it ends the process itself


def _from_seeds(target: Target, found: Path, seconds: int, seed: int) -> int:
    """Each input is made of a good one by a seed that is told where one breaks a promise."""
    end, count, kept = time.monotonic() + seconds, 0, set[str]()
    seeds = target.seeds()
    while time.monotonic() < end:
        random = Random(seed + count)  # noqa: S311 - no secret is made of it
        count += 1
        data = random.choice(seeds)
        for _ in range(random.randint(1, 3)):
            data = target.mutate(data, random)
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            if (said := f"{type(error).__name__}: {str(error)[-300:]}") not in kept:
                kept.add(said)
                name = hashlib.sha256(data).hexdigest()[:12] + target.ending
                (found / name).write_bytes(data)
                (found / f"{name}.log").write_text("".join(traceback.format_exception(error)))
                sys.stderr.write(f"{target.name}: {name}: {said}\n")
    sys.stdout.write(f"{target.name}: {count} inputs, {len(kept)} findings\n")
    return int(bool(kept))


if __name__ == "__main__":
    sys.exit(main())
