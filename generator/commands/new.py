"""``dativo new``: a repository for jobs, or a job in one; both are valid at once."""

from __future__ import annotations

import argparse
from importlib import import_module

# The kind to what it does; each has a file of its own, new_KIND.
KINDS = {
    "project": "lay down a new repository for jobs, from its template",
    "job": "write a new job file, checked before it is written",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    for kind, summary in KINDS.items():
        below = kinds.add_parser(
            kind, help=summary, description=summary[0].upper() + summary[1:] + "."
        )
        import_module(f"generator.commands.new_{kind}").add_arguments(below)


def run(options: argparse.Namespace) -> int:
    """Lay down, or write, what was asked for."""
    code: int = import_module(f"generator.commands.new_{options.kind}").run(options)
    return code
