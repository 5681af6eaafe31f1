"""``dativo check``: says whether the roots are what generate would write, and writes nothing."""

from __future__ import annotations

import argparse

from generator.ci.on_disk import stale
from generator.commands import EXIT_DIFFERS, EXIT_INPUT
from generator.commands.arguments import add_cache, add_format, add_paths
from generator.commands.common import kept_for, print_problems, project_folder, say
from generator.commands.patch import print_patch
from generator.errors import Location, Problem, UsageError
from generator.job.lock import opened_to_compare
from generator.noop.answer import checked
from generator.provider_locks.choose import CODES
from generator.run import Run
from generator.tree.change import CHANGED, CREATED, REMOVED, RETIRED
from generator.tree.unified import unified

_SAID = {
    CREATED: ("missing-root", "is missing"),
    CHANGED: ("stale-root", "is stale"),
    RETIRED: ("orphaned-root", "has no job any more"),
    REMOVED: ("moved-root", "has no job any more, and another root has its state"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_paths(parser)
    parser.add_argument(
        "--diff", action="store_true", help="show what generate would write, as a unified diff"
    )
    add_cache(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Build everything and compare."""
    if options.diff and options.format not in ("text", "json"):
        raise UsageError("--diff goes with --format text or json")
    with opened_to_compare(project_folder(options.project), say) as project:
        work = Run(project, options.paths, kept=kept_for(options, project))
        work.check()
        patch = list(unified(work.comparison)) if options.diff else []
    differences = [*_differences(work), *(p for p in work.problems if p.code in CODES)]
    work.problems[:] = [p for p in work.problems if p.code not in CODES]
    if work.whole and not work.failed:
        differences += stale(work.project)
    failed = any(p.severity == "error" and p.code != "hand-edited" for p in work.problems)
    if options.format == "text":
        print_problems(work.problems, options)
        for problem in differences:
            print(f"{problem.message} ({problem.hint})")
        print_patch(patch)
        if not work.failed and not differences:
            print(checked(len(work.statuses)))
    else:
        more = {"diff": "".join(patch)} if options.diff else {}
        print_problems([*work.problems, *differences], options, **more)
    if failed:
        return EXIT_INPUT
    return EXIT_DIFFERS if differences or work.failed else 0


def _differences(work: Run) -> list[Problem]:
    """Every root that generate would touch."""
    output = work.project.settings.output
    found = []
    for folder, status in sorted(work.statuses.items()):
        if status in _SAID:
            code, said = _SAID[status]
            shown = f"{output}/{folder}"
            files = ", ".join(work.files_changed(folder))
            message = f"{shown} {said}" + (f": {files}" if status == CHANGED else "")
            found.append(Problem(code, message, Location(shown), "run: dativo generate"))
    return found
