"""``dativo prune``: removes the folders of roots whose jobs are gone and that were retired."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import count, print_problems, project_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be removed, and remove nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Remove tombstones; a folder with files of the user's in it stays."""
    from generator.project import open_project
    from generator.tree.prune import prune
    from generator.tree.scan import scan

    project = open_project(project_folder(options.project))
    output = project.settings.output
    found, problems = scan(project.folder, output)
    tombstones = {folder: manifest for folder, manifest in found.items() if manifest.retired}
    if options.dry_run:
        for folder in tombstones:
            print(f"would remove {output}/{folder}")
        return 0
    gone, kept = prune(project.folder, output, tombstones)
    for folder in gone:
        print(f"removed   {output}/{folder}")
    for folder, files in kept.items():
        print(
            f"kept      {output}/{folder}: not written by dativo: {', '.join(files)}",
            file=sys.stderr,
        )
    print_problems(problems, options)
    print(f"{count(len(gone), 'root')} removed" + (f", {len(kept)} kept" if kept else ""))
    return 1 if kept or problems else 0
