"""``dativo prune``: removes the folders of roots whose jobs are gone and that were retired."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.commands.arguments import add_format
from generator.commands.common import count, print_problems, project_folder, say
from generator.errors import Place, Problem

if TYPE_CHECKING:
    from generator.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be removed, and remove nothing"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Remove tombstones; a folder with files of the user's in it stays."""
    from generator.lock import opened_to_compare, opened_to_write

    opened = opened_to_compare if options.dry_run else opened_to_write
    with opened(project_folder(options.project), say) as project:
        return _run(options, project)


def _run(options: argparse.Namespace, project: Project) -> int:
    from generator.tree.prune import prune
    from generator.tree.scan import scan

    output = project.settings.output
    found, problems = scan(project.folder, output)
    tombstones = {folder: manifest for folder, manifest in found.items() if manifest.retired}
    gone, kept = prune(project.folder, output, tombstones, options.dry_run)
    for folder, files in kept.items():
        message = (
            f"not removed: {', '.join(files)} in it {'is' if len(files) == 1 else 'are'} yours"
        )
        hint = "move or delete what you no longer need, then prune again"
        problems.append(Problem("foreign-file", message, Place(f"{output}/{folder}"), hint))
    print_problems(problems, options, removed=[f"{output}/{folder}" for folder in gone])
    if options.format == "text":
        for folder in gone:
            print(f"{'would remove' if options.dry_run else 'removed'} {output}/{folder}")
        print(f"{count(len(gone), 'root')} {'to remove' if options.dry_run else 'removed'}")
    return 1 if problems else 0
