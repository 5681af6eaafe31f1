"""``dativo rename``: gives a job another name, and keeps what it has."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_format
from generator.commands.common import print_problems, project_folder, say
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project
from generator.moving.ahead import carry_out
from generator.moving.rename import Difference, Renaming, renaming
from generator.text.expression import Reference
from generator.text.printable import shortened
from generator.yaml.write import flow

_LONGEST = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "old", metavar="OLD", help="the job: its name, its file, its root; or the name that it had"
    )
    parser.add_argument("new", metavar="NEW", help="its new name")
    names = parser.add_mutually_exclusive_group()
    names.add_argument(
        "--keep-names",
        action="store_true",
        help="its resources keep the names that they have (the default)",
    )
    names.add_argument(
        "--new-names",
        action="store_true",
        help="its resources are renamed, too, so that Terraform destroys and creates them anew",
    )
    parser.add_argument(
        "--keep-file", action="store_true", help="leave the job file where it is, and name it there"
    )
    parser.add_argument(
        "--not-applied",
        action="store_true",
        help="the job was renamed by hand, and neither the tombstone of its old root nor its new "
        "root was applied",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, and change nothing"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Rename, if nothing is wrong with any job of the project."""
    opened = opened_to_compare if options.dry_run else opened_to_write
    with opened(project_folder(options.project), say) as project:
        found = renaming(
            project,
            options.old,
            options.new,
            keep_names=not options.new_names,
            keep_file=options.keep_file,
            not_applied=options.not_applied,
        )
        if not found.ahead.failed and not options.dry_run:
            carry_out(project, found.ahead, found.moves)
    output, failed = project.settings.output, found.ahead.failed
    moved = [
        {"from": f"{output}/{old}", "to": f"{output}/{new}", "state": found.states[new]}
        for old, new in found.job.roots.items()
        if not failed
    ]
    print_problems(found.ahead.problems, options, renamed=moved)
    if failed:
        return EXIT_INPUT
    if options.format == "text":
        print("\n".join(_told(project, found, options)))
    return EXIT_OK


def _told(project: Project, found: Renaming, options: argparse.Namespace) -> Iterator[str]:
    job, output = found.job, project.settings.output
    moved = job.new_file != job.file
    if moved:
        yield f"moved     {job.file} to {job.new_file}"
    changed = [file for file, data in found.ahead.edited.items() if data is not None]
    yield from (f"changed   {file}" for file in changed if file != job.new_file or not moved)
    for old, new in job.roots.items():
        yield f"moved     {output}/{old} to {output}/{new}"
        yield f"          with its state, {found.states[new]}"
        yield from (
            f"          {_difference(one)}" for one in found.differences if one.folder == new
        )
    yield from (f"moved     {output}/{old} to {output}/{new}" for old, new in found.moves.items())
    if found.keeps is not None:
        yield f"Its resources keep their names: terraform.resource_name is {found.keeps}."
    elif options.new_names:
        yield "Names are made anew, so Terraform destroys and creates what has one. To see what:"
        yield from (
            f"  dativo rehearse --change {shlex.quote(f'{output}/{new}')}"
            for new in job.roots.values()
        )
    yield "Its tags have the new name, and change in place."
    if options.dry_run:
        yield "Nothing was changed."
        return
    again = " -reconfigure" if job.mends else ""
    yield "Next: commit, then look at the plan, which destroys nothing unless said above:"
    for new in job.roots.values():
        root = shlex.quote(f"{output}/{new}")
        yield f"  terraform -chdir={root} init{again} && terraform -chdir={root} plan"


def _difference(one: Difference) -> str:
    return f"{one.name}: {_shown(one.before)} becomes {_shown(one.after)}"


def _shown(value: object) -> str:
    if isinstance(value, Reference):
        return value.text
    try:
        text = flow(value)
    except TypeError:
        text = str(value)
    return shortened(text, _LONGEST)
