"""``dativo validate``: reads and checks job files, and writes nothing."""

from __future__ import annotations

import argparse

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_cache, add_format, add_paths
from generator.commands.common import kept_for, print_problems, project_folder
from generator.errors import Problem
from generator.job.project import open_project
from generator.run import Run
from generator.text.count import count


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_paths(parser)
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="the day that it is, such as 2027-03-31: exemptions from policies that ended before "
        "count no more",
    )
    add_cache(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Check job files with everything that they name: assets, tags, modules, each other."""
    project = open_project(project_folder(options.project))
    ended: list[Problem] = []
    if options.as_of is not None:
        from generator.rules.exemptions import as_of  # and with it all models of policies

        project, ended = as_of(project, options.as_of)
        options.no_cache = True
    work = Run(project, options.paths, kept=kept_for(options, project))
    work.build()
    work.problems.extend(ended)
    print_problems(work.problems, options)
    if options.format == "text" and not work.failed:
        files = count(work.built.files, "job file")
        print(f"{files}, {count(len(work.built.claims), 'root')}: no errors")
    return EXIT_INPUT if work.failed else EXIT_OK
