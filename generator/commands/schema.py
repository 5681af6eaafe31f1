"""``dativo schema``: the JSON Schemas of job, asset and settings files, for editors."""

from __future__ import annotations

import argparse
import os
import sys

from generator.errors import UsageError
from generator.exports.destination import write
from generator.json_schema import NAMES
from generator.json_schema.schemas import file_name, text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "name", nargs="?", choices=NAMES, metavar="NAME", help=f"{', '.join(NAMES)} (default: job)"
    )
    parser.add_argument("--write", metavar="DIR", help="write all three into a folder instead")


def run(options: argparse.Namespace) -> int:
    """Print one schema, or write all."""
    if options.write is None:
        sys.stdout.write(text(options.name or NAMES[0]))
        return 0
    if options.name is not None:
        raise UsageError("--write writes all schemas: leave the name out")
    for name, content in [(name, text(name)) for name in NAMES]:
        path = os.path.join(options.write, file_name(name))
        write(path, content.encode())
        print(f"wrote {path}")
    return 0
