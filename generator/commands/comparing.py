"""What ``changed`` and ``diff`` share: the options, the comparison, the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping

from generator.changes.views.options import Options
from generator.changes.views.table import Form
from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import has_errors, print_problems, project_folder, say
from generator.report import wants_color


def add_comparison(parser: argparse.ArgumentParser, forms: Mapping[str, Form]) -> None:
    """The options of a comparison.

    Args:
        parser: the command's.
        forms: that it can show changes in.
    """
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="roots, job files, folders of such, or globs of them (default: all)",
    )
    parser.add_argument(
        "--base",
        metavar="REF",
        help="what to compare with: a commit, branch or tag, or REF... for the merge base with it "
        "(default: the merge base with the default branch)",
    )
    parser.add_argument(
        "--head", metavar="REF", help="what to compare: a commit (default: the work tree)"
    )
    parser.add_argument(
        "--format",
        choices=tuple(forms),
        default="text",
        help="; ".join(f"{name}: {form.meaning}" for name, form in forms.items()),
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 2 when roots changed")


def show(options: argparse.Namespace, forms: Mapping[str, Form]) -> int:
    """Compare and print; hints and problems go to standard error."""
    from generator.changes.compare import changes

    project = project_folder(options.project)
    found = changes(project, options.base, options.head, options.paths)
    color = options.format == "text" and wants_color(sys.stdout, os.environ)
    view = forms[options.format].view
    sys.stdout.write(view(found, Options(color, getattr(options, "max_chars", None), project)))
    if options.format != "json":
        # Standard output is the view's alone.
        as_text = argparse.Namespace(project=options.project, format="text")
        print_problems(found.problems, as_text)
        for hint in found.hints:
            say(hint)
    if has_errors(found.problems):
        return EXIT_INPUT
    return EXIT_DIFFERS if options.exit_code and found.roots else EXIT_OK
