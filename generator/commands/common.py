"""Helpers of all commands: finding the project, printing problems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from generator.errors import Problem, UsageError
from generator.files import folders
from generator.files.regular import stream
from generator.report import FORMATS, render, wants_color
from generator.text.printable import printable

if TYPE_CHECKING:
    from generator.job.project import Project
    from generator.kept.reuse import Kept


def project_folder(chosen: str | None) -> str:
    """The project folder, see ``generator.files.folders.project_folder``.

    Raises:
        UsageError: the chosen folder does not exist.
    """
    found = folders.project_folder(chosen)
    if found is None:
        raise UsageError(f"{chosen}: no such folder")
    return found


def kept_for(options: argparse.Namespace, project: Project) -> Kept:
    """What earlier runs came to; not used with ``--no-cache``."""
    from generator.kept.reuse import Kept

    settled = getattr(options, "settled", None)
    return Kept(None if options.no_cache else project.folder, settled)


def say(text: str) -> None:
    """Tell on standard error what goes on, such as that another dativo is waited for."""
    print(f"dativo: {printable(text)}", file=sys.stderr, flush=True)


def given(file: str) -> bytes:
    """What is in a file or a pipe that an option names; ``-`` is standard input.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        if file == "-":
            return sys.stdin.buffer.read()
        with os.fdopen(stream(file), "rb") as opened:
            return opened.read()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


def has_errors(problems: Sequence[Problem]) -> bool:
    """Whether any problem is more than a warning."""
    return any(problem.severity == "error" for problem in problems)


def print_problems(problems: Sequence[Problem], options: argparse.Namespace, **more: Any) -> None:
    """Print problems: for people to standard error, for machines to standard output.

    Args:
        problems: in any order.
        options: of the command; ``format`` and ``project`` count.
        more: further keys of the JSON document.
    """
    kind = getattr(options, "format", "text")
    if kind not in FORMATS:
        kind = "text"
    folder = folders.project_folder(getattr(options, "project", None)) or os.getcwd()
    if kind == "text":
        color = wants_color(sys.stderr, os.environ)
        sys.stderr.write(render(problems, folder, color=color))
        return
    text = render(problems, folder, format=kind)
    if kind == "json" and more:
        import json

        text = json.dumps({**json.loads(text), **more}, indent=2) + "\n"
    sys.stdout.write(text)
