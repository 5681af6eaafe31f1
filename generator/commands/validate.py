"""``dativo validate``: reads and checks job files, and writes nothing."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import (
    add_format,
    add_paths,
    count,
    has_errors,
    print_problems,
    project_folder,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_paths(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Check job files with everything that they name: assets, tags, modules, each other."""
    from generator.project import open_project
    from generator.run import Run

    work = Run(open_project(project_folder(options.project)), options.paths)
    work.build()
    print_problems(work.problems, options)
    if options.format == "text" and not has_errors(work.problems):
        print(
            f"{count(work.files, 'job file')}, {count(len(work.folders), 'root')}: no errors",
            file=sys.stdout,
        )
    return 1 if has_errors(work.problems) else 0
