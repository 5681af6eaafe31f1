"""python -m benchmarks corpus|run: makes a corpus, or measures."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile

from benchmarks import corpus
from benchmarks.cases import CASES
from benchmarks.measure import Wanted, measure, results_file, save, to_stderr

_IN_MEMORY = "/dev/shm"  # noqa: S108 - a folder is made in it, by a name of its own


def main(arguments: list[str]) -> int:
    """Run a command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _corpus_options(commands.add_parser("corpus", help="write a project with jobs"))
    _run_options(commands.add_parser("run", help="measure, and write the results as JSON"))
    options = parser.parse_args(arguments)
    return int(options.call(options))


def _corpus_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, help="of job files")
    parser.add_argument("folder", help="where to; must not exist")
    parser.add_argument("--seed", type=int, default=corpus.SEED)
    parser.set_defaults(call=_corpus)


def _corpus(options: argparse.Namespace) -> int:
    made = corpus.make(options.folder, options.number, options.seed)
    print(f"{len(made.jobs)} jobs in {made.folder}")
    return 0


def _run_options(parser: argparse.ArgumentParser) -> None:
    names = [case.name for case in CASES]
    parser.add_argument("--jobs", type=_numbers, default=[1000], help="as 100,1000 (default: 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="that count (default: 5)")
    parser.add_argument("--once", action="store_true", help="one round, with none before it")
    parser.add_argument(
        "--cases", type=lambda text: text.split(","), default=names, help=f"of: {', '.join(names)}"
    )
    parser.add_argument(
        "--programs",
        default=os.path.dirname(sys.executable),
        metavar="FOLDER",
        help="the dativo to measure (default: beside this Python)",
    )
    parser.add_argument("--modules", metavar="FOLDER", help="its modules (default: those here)")
    parser.add_argument("--label", default="now", help="what the results are called")
    parser.add_argument("--scratch", default=_scratch(), help="for projects (default: %(default)s)")
    parser.add_argument("--write", metavar="FILE", help="default: results/LABEL.json")
    parser.set_defaults(call=_run)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _scratch() -> str:
    return _IN_MEMORY if os.path.isdir(_IN_MEMORY) else tempfile.gettempdir()


def _run(options: argparse.Namespace) -> int:
    wanted = Wanted(
        sizes=options.jobs,
        cases=options.cases,
        rounds=1 if options.once else options.rounds,
        programs=options.programs,
        modules=options.modules,
        label=options.label,
        scratch=options.scratch,
        first=not options.once,
    )
    path = options.write or results_file(options.label)
    save(measure(wanted, to_stderr), path)
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
