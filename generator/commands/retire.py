"""``dativo retire``: takes a job, or a part of it, out on purpose."""

from __future__ import annotations

import argparse
import shlex

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_format, add_job
from generator.commands.common import print_problems, project_folder, say
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project
from generator.moving.ahead import carry_out
from generator.moving.retire import Retirement, retirement
from generator.text.count import count


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_job(parser)
    parser.add_argument("--tenant", metavar="TENANT", help="only what this tenant has of it")
    parser.add_argument("--environment", metavar="ENV", help="only this environment of it")
    parser.add_argument(
        "--keep-file",
        action="store_true",
        help="keep the job file, which says `iac: manual` then, and lets its roots go",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would go, and change nothing"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Retire, if nothing is wrong with any job of the project."""
    opened = opened_to_compare if options.dry_run else opened_to_write
    with opened(project_folder(options.project), say) as project:
        found = retirement(
            project, options.job, options.tenant, options.environment, options.keep_file
        )
        if not found.ahead.failed and not options.dry_run:
            carry_out(project, found.ahead)
    output = project.settings.output
    retired = [f"{output}/{folder}" for folder in found.consequences]
    done = [] if found.ahead.failed else retired
    print_problems(found.ahead.problems, options, retired=done)
    if found.ahead.failed:
        return EXIT_INPUT
    if options.format == "text":
        print("\n".join(_told(project, found, options.dry_run)))
    return EXIT_OK


def _told(project: Project, found: Retirement, dry_run: bool) -> list[str]:
    """What happened, what that does, and what to do next."""
    output, word = project.settings.output, "would be " if dry_run else ""
    lines = [f"{word}{'removed' if found.gone else 'changed':<10}{found.file}"]
    for folder, consequence in found.consequences.items():
        lines.append(f"{word}{'retired':<10}{output}/{folder}: {consequence}")
    if dry_run:
        return [*lines, f"{count(len(found.consequences), 'root')} to retire; nothing was changed"]
    lines += ["", "Next: commit, have it reviewed, then"]
    for folder in found.consequences:
        root = shlex.quote(f"{output}/{folder}")
        lines += [f"  terraform -chdir={root} init", f"  terraform -chdir={root} apply"]
        lines.append(f"  terraform -chdir={root} state pull | dativo prune {root} --state -")
    lines.append("Until it is applied, git can bring the job back, and nothing has happened.")
    return lines
