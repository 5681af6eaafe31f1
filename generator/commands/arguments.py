"""What the command lines of several commands share."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

FORMATS = ("text", "json", "github", "sarif")


class Parser(argparse.ArgumentParser):
    """A parser whose errors end with 1, since 2 means that differences were found."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and exit."""
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")


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
