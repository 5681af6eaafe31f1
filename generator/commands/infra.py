"""``dativo infra``: tfvars, validation and tag report under the names of earlier tools."""

from __future__ import annotations

import argparse

from generator.commands import validate
from generator.commands.common import project_folder
from generator.commands.export import add_root, export_to
from generator.errors import InputError, Location, Problem, UsageError
from generator.exports.export import ExportRequest
from generator.exports.tfvars import format_of
from generator.job.load import load
from generator.job.project import open_project
from generator.tree.selection import select_file

VERBS = ("generate-tfvars", "validate", "tag-report")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("verb", choices=VERBS, metavar="VERB", help=", ".join(VERBS))
    parser.add_argument("--job-config", required=True, metavar="JOB", help="a job file")
    parser.add_argument(
        "--output", metavar="FILE", help="where to; generate-tfvars and tag-report need it"
    )
    parser.add_argument(
        "--format",
        dest="shape",
        choices=("json", "tfvars"),
        help="of generate-tfvars (default: by the file's name, else json)",
    )
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Do what the verb says, by the same code as ``dativo export`` and ``dativo validate``."""
    if options.verb == "validate":
        for option in ("output", "shape", "environment", "tenant"):
            if getattr(options, option) is not None:
                name = "format" if option == "shape" else option
                raise UsageError(f"infra validate has no option --{name}: all roots are checked")
        return _validate(options)
    if options.output is None:
        raise UsageError(f"infra {options.verb} needs --output FILE; - is standard output")
    if options.verb == "tag-report":
        if options.shape is not None:
            raise UsageError("infra tag-report writes JSON and has no option --format")
        return export_to(options, options.job_config, ExportRequest("tags", options.output, "json"))
    format = format_of(options.output, options.shape, "json")
    return export_to(options, options.job_config, ExportRequest("tfvars", options.output, format))


def _validate(options: argparse.Namespace) -> int:
    """Like ``dativo validate``, but a job without infrastructure is an error here."""
    project = open_project(project_folder(options.project))
    file = select_file(project, options.job_config).file
    code = validate.run(
        argparse.Namespace(
            project=project.folder,
            paths=[options.job_config],
            format="text",
            no_cache=False,
            as_of=None,
        )
    )
    if code == 0:
        jobs, _ = load(project, file)
        if not jobs:
            message = "the job has no infrastructure block"
            raise InputError(Problem("no-infrastructure", message, Location(file)))
    return code
