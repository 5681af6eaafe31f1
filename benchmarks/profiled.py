"""Runs dativo under cProfile, on one processor: ``profiled.py STATISTICS PROGRAM [ARGUMENT ...]``.

On one processor dativo works in one process, so that all of it is seen.
"""

import cProfile
import os
import sys
from contextlib import suppress


def _run(program: str, arguments: list[str]) -> object:
    if program == "dativo-hook":
        from generator.hook import main as hook

        return hook(arguments)
    from generator.cli import main

    return main(arguments)


def main(statistics: str, program: str, arguments: list[str]) -> None:
    """Run one of dativo's programs, imports and all, and write what took how long."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    profile = cProfile.Profile()
    with suppress(SystemExit):
        profile.runcall(_run, program, arguments)
    profile.dump_stats(statistics)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
