"""``dativo ci``: writes the pipelines of a repository for a CI system."""

from __future__ import annotations

import argparse

from generator.ci.on_disk import compare, refusals, shared, write
from generator.ci.systems import FILES
from generator.commands import EXIT_DIFFERS, EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_format
from generator.commands.common import print_problems, project_folder, say
from generator.errors import UsageError
from generator.files.folders import repository
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "system", choices=tuple(FILES), metavar="SYSTEM", help=f"one of {', '.join(FILES)}"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be written; end with 2 for any"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace pipelines that were edited by hand"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Write the pipelines that differ."""
    opened = opened_to_compare if options.dry_run else opened_to_write
    with opened(project_folder(options.project), say) as project:
        return _run(options, project)


def _run(options: argparse.Namespace, project: Project) -> int:
    if repository(project.folder) != project.folder:
        raise UsageError("pipelines stand at the top of a repository, and this project is below it")
    differences = compare(project, options.system)
    problems = refusals(differences, force=options.force)
    changed = [one.path for one in differences]
    if not problems and not options.dry_run:
        write(project, differences)
    print_problems(problems, options, changed=[] if problems else changed)
    if problems:
        return EXIT_INPUT
    if options.format == "text":
        would = "would write " if options.dry_run else "wrote "
        gone = "would remove " if options.dry_run else "removed "
        for one in differences:
            print(f"{gone if one.text is None else would}{one.path}")
        for path, hint in shared(project, options.system):
            print(f"{path} is yours: let it hold {hint}")
        if not differences:
            print(f"the pipelines of {options.system} are up to date")
    return EXIT_DIFFERS if options.dry_run and differences else EXIT_OK
