"""What ``changed`` and ``diff`` share: the options, the comparison, the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping

from generator.changes.views.options import MIN_CHARS, Options
from generator.changes.views.table import Form
from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.common import has_errors, print_problems, project_folder, say
from generator.commands.stale import stale
from generator.errors import UsageError
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
    parser.add_argument(
        "--max-chars",
        type=int,
        metavar="N",
        help="for --format markdown: cut the comment by whole lines to N characters "
        "(default: 65536, as many as GitHub takes)",
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 2 when roots changed")


def show(options: argparse.Namespace, forms: Mapping[str, Form]) -> int:
    """Compare and print; hints and problems go to standard error."""
    from generator.changes.compare import changes

    _check_size(options)
    project = project_folder(options.project)
    found = changes(project, options.base, options.head, options.paths)
    if found.head.commit is None and found.unanswered:
        found.hints += stale(project, found.unanswered)
    color = options.format == "text" and wants_color(sys.stdout, os.environ)
    view = forms[options.format].view
    shown = Options(color, options.max_chars, _command(options), project)
    sys.stdout.write(view(found, shown))
    if options.format != "json":
        # Standard output is the view's alone.
        if found.problems:
            as_text = argparse.Namespace(project=options.project, format="text")
            print_problems(found.problems, as_text)
        for hint in found.hints:
            say(hint)
    if has_errors(found.problems):
        return EXIT_INPUT
    return EXIT_DIFFERS if options.exit_code and found.roots else EXIT_OK


def _check_size(options: argparse.Namespace) -> None:
    if options.max_chars is None:
        return
    if options.format != "markdown":
        raise UsageError("--max-chars is for --format markdown")
    if options.max_chars < MIN_CHARS:
        raise UsageError(f"--max-chars must be {MIN_CHARS} or more")


def _command(options: argparse.Namespace) -> str:
    """What shows the same in full."""
    import shlex

    words = ["dativo", "diff"]
    for name in ("project", "base", "head"):
        if (value := getattr(options, name)) is not None:
            words += [f"--{name}", value]
    return shlex.join([*words, *options.paths])
