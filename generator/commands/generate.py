"""``dativo generate``: writes the roots of all or some jobs."""

from __future__ import annotations

import argparse

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.arguments import add_cache, add_format, add_paths
from generator.commands.common import kept_for, print_problems, project_folder, say
from generator.commands.patch import print_patch
from generator.errors import UsageError
from generator.job.lock import opened_to_compare, opened_to_write
from generator.noop.answer import all_unchanged
from generator.noop.note import remember
from generator.run import Run
from generator.text.count import count
from generator.tree.allowed import Allowed
from generator.tree.change import CHANGED, CREATED, REMOVED, RETIRED, UNCHANGED
from generator.tree.unified import unified


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_paths(parser)
    parser.add_argument(
        "--force", action="store_true", help="replace generated files that were edited by hand"
    )
    parser.add_argument(
        "--migrate-state",
        action="store_true",
        help="let the state of a root move to another address",
    )
    _add_changes(parser)
    parser.add_argument(
        "--retire",
        action="append",
        default=[],
        metavar="ROOT",
        help="let this root retire although its job file is there, or all roots below a folder",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="write nothing, and show what would be written as a unified diff",
    )
    add_cache(parser)
    add_format(parser)


def _add_changes(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group()
    for option, value, text in (
        ("--change-runtime", "change", "let a root change its runtime, cluster, account or host"),
        ("--retire-first", "retire", "where one would change, write its tombstone first"),
        ("--applied", "applied", "the step between two runtimes was applied: go on"),
    ):
        group.add_argument(
            option, dest="on_change", action="store_const", const=value, default="stop", help=text
        )


def run(options: argparse.Namespace) -> int:
    """Build everything, compare, and write only if nothing is wrong."""
    allowed = Allowed(
        options.force, options.migrate_state, options.on_change, tuple(options.retire)
    )
    if options.dry_run:
        return _dry_run(options, allowed)
    with opened_to_write(project_folder(options.project), say) as project:
        work = Run(project, options.paths, allowed, kept_for(options, project))
        work.generate()
        if options.on_change == "stop":  # what was said once is not to be said again
            remember(work)
    print_problems(work.problems, options, roots=_roots(work))
    if options.format == "text" and not work.failed:
        print(changes(work, options.migrate_state))
    return EXIT_INPUT if work.failed else EXIT_OK


def _dry_run(options: argparse.Namespace, allowed: Allowed) -> int:
    """All but the writing: also no record for the next run."""
    if options.format not in ("text", "json"):
        raise UsageError("--dry-run goes with --format text or json")
    with opened_to_compare(project_folder(options.project), say) as project:
        work = Run(project, options.paths, allowed, kept_for(options, project))
        work.check()
        patch = [] if work.failed else list(unified(work.comparison))
    print_problems(work.problems, options, roots=_roots(work), diff="".join(patch))
    if options.format == "text" and not work.failed:
        print_patch(patch)
        print(changes(work, options.migrate_state))
        say("a dry run: nothing was written")
    return EXIT_INPUT if work.failed else EXIT_OK


def changes(work: Run, migrate: bool = False) -> str:
    """What happened, for people: each root that changed, then the totals."""
    output = work.project.settings.output
    changed = [item for item in sorted(work.statuses.items()) if item[1] != UNCHANGED]
    lines = [f"{status:<10}{output}/{folder}" for folder, status in changed]
    if migrate:
        lines += [
            f"to move its state: terraform -chdir={output}/{folder} init -migrate-state"
            for folder, status in changed
            if status == CHANGED and "backend.tf" in work.files_changed(folder)
        ]
    return "\n".join([*lines, totals(work)])


def totals(work: Run) -> str:
    """One line: how many roots, and what became of them."""
    statuses = list(work.statuses.values())
    without = len(work.built.without_root)
    if all(status == UNCHANGED for status in statuses):
        return all_unchanged(len(statuses), without)
    kinds = (CREATED, CHANGED, RETIRED, REMOVED, UNCHANGED)
    parts = [f"{statuses.count(kind)} {kind}" for kind in kinds if kind in statuses]
    line = f"{count(len(statuses), 'root')}: {', '.join(parts)}"
    return line + (f"; {count(without, 'job')} without infrastructure" if without else "")


def _roots(work: Run) -> list[dict[str, str]]:
    if work.failed:
        return []
    output = work.project.settings.output
    return [
        {"folder": f"{output}/{folder}", "status": status}
        for folder, status in sorted(work.statuses.items())
    ]
