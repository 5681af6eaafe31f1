"""What several commands share: finding the project, printing problems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from generator import folders
from generator.errors import Problem, UsageError

FORMATS = ("text", "json", "github", "sarif")


def project_folder(chosen: str | None) -> str:
    """The project folder, see ``generator.folders.project_folder``.

    Raises:
        UsageError: the chosen folder does not exist.
    """
    found = folders.project_folder(chosen)
    if found is None:
        raise UsageError(f"{chosen}: no such folder")
    return found


def add_format(parser: argparse.ArgumentParser) -> None:
    """The option that says how problems are printed."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how problems are told (default: text)"
    )


def add_paths(parser: argparse.ArgumentParser) -> None:
    """The job files or folders to work on."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="job files or folders (default: all jobs)"
    )


def has_errors(problems: Sequence[Problem]) -> bool:
    """Whether any problem is more than a warning."""
    return any(problem.severity == "error" for problem in problems)


def print_problems(problems: list[Problem], options: argparse.Namespace) -> None:
    """Print problems: for people to standard error, for machines to standard output."""
    from generator.report import render, wants_color

    kind = getattr(options, "format", "text")
    if kind not in FORMATS:
        kind = "text"
    stream = sys.stderr if kind == "text" else sys.stdout
    color = kind == "text" and wants_color(stream, os.environ)
    folder = project_folder(getattr(options, "project", None))
    stream.write(render(problems, folder, format=kind, color=color))


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 root", "2 roots"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
