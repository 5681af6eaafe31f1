"""``dativo report``: who owns each root, what it may use, what it lacks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import has_errors, print_problems, project_folder
from generator.commands.export import emit
from generator.errors import UsageError
from generator.inventory.chosen import columns, conditions
from generator.inventory.gaps import SEVERITIES
from generator.inventory.report import report
from generator.inventory.views.options import PARTS, Options
from generator.inventory.views.table import DEFAULT, FORMS, Form
from generator.job.project import open_project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--format",
        dest="shape",
        choices=FORMS,
        help="; ".join(f"{name}: {form.meaning}" for name, form in FORMS.items())
        + f" (default: by the file's name, else {DEFAULT})",
    )
    parser.add_argument("--output", metavar="FILE", help="where to (default: standard output)")
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="only roots with this value, != for any other; * stands for any text, none for no"
        " value; given again, all must hold",
    )
    parser.add_argument(
        "--columns", metavar="NAMES", help="the columns of the table of roots, commas between"
    )
    parser.add_argument("--only", choices=PARTS, help="one part of the report")
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        metavar="SEVERITY",
        help="exit with 2 where a gap is as bad or worse: error, warning or note",
    )


def run(options: argparse.Namespace) -> int:
    """Plan all roots, then show what they come to; of jobs that are wrong, why."""
    form = FORMS[options.shape or _by_name(options.output)]
    chosen = columns(options.columns, ()) or None
    _check(options, form)
    wanted = conditions(options.where)
    found = report(open_project(project_folder(options.project)), wanted)
    _write(form.view(found, Options(chosen, options.only)), options.output)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    print_problems(errors, argparse.Namespace(project=options.project))
    if has_errors(errors):
        return EXIT_INPUT
    failing = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1] if options.fail_on else ()
    return EXIT_DIFFERS if found.worst() in failing else EXIT_OK


def _by_name(path: str | None) -> str:
    """The form that the name of a file asks for."""
    found = (name for name, form in FORMS.items() if path and path.lower().endswith(form.suffix))
    return next(found, DEFAULT)


def _check(options: argparse.Namespace, form: Form) -> None:
    if options.columns is not None and (not form.columns or options.only not in (None, "rows")):
        raise UsageError("--columns is for the table of roots, in markdown, csv or json")


def _write(pieces: Iterable[str], path: str | None) -> None:
    """Piece by piece to standard output; a file is written as a whole."""
    encoded = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    if path is None or path == "-":
        sys.stdout.flush()
        for piece in encoded:
            sys.stdout.buffer.write(piece)
        return
    emit(b"".join(encoded), path)
