"""``dativo prune``: removes the folders of roots whose jobs are gone and that were applied."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_format
from generator.commands.common import given, print_problems, project_folder, say
from generator.errors import Location, Problem, Problems, UsageError
from generator.job.job_files import below
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project
from generator.render.manifest import Manifest
from generator.text.count import count
from generator.tree.prune import not_applied, prune
from generator.tree.scan import scan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "roots", nargs="*", metavar="ROOT", help="roots, or folders of some (default: all)"
    )
    proof = parser.add_mutually_exclusive_group()
    proof.add_argument(
        "--applied", action="store_true", help="they were applied: nothing that they made is left"
    )
    proof.add_argument(
        "--state",
        metavar="FILE",
        help="what terraform state pull printed for the one ROOT (- for standard input)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be removed, and remove nothing"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Remove tombstones that were applied; a folder with files of the user's in it stays."""
    opened = opened_to_compare if options.dry_run else opened_to_write
    with opened(project_folder(options.project), say) as project:
        return _run(options, project)


def _run(options: argparse.Namespace, project: Project) -> int:
    output = project.settings.output
    found, problems = scan(project.folder, output)
    tombstones = {folder: manifest for folder, manifest in found.items() if manifest.retired}
    tombstones = _selected(project, tombstones, options.roots)
    needed = list(_needed(output, tombstones, found.values()))
    problems += needed
    stay = {problem.location.file for problem in needed if problem.location}
    tombstones = {f: one for f, one in tombstones.items() if f"{output}/{f}" not in stay}
    proven, unproven = _proven(project, tombstones, options)
    problems += unproven
    gone, kept = prune(project.folder, output, proven, options.dry_run)
    for folder, files in kept.items():
        message = (
            f"not removed: {', '.join(files)} in it {'is' if len(files) == 1 else 'are'} yours"
        )
        hint = "move or delete what you no longer need, then prune again"
        problems.error("foreign-file", message, Location(f"{output}/{folder}"), hint)
    print_problems(problems, options, removed=[f"{output}/{folder}" for folder in gone])
    if options.format == "text":
        for folder in gone:
            print(f"{'would remove' if options.dry_run else 'removed'} {output}/{folder}")
        print(f"{count(len(gone), 'root')} {'to remove' if options.dry_run else 'removed'}")
    return EXIT_INPUT if problems else EXIT_OK


def _needed(
    output: str, tombstones: Mapping[str, Manifest], roots: Iterable[Manifest]
) -> Iterator[Problem]:
    """The tombstones whose outputs, or whose place in the order, another root still needs."""
    needing = [root for root in roots if not root.retired]
    for folder in tombstones:
        those = [root for root in needing if f"{output}/{folder}" in root.needs]
        if those:
            names = " and ".join(f"{output}/{root.folder} ({root.job_file})" for root in those)
            message = f"{output}/{folder} is needed by {names}"
            hint = "take it out of `needs` there, generate and apply that first"
            yield Problem("needed-root", message, Location(f"{output}/{folder}"), hint)


def _selected(
    project: Project, tombstones: dict[str, Manifest], paths: list[str]
) -> dict[str, Manifest]:
    """The tombstones that the paths mean."""
    selected: dict[str, Manifest] = {}
    for path in paths:
        folder_or_root = below(project, path)
        found = {
            folder: manifest
            for folder, manifest in tombstones.items()
            if f"{project.settings.output}/{folder}/".startswith(f"{folder_or_root}/")
        }
        if not found:
            raise UsageError(f"{path}: no root there is retired")
        selected |= found
    return selected if paths else tombstones


def _proven(
    project: Project, tombstones: dict[str, Manifest], options: argparse.Namespace
) -> tuple[dict[str, Manifest], list[Problem]]:
    """The tombstones of which nothing is left, and what is wrong with the others."""
    pulled = None if options.state is None else _state(options.state, tombstones, options.roots)
    source = "" if options.state in (None, "-") else options.state
    proven: dict[str, Manifest] = {}
    problems = Problems()
    for folder, manifest in tombstones.items():
        output, confirmed = project.settings.output, options.applied
        problem = not_applied(project.folder, output, manifest, pulled, confirmed, source=source)
        if problem is None:
            proven[folder] = manifest
        else:
            problems.append(problem)
    return proven, problems


def _state(file: str, tombstones: Mapping[str, Manifest], roots: list[str]) -> bytes:
    if not roots or len(tombstones) != 1:
        raise UsageError("--state is the state of one root: name that root")
    return given(file)
