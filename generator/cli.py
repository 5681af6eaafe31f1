"""The command line: finds the command, runs it, prints what went wrong, exits.

Commands are imported when they are run, so that one command does not pay for another, and
nothing is imported before it is known that there is something to do.
"""

from __future__ import annotations

import os
import sys
from errno import EDQUOT, EFBIG, EIO, ENOSPC

from generator.commands import (
    EXIT_BUG,
    EXIT_INPUT,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_PIPE,
    EXIT_SIGNAL,
)
from generator.files.own_process import prepare
from generator.version import __version__

TYPE_CHECKING = False  # typing takes longer to import than generate with nothing to do
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from generator.kept.settled import Settled

# Why the system refuses to write any more.
_FULL = frozenset((EDQUOT, EFBIG, EIO, ENOSPC))
# One command, one module below generator.commands, one function of the same name.
COMMANDS = {
    "generate": "write the Terraform roots of all or some jobs",
    "check": "tell whether the roots are what generate would write; write nothing",
    "validate": "read and check job files only",
    "changed": "list the roots that changed between two trees of git, and which to plan",
    "diff": "show what changed in the roots between two trees of git",
    "explain": "show where every tag, input and name of a job comes from",
    "report": "tell who owns each root, what it may use at most, and what it lacks",
    "audit": "hold what clouds export of their resources against the tags that jobs intend",
    "upgrade": "move constraints of providers and versions of modules over all roots",
    "lock": "make the lock files of providers, one for all roots that need the same",
    "new": "start a repository for jobs, or a job in one",
    "retire": "take a job, or one environment or tenant of it, out on purpose",
    "rename": "give a job another name, and keep its state and its resources",
    "completion": "print the script with which a shell completes this command line",
    "adopt": "propose a job for a root module that somebody wrote, and show what differs",
    "prune": "remove the folders of roots whose jobs are gone",
    "rehearse": "plan, apply and destroy roots with no cloud",
    "schema": "print or write the JSON Schemas of job, asset and settings files",
    "export": "write what other tools take from a job: tfvars, metadata, tags, labels",
    "policy": "hand the tag policy over to tools that enforce one",
    "infra": "tfvars, validation and tag report, as earlier tools named them",
    "terraform": "tfvars, as an earlier tool named it",
    "resolve": "put the outputs of an apply into the placeholders of a job file",
    "ci": "write the pipelines that plan, comment and apply, for a CI system",
    "pipeline": "the steps of the pipelines that ci writes",
    "migrate": "rewrite job files of older dialects in the canonical form",
}


def main(argv: Sequence[str] | None = None, settled: Settled | None = None) -> int:
    """Run one command.

    Args:
        argv: arguments without the program's name; None takes those of the process.
        settled: what the caller found of the record of earlier runs, if it looked.

    Returns:
        0 fine, 1 something is wrong with the input, 2 differences found, 3 our bug,
        130 interrupted, 141 nobody reads the output.
    """
    if argv is None:
        if "_ARGCOMPLETE" in os.environ:
            _complete()
        prepare()
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what the terminal cannot show is no bug
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments, argv is None, settled)
        sys.stdout.flush()
    except KeyboardInterrupt as error:
        number = getattr(error, "number", 0)
        said = ["terminated" if number else "interrupted", *getattr(error, "__notes__", ())]
        from contextlib import suppress  # takes longer to import than generate with nothing to do

        with suppress(OSError):  # the terminal may be gone
            print("; ".join(said), file=sys.stderr)
        return EXIT_SIGNAL + number if number else EXIT_INTERRUPTED
    except BrokenPipeError:
        _silence()
        return EXIT_PIPE
    except OSError as error:
        return _of_system(error, arguments)
    except Exception as error:  # the last resort: our own bug, told as such
        return _bug(error, arguments)
    return code


def _of_system(error: OSError, arguments: list[str]) -> int:
    """What the system refused and nobody told of: names too long, permissions, a folder gone."""
    from generator.report.bug import refused

    if error.filename is None and error.errno in _FULL:
        _silence()
    elif error.filename is None and _has_folder():
        return _bug(error, arguments)
    refused(error, arguments)
    return EXIT_INPUT


def _silence() -> None:
    """What is still buffered goes nowhere, rather than failing once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(error: Exception, arguments: list[str]) -> int:
    from generator.report.bug import report

    report(error, arguments)
    return EXIT_BUG


def _has_folder() -> bool:
    """Whether the current folder is still there."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _complete() -> None:
    """Answer a shell that completes a line, which ends the process."""
    from generator.completion.answer import answer

    words = os.environ.get("COMP_LINE", "").split()
    answer(parser(words[1] if len(words) > 1 else ""))


def _run(arguments: list[str], own: bool, settled: Settled | None) -> int:
    if arguments[:1] != ["generate"] and arguments[:1] != ["check"]:
        return _work(arguments, own, settled)
    from generator.noop.answer import answer, record_for, tell

    settled = settled or record_for(arguments)
    if settled is None:
        return _work(arguments, own, settled)
    try:
        said = answer(arguments, settled)
        return _work(arguments, own, settled) if said is None else tell(*said)
    finally:
        settled.end()


def _work(arguments: list[str], own: bool, settled: Settled | None) -> int:
    from generator.commands.common import print_problems
    from generator.errors import InputError, MachineError, Problem, UsageError

    if own:
        from generator.files.signals import listen

        listen()

    if not arguments:
        parser("").print_help()
        return EXIT_OK
    options = parser(arguments[0]).parse_args(arguments)
    options.settled = settled
    try:
        return _command(options)
    except InputError as error:
        print_problems(error.problems, options)
    except (MachineError, UsageError) as error:
        if getattr(options, "format", "text") == "text":
            print(f"dativo: {error}", file=sys.stderr)
        else:
            code = "usage" if isinstance(error, UsageError) else "system"
            print_problems([Problem(code, str(error))], options)
    return EXIT_INPUT


def _command(options: argparse.Namespace) -> int:
    from importlib import import_module

    code: int = import_module(f"generator.commands.{options.command}").run(options)
    return code


def parser(chosen: str | None = None) -> argparse.ArgumentParser:
    """The command line; also read by the CLI reference in the docs.

    Args:
        chosen: the command whose arguments are needed, of an unknown one none; None takes all.
    """
    from importlib import import_module

    from generator.commands.arguments import Parser

    top = Parser(prog="dativo", description="ETL job files in, reviewable Terraform roots out.")
    top.add_argument("--version", action="version", version=f"dativo {__version__}")
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        if chosen in COMMANDS and chosen != name:
            continue
        command = subparsers.add_parser(
            name, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        command.add_argument(
            "--project",
            metavar="DIR",
            help="the project folder (default: the nearest with dativo.yaml or .git)",
        )
        if chosen is None or chosen == name:
            import_module(f"generator.commands.{name}").add_arguments(command)
    return top
