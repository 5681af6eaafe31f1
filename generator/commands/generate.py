"""``dativo generate``: writes the roots of all or some jobs."""

from __future__ import annotations

import argparse
import json
import sys

from generator.commands.common import add_format, add_paths, count, print_problems, project_folder
from generator.run import Run


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
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Build everything, compare, and write only if nothing is wrong."""
    from generator.progress import Progress
    from generator.project import open_project
    from generator.unchanged_note import remember

    project = open_project(project_folder(options.project))
    with Run(project, options.paths, force=options.force, migrate=options.migrate_state) as work:
        with Progress(sys.stderr, "reading jobs", len(work.job_files)) as progress:
            work.build(progress.step)
        if not work.failed:
            work.compare()
        if not work.failed:
            work.write()
            remember(work, totals(work, done=True))
    if options.format == "text":
        print_problems(work.summary.problems, options)
        if not work.failed:
            print(told(work, options.migrate_state))
    else:
        _print_machine(work, options)
    return 1 if work.failed else 0


def told(work: Run, migrate: bool = False) -> str:
    """What happened, for people: each root that changed, then the totals."""
    output = work.project.settings.output
    lines = [
        f"{status:<10}{output}/{folder}"
        for folder, status in sorted(work.summary.statuses.items())
        if status != "unchanged"
    ]
    if migrate:
        lines += [
            f"to move its state: terraform -chdir={output}/{folder} init -migrate-state"
            for folder, status in sorted(work.summary.statuses.items())
            if status == "changed" and "backend.tf" in work.summary.changes[folder]
        ]
    return "\n".join([*lines, totals(work)])


def totals(work: Run, done: bool = False) -> str:
    """One line: how many roots, and what became of them.

    Args:
        work: the run.
        done: as if the run came again, when nothing is left to change.
    """
    statuses = list(work.summary.statuses.values())
    kinds = {kind: statuses.count(kind) for kind in ("created", "changed", "retired", "unchanged")}
    if done or len(statuses) == kinds["unchanged"]:
        line = f"{count(len(statuses), 'root')}, all unchanged"
    else:
        parts = [f"{number} {kind}" for kind, number in kinds.items() if number]
        line = f"{count(len(statuses), 'root')}: {', '.join(parts)}"
    without = len(work.summary.without_root)
    return line + (f"; {count(without, 'job')} without infrastructure" if without else "")


def _print_machine(work: Run, options: argparse.Namespace) -> None:
    if options.format != "json":
        print_problems(work.summary.problems, options)
        return
    from generator.report import render

    document = json.loads(render(work.summary.problems, work.project.folder, format="json"))
    document["roots"] = (
        []
        if work.failed
        else [
            {"folder": f"{work.project.settings.output}/{folder}", "status": status}
            for folder, status in sorted(work.summary.statuses.items())
        ]
    )
    print(json.dumps(document, indent=2))
