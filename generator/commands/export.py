"""``dativo export``: what other tools take from a job."""

from __future__ import annotations

import argparse
import os
import sys

from generator.commands.arguments import add_job
from generator.commands.common import print_problems, project_folder
from generator.errors import UsageError
from generator.exports.destination import write
from generator.exports.export import KINDS, TARGETS, ExportRequest, export
from generator.exports.infracost import infracost, write_all
from generator.exports.job_root import choose
from generator.job.project import open_project

# The one export that is of all roots.
INFRACOST = "infracost"
# The kinds among whose formats --format chooses.
_SHAPED = {name: kind.formats for name, kind in KINDS.items() if len(kind.formats) > 1}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    names = (*KINDS, INFRACOST)
    parser.add_argument("what", choices=names, metavar="WHAT", help=", ".join(names))
    add_job(parser, optional=True)
    add_root(parser)
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="where to (default: standard output); of infracost a folder",
    )
    parser.add_argument(
        "--format",
        dest="shape",
        metavar="FORMAT",
        help="; ".join(f"{name}: {', '.join(formats)}" for name, formats in _SHAPED.items())
        + " (default: by the file's name, else the first)",
    )
    parser.add_argument(
        "--to", choices=TARGETS, help="whose rules labels follow (default: kubernetes)"
    )
    parser.add_argument(
        "--namespace", metavar="NAME", help="the Pulumi project (default: the job's name)"
    )


def add_root(parser: argparse.ArgumentParser) -> None:
    """The options that choose one root of a job file."""
    parser.add_argument("--environment", metavar="NAME", help="which, where the job has several")
    parser.add_argument("--region", metavar="NAME", help="likewise")
    parser.add_argument("--tenant", metavar="NAME", help="which, where the job has several")


def run(options: argparse.Namespace) -> int:
    """Export one root, or for Infracost all."""
    if options.what == INFRACOST:
        return _for_infracost(options)
    if options.job is None:
        raise UsageError(f"dativo export {options.what}: name a JOB")
    request = ExportRequest(
        options.what, options.output, options.shape, options.to, options.namespace
    )
    return export_to(options, options.job, request)


def _for_infracost(options: argparse.Namespace) -> int:
    """Write what Infracost takes to a folder; what is written is named on standard error."""
    chosen = (options.environment, options.region, options.tenant)
    if options.job is not None or any(chosen):
        raise UsageError("export infracost is of all roots: name no JOB and no part of one")
    if any((options.shape, options.to, options.namespace)):
        raise UsageError("export infracost takes no option but --output")
    if options.output is None:
        raise UsageError("export infracost writes several files: name a folder with --output")
    project = open_project(project_folder(options.project))
    texts = infracost(project, os.path.relpath(options.output, project.folder))
    for path in write_all(options.output, texts):
        print(f"wrote {path}", file=sys.stderr)
    return 0


def export_to(options: argparse.Namespace, job: str, request: ExportRequest) -> int:
    """Export to a file, or to standard output; warnings to standard error.

    Args:
        options: ``project``, ``environment`` and ``tenant`` count.
        job: its file, root or name.
        request: what is exported, and where to.
    """
    project = open_project(project_folder(options.project))
    job_root = choose(project, job, options.environment, options.tenant, options.region)
    text, warnings = export(job_root, request)
    print_problems([*job_root.warnings, *warnings], argparse.Namespace(project=options.project))
    emit(text.encode(), request.path)
    return 0


def emit(data: bytes, path: str | None, project: str | None = None) -> None:
    """Write bytes as they are: to a file, which is named on standard error, or standard output.

    Args:
        data: the bytes.
        path: of the file; None and ``-`` are standard output.
        project: see ``generator.exports.destination.write``.
    """
    if path is None or path == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    changed = write(path, data, project)
    print(f"{'wrote' if changed else 'unchanged:'} {path}", file=sys.stderr)
