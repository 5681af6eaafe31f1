"""``dativo report``: who owns each root, what it may use, what it lacks."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable
from urllib.parse import quote

from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import has_errors, print_problems, project_folder
from generator.commands.export import emit
from generator.errors import UsageError
from generator.inventory.chosen import columns, conditions
from generator.inventory.gaps import SEVERITIES
from generator.inventory.report import report
from generator.inventory.views.options import PARTS, Options
from generator.inventory.views.table import DEFAULT, FORMS, TABLES, Form
from generator.job.project import open_project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--format",
        dest="shape",
        choices=FORMS,
        help="; ".join(f"{name}: {form.meaning}" for name, form in FORMS.items())
        + f" (default: by the file's name; {TABLES} with --columns or --only; else {DEFAULT})",
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
        "--links",
        metavar="URL",
        help="of a page: where a line of a job file is looked at, with FILE and LINE in it"
        " (default: the file on this disk)",
    )
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        metavar="SEVERITY",
        help="exit with 2 where a gap is as bad or worse: error, warning or note",
    )


def run(options: argparse.Namespace) -> int:
    """Plan all roots, then show what they come to; of jobs that are wrong, why."""
    form = _form(options)
    chosen = columns(options.columns, ()) or None
    _check(options, form)
    wanted = conditions(options.where)
    project = open_project(project_folder(options.project))
    found = report(project, wanted)
    links = options.links or _beside(project.folder, options.output)
    _write(form.view(found, Options(chosen, options.only, links)), options.output)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    print_problems(errors, argparse.Namespace(project=options.project))
    if has_errors(errors):
        return EXIT_INPUT
    failing = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1] if options.fail_on else ()
    return EXIT_DIFFERS if found.worst() in failing else EXIT_OK


def _form(options: argparse.Namespace) -> Form:
    """What --format says, else the file's name; else tables where a part of them is asked for."""
    path = (options.output or "").lower()
    named = (name for name, form in FORMS.items() if path.endswith(form.suffix))
    asks = options.columns is not None or options.only is not None
    return FORMS[options.shape or next(named, TABLES if asks else DEFAULT)]


def _beside(project: str, output: str | None) -> str:
    """How a page that lies in a folder finds the project's files; as one in the project does."""
    if output in (None, "-"):
        return "FILE"
    way = os.path.relpath(project, os.path.dirname(os.path.abspath(str(output))))
    return "FILE" if way == os.curdir else f"{quote(way.replace(os.sep, '/'))}/FILE"


def _check(options: argparse.Namespace, form: Form) -> None:
    """Options that would have no effect are refused, and so is a page on a terminal."""
    if not form.tables:
        for name in ("columns", "only"):
            if getattr(options, name) is not None:
                raise UsageError(f"--{name} is for tables: add --format markdown, csv or json")
        if options.output is None and sys.stdout.isatty():
            raise UsageError("a page is for a browser: add --output report.html, or --format")
    elif options.links is not None:
        raise UsageError("--links is for a page: add --format html")
    if options.columns is not None and options.only not in (None, "rows"):
        raise UsageError("--columns is for the table of roots")


def _write(pieces: Iterable[str], path: str | None) -> None:
    """Piece by piece to standard output; a file is written as a whole."""
    encoded = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    if path is None or path == "-":
        sys.stdout.flush()
        for piece in encoded:
            sys.stdout.buffer.write(piece)
        return
    whole = io.BytesIO()
    whole.writelines(encoded)
    emit(whole.getvalue(), path)
