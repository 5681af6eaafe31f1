"""``dativo audit``: intended tags against those that are there, from files that clouds export."""

from __future__ import annotations

import argparse

from generator.audit.run import audit_files
from generator.audit.views.table import VIEWS
from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import has_errors, print_problems, project_folder
from generator.commands.export import emit
from generator.job.project import open_project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="what a cloud's own tool exported as JSON; - for standard input",
    )
    parser.add_argument(
        "--format", choices=VIEWS, default="text", dest="shape", help="how to tell (default: text)"
    )
    parser.add_argument("--output", metavar="FILE", help="where to (default: standard output)")


def run(options: argparse.Namespace) -> int:
    """Hold exports against what all jobs intend."""
    project = open_project(project_folder(options.project))
    found, problems = audit_files(project, options.files)
    print_problems(problems, options)
    if has_errors(problems):
        return EXIT_INPUT
    text = VIEWS[options.shape](found)
    emit(text.encode("utf-8", "backslashreplace"), options.output)
    return EXIT_DIFFERS if found.differs else EXIT_OK
