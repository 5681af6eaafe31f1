"""``dativo terraform export``: tfvars under the name of an earlier tool."""

from __future__ import annotations

import argparse

from generator.commands.export import add_root, export_to
from generator.exports.export import ExportRequest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("verb", choices=("export",), metavar="VERB", help="export")
    parser.add_argument("--config", required=True, metavar="JOB", help="a job file")
    parser.add_argument(
        "--output", required=True, metavar="FILE", help="*.tfvars or *.tfvars.json; - prints HCL"
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Export the inputs of the module, in the format that the file's name asks for."""
    return export_to(options, options.config, ExportRequest("tfvars", options.output))
