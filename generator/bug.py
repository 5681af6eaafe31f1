"""What the user sees when the fault is ours."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Sequence

from generator import __version__

EXIT_BUG = 3


def report(error: Exception, arguments: Sequence[str]) -> int:
    """Print a report to paste into a bug report, and return the exit code."""
    lines = [
        "dativo: this is a bug in dativo, not in your files. Nothing more was written.",
        "Please report it with the text below, after removing what is private.",
        "",
        f"  dativo {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"  arguments: {' '.join(arguments)}",
        "",
        *("  " + line for line in "".join(traceback.format_exception(error)).splitlines()),
    ]
    print("\n".join(lines), file=sys.stderr)
    return EXIT_BUG
