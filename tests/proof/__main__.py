"""``python -m tests.proof``: prove roots of random jobs; exit code 1 where one fails."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.proof.run import run


def main() -> int:
    """Run a proof and print its report."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("--roots", type=int, default=100, help="at least so many roots")
    parser.add_argument("--seed", default="1", help="decides all that is drawn")
    parser.add_argument(
        "--lives", type=int, default=2, help="roots of each project to live through"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes side by side")
    parser.add_argument("--start", type=int, default=0, help="leave out cases of lower numbers")
    parser.add_argument("--only", type=int, help="the one case of that number")
    parser.add_argument("--log", type=Path, help="folder for results and failed projects")
    chosen = parser.parse_args()
    if chosen.log:
        chosen.log.mkdir(parents=True, exist_ok=True)
    report = run(
        chosen.seed,
        chosen.roots,
        start=chosen.start,
        only=chosen.only,
        lives=chosen.lives,
        workers=chosen.workers,
        log=chosen.log,
    )
    sys.stdout.write(report.text() + "\n")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
