"""What the user sees when the fault is ours, or the system's."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Sequence
from errno import ENOENT
from itertools import pairwise

from generator.errors import Problem
from generator.report import render
from generator.text.printable import printable
from generator.version import __version__


def report(error: Exception, arguments: Sequence[str]) -> None:
    """Print a report to paste into a bug report.

    Args:
        error: what nobody expected.
        arguments: of the command line; with ``--format`` for machines they get a document too.
    """
    lines = [
        "dativo: this is a bug in dativo, not in your files. Nothing more was written.",
        "Please report it with the text below, after removing what is private.",
        "",
        f"  dativo {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"  arguments: {printable(' '.join(arguments))}",
        "",
        *("  " + line for line in "".join(traceback.format_exception(error)).splitlines()),
    ]
    print("\n".join(lines), file=sys.stderr)
    if (kind := _format(arguments)) is not None:
        problem = Problem("bug", f"this is a bug in dativo: {type(error).__name__}: {error}")
        sys.stdout.write(render([problem], ".", format=kind))


def refused(error: OSError, arguments: Sequence[str]) -> None:
    """Tell what the system refused: one sentence.

    Args:
        error: names a path, unless the current folder itself is gone, or no space is left.
        arguments: as ``report``.
    """
    message = "the current folder is gone; change to one that is there"
    if error.filename is not None:
        message = f"cannot use {os.fsdecode(error.filename)}: {error.strerror}"
    elif error.errno != ENOENT:
        message = f"cannot write to standard output, or to a temporary file: {error.strerror}"
    print(f"dativo: {printable(message)}", file=sys.stderr)
    if (kind := _format(arguments)) is not None and error.filename is not None:
        sys.stdout.write(render([Problem("system", message)], ".", format=kind))


def _format(arguments: Sequence[str]) -> str | None:
    words = [word for argument in arguments for word in argument.split("=", 1)]
    for option, kind in pairwise(words):
        if option == "--format" and kind in ("json", "github", "sarif"):
            return kind
    return None
