"""The command line: finds the command, runs it, prints what went wrong, exits.

Commands are imported when they are run, so that one command does not pay for another.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from generator import __version__

if TYPE_CHECKING:
    import argparse

EXIT_OK, EXIT_INPUT, EXIT_DIFFERS, EXIT_BUG, EXIT_INTERRUPTED = 0, 1, 2, 3, 130

# One command, one module below generator.commands, one function of the same name.
COMMANDS = {
    "generate": "write the Terraform roots of all or some jobs",
    "check": "tell whether the roots are what generate would write; write nothing",
    "validate": "read and check job files only",
    "explain": "show where every tag, input and name of a job comes from",
    "prune": "remove the folders of roots whose jobs are gone",
    "rehearse": "plan, apply and destroy roots with no cloud",
    "schema": "print or write the JSON Schemas of job, asset and settings files",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: arguments without the program's name; None takes those of the process.

    Returns:
        0 fine, 1 something is wrong with the input, 2 differences found, 3 our bug,
        130 interrupted.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except Exception as error:  # the last resort: our own bug, told as such
        from generator.bug import report

        return report(error, arguments)


def _run(arguments: list[str]) -> int:
    from generator.errors import InputError, UsageError

    if arguments[:1] == ["generate"] or arguments[:1] == ["check"]:
        from generator.unchanged import nothing_to_do

        if (done := nothing_to_do(arguments)) is not None:
            return done
    options = parser().parse_args(arguments)
    try:
        return _command(options)
    except InputError as error:
        from generator.commands.common import print_problems

        print_problems(list(error.problems), options)
        return EXIT_INPUT
    except UsageError as error:
        print(f"dativo: {error}", file=sys.stderr)
        return EXIT_INPUT


def _command(options: argparse.Namespace) -> int:
    name = options.command
    code: int = getattr(import_module(f"generator.commands.{name}"), "run")(options)
    return code


def parser() -> argparse.ArgumentParser:
    """The whole command line; also read by the CLI reference in the docs."""
    import argparse

    top = argparse.ArgumentParser(
        prog="dativo", description="ETL job files in, reviewable Terraform root modules out."
    )
    top.add_argument("--version", action="version", version=f"dativo {__version__}")
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = subparsers.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        command.add_argument(
            "--project",
            metavar="DIR",
            help="the project folder (default: the nearest with dativo.yaml or .git)",
        )
        import_module(f"generator.commands.{name}").add_arguments(command)
    return top
