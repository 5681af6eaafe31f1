"""``dativo validate``: reads and checks job files, and writes nothing."""

from __future__ import annotations

import argparse

from generator.commands.arguments import add_format, add_paths
from generator.commands.common import count, print_problems, project_folder
from generator.run import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_paths(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Check job files with everything that they name: assets, tags, modules, each other."""
    from generator.project import open_project

    with Run(open_project(project_folder(options.project)), options.paths) as work:
        work.build()
    print_problems(work.summary.problems, options)
    if options.format == "text" and not work.failed:
        files, roots = count(work.summary.files, "job file"), count(
            len(work.summary.claims), "root"
        )
        print(f"{files}, {roots}: no errors")
    return 1 if work.failed else 0
