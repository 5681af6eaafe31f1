"""``dativo migrate``: rewrites job files of older dialects in the canonical form."""

from __future__ import annotations

import argparse
import os

from generator.commands import EXIT_DIFFERS, EXIT_INPUT
from generator.commands.common import has_errors, print_problems, project_folder, say
from generator.exports.destination import write
from generator.job.job_files import chosen_jobs
from generator.job.load import read
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project
from generator.migrate.in_project import migrate_job
from generator.migrate.migrate import Migrated
from generator.modules.catalogue import open_catalogue
from generator.text.count import count


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("jobs", nargs="+", metavar="JOB", help="job files or folders")
    parser.add_argument(
        "--check", action="store_true", help="say what would be rewritten, and write nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Rewrite job files, if nothing is wrong with any of them."""
    folder = project_folder(options.project)
    opened = opened_to_compare(folder, say) if options.check else opened_to_write(folder, say)
    with opened as project:
        return _run(options, project)


def _run(options: argparse.Namespace, project: Project) -> int:
    from generator.errors import Problems

    older: dict[str, Migrated] = {}
    problems = Problems()
    files = chosen_jobs(project, options.jobs)
    catalogue = open_catalogue(project)
    for file in files:
        with problems.kept():
            data = read(project, file)
            done = migrate_job(project, file, data, catalogue)
            problems += done.warnings
            if done.data != data:
                older[file] = done
    print_problems(problems, options)
    if has_errors(problems):
        return EXIT_INPUT
    for file, done in older.items():
        if not options.check:
            write(os.path.join(project.folder, file), done.data, project.folder)
        said = "would be rewritten" if options.check else "rewritten"
        gone = f"; taken out: {', '.join(done.taken_out)}" if done.taken_out else ""
        print(f"{file}: {said}, dialect {done.dialect}{gone}")
    rest = len(files) - len(older)
    if rest:
        print(f"{count(rest, 'job file')} in the canonical form already")
    return EXIT_DIFFERS if options.check and older else 0
