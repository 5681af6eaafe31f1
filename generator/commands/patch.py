"""Prints what would be written: ``check --diff`` and ``generate --dry-run``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from generator.report import wants_color
from generator.text.printable import printable

_BOLD, _RED, _GREEN, _CYAN, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[0m"
_COLORS = (("+++", _BOLD), ("---", _BOLD), ("diff ", _BOLD), ("@@", _CYAN)) + (
    ("+", _GREEN),
    ("-", _RED),
)


def print_patch(lines: Iterable[str]) -> None:
    """Print a unified diff: as it is into a file or pipe, safe to look at on a terminal."""
    terminal = sys.stdout.isatty()
    color = wants_color(sys.stdout, os.environ)
    for line in lines:
        sys.stdout.write(_shown(line, color) if terminal else line)


def _shown(line: str, color: bool) -> str:
    text = "\t".join(map(printable, line.removesuffix("\n").split("\t")))
    code = next((code for start, code in _COLORS if text.startswith(start)), "") if color else ""
    return f"{code}{text}{_RESET}\n" if code else f"{text}\n"
