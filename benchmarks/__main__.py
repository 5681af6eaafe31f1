"""Makes a corpus of jobs, measures dativo and others on it, says whether goals are kept."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from typing import Any

from benchmarks import corpus
from benchmarks.cases import CASES
from benchmarks.goals import missed, runs_of
from benchmarks.measure import BY_NAME, Wanted, measure, results_file, save, to_stderr

_IN_MEMORY = "/dev/shm"  # noqa: S108 - a folder is made in it, by a name of its own


def main(arguments: list[str]) -> int:
    """Run a command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _corpus_options(commands.add_parser("corpus", help="write a project with jobs"))
    _run_options(commands.add_parser("run", help="measure, and write the results as JSON"))
    _profile_options(commands.add_parser("profile", help="where the time goes, by stage"))
    _goals_options(commands.add_parser("goals", help="1 when results miss a goal"))
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
        "--cases",
        type=_cases,
        default=names,
        metavar="NAME,NAME",
        help=f"of: {', '.join(BY_NAME)} (default: all but the last, which are other tools)",
    )
    parser.add_argument("--modules", metavar="FOLDER", help="its modules (default: those here)")
    parser.add_argument("--label", default="now", help="what the results are called")
    parser.add_argument("--write", metavar="FILE", help="default: benchmarks/results/LABEL.json")
    parser.add_argument(
        "--add", action="store_true", help="keep what the file has of other numbers of jobs"
    )
    _common_options(parser)
    parser.set_defaults(call=_run)


def _common_options(parser: argparse.ArgumentParser) -> None:
    beside = os.path.dirname(sys.executable)
    parser.add_argument(
        "--programs",
        default=beside,
        metavar="FOLDER",
        help="the dativo to measure (default: beside this Python)",
    )
    parser.add_argument("--scratch", default=_scratch(), help="for projects (default: %(default)s)")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _cases(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in BY_NAME]:
        raise argparse.ArgumentTypeError(f"there is no case {unknown[0]}")
    return names


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
    results = measure(wanted, to_stderr)
    if options.add and os.path.exists(path):
        kept = [run for run in _read(path)["runs"] if run["jobs"] not in options.jobs]
        results["runs"] = sorted([*kept, *results["runs"]], key=lambda run: int(run["jobs"]))
    save(results, path)
    print(path)
    return 0


def _read(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as stream:
        loaded: dict[str, Any] = json.load(stream)
    return loaded


def _profile_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=1000, help="default: 1000")
    parser.add_argument("--write", metavar="FILE", default=results_file("profiles"))
    _common_options(parser)
    parser.set_defaults(call=_profile)


def _profile(options: argparse.Namespace) -> int:
    from benchmarks import profiles

    taken = profiles.profile(
        options.jobs, profiles.CASES, options.programs, options.scratch, to_stderr
    )
    save(taken, options.write)
    print(options.write)
    return 0


def _goals_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="results")
    parser.add_argument(
        "--slack", type=float, default=0.25, help="let through beyond a goal (default: 0.25)"
    )
    parser.set_defaults(call=_goals)


def _goals(options: argparse.Namespace) -> int:
    sentences = list(missed(runs_of(_read(options.file)), options.slack))
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
