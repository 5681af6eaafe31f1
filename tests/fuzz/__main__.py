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
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.target import Target

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
    parser.add_argument("--alone", choices=("led", "seeds"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        return _alone(options)
    rows = _rows()
    if unknown := set(options.targets) - rows.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(rows)}")
    chosen = options.targets or list(rows)
    minutes = options.minutes / len(chosen)
    codes = [_spawned(rows[name], minutes, options) for name in chosen]
    return int(any(codes))


def _rows() -> dict[str, Target]:
    # Here and not above, since a run that is led watches how they are imported.
    from tests.fuzz.targets import TARGETS

    return {target.name: target for target in TARGETS}


def _spawned(target: Target, minutes: float, options: argparse.Namespace) -> int:
    line = [sys.executable, "-m", "tests.fuzz", target.name, "--minutes", str(minutes)]
    line += ["--alone", "led" if target.guided else "seeds"]
    line += ["--found", options.found, "--seed", str(options.seed)]
    return subprocess.run(line, check=False).returncode


def _alone(options: argparse.Namespace) -> int:
    if os.path.isdir(_QUICK):
        tempfile.tempdir = _QUICK
    (name,) = options.targets
    found = Path(options.found) / name
    found.mkdir(parents=True, exist_ok=True)
    seconds = max(1, round(options.minutes * 60))
    if options.alone == "led":
        with suppress(ImportError):
            return _led(name, found, seconds, options.seed)
    return _from_seeds(_rows()[name], found, seconds, options.seed)


def _led(name: str, found: Path, seconds: int, seed: int) -> int:
    """Each input is led by what others reached of dativo itself.

    Raises:
        ImportError: there is no atheris.
    """
    import atheris

    # What else runs takes more time than it leads anywhere.
    with atheris.instrument_imports(include=["generator"]):
        _fuzz(atheris, _rows()[name], found, seconds, seed)
    return 0  # it ends the process itself


def _fuzz(atheris: Any, target: Target, found: Path, seconds: int, seed: int) -> None:
    def mutated(data: bytes, most: int, seed: int) -> bytes:
        made = target.mutate(data, Random(seed))  # noqa: S311 - no secret is made of it
        return made[:most]

    inputs = found / "inputs"
    inputs.mkdir(exist_ok=True)
    for data in (*target.seeds(), *(path.read_bytes() for path in target.corpus())):
        (inputs / hashlib.sha256(data).hexdigest()).write_bytes(data)
    line = [f"dativo-{target.name}", f"-max_total_time={seconds}", f"-seed={seed % 2**32}"]
    line += [f"-artifact_prefix={found}{os.sep}", f"-max_len={_LONGEST_INPUT}", "-len_control=0"]
    line += [f"-rss_limit_mb={_MOST_MEMORY_MIB}", f"-timeout={_SLOWEST_INPUT_SECONDS}"]
    atheris.Setup([*line, "-print_final_stats=1", str(inputs)], target.run, custom_mutator=mutated)
    atheris.Fuzz()


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
