"""Tells quickly that there is nothing to do, before anything slow is imported.

The record (``generator.kept``) says what every job file was made from and came to, and about the
whole what was said, which folders were searched and what they held. While all of that holds, the
roots are what they were. Anything unexpected means: do the work.
"""

from __future__ import annotations

import os
import sys

from generator.files.folders import misnamed_settings, project_folder, repository, yaml_files
from generator.files.seen import FILE, OTHER, THERE
from generator.files.terraform_files import terraform_files
from generator.kept.settled import Settled, opened

# As many roots are looked at by their content again and again; beyond that generate does the work
# once, and writes down how they are now.
_MOST_READ = 64


def record_for(arguments: list[str]) -> Settled | None:
    """The record that a command can be answered from.

    Args:
        arguments: the command and its arguments; with any option but --project there is none.
    """
    parsed = _parse(arguments[1:])
    folder = project_folder(parsed[0]) if parsed else None
    return None if folder is None else opened(folder)


def nothing_to_do(arguments: list[str]) -> int | None:
    """Answer ``generate`` or ``check`` from the record of earlier runs.

    Args:
        arguments: the command and its arguments; with any option but --project this declines.

    Returns:
        The exit code after printing what the command prints; None when the work has to be done.
    """
    settled = record_for(arguments)
    if settled is None:
        return None
    try:
        said = answer(arguments, settled)
    finally:
        settled.end()
    return None if said is None else tell(*said)


def answer(arguments: list[str], settled: Settled) -> tuple[list[str], str] | None:
    """The same, told to nobody yet.

    Args:
        arguments: likewise.
        settled: the ``record_for`` them; to be ended by the caller, in the end.

    Returns:
        Warnings and the line; None when the work has to be done.
    """
    parsed = _parse(arguments[1:])
    if parsed is None:
        return None
    try:
        said = _said(arguments[0], settled, parsed[1])
    except (OSError, LookupError, ValueError, TypeError):
        return None
    if said is None:
        return None
    warnings = () if parsed[1] else settled.record.facts.get("warn", ())
    return [" ".join(line) for line in warnings], said


def tell(warnings: list[str], line: str) -> int:
    """Print an ``answer``; returns the exit code."""
    for warning in warnings:
        print(warning, file=sys.stderr)
    print(line)
    return 0


def _parse(arguments: list[str]) -> tuple[str | None, list[str]] | None:
    chosen, paths = None, []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--project":
            chosen = next(rest, None)
            if chosen is None:
                return None
        elif argument.startswith("-"):
            return None
        else:
            paths.append(argument)
    return chosen, paths


def _below(folder: str, paths: list[str]) -> list[str]:
    """Paths on the command line as paths below the project folder."""
    return [os.path.relpath(os.path.abspath(p), folder).replace(os.sep, "/") for p in paths]


def _said(command: str, settled: Settled, paths: list[str]) -> str | None:
    folder, record = settled.folder, settled.record
    chosen = set(_below(folder, paths))
    if not chosen:
        settled.look_ahead()
    # The likeliest first: an edited job.
    if not all(settled.job(file) for file in chosen or record.jobs) or not settled.settings():
        return None
    if "quick" not in record.facts or not settled.is_ours() or not _same_around(folder, settled):
        return None
    if chosen:
        return _some(command, settled, chosen)
    said, jobs = record.fact("say"), record.fact("jobs")
    if not said or yaml_files(folder, jobs) != list(record.jobs):
        return None
    if not settled.all_roots(record.roots):
        return None
    if command == "generate" and len(settled.renewed) > _MOST_READ:
        return None
    if "warn" in record.facts and sys.stderr.isatty():  # people get colours
        return None
    return said[1] if command == "check" else said[0]


def _some(command: str, settled: Settled, chosen: set[str]) -> str | None:
    """Some job files, named one by one: each and what it names as it was, its roots too."""
    record = settled.record
    jobs = [record.jobs[file] for file in chosen]
    if any("w" in job.flags or "t" in job.flags for job in jobs):
        return None
    mine = [root for job in jobs for root in job.roots]
    # What the other roots claim is read from their manifests.
    others = record.roots.keys() - set(mine)
    if not settled.all_roots(mine) or not all(settled.root(root, True) for root in others):
        return None
    without = sum(not job.roots for job in jobs)
    return checked(len(mine)) if command == "check" else all_unchanged(len(mine), without)


def _same_around(folder: str, settled: Settled) -> bool:
    """Nothing appeared where roots or hand-written backends may be, and none of these changed.

    A file with a name that only resembles that of the settings is told by the whole work.
    """
    record = settled.record
    if misnamed_settings(folder) is not None or not record.folders:
        return False
    [output], [how, *searched] = record.fact("output"), record.fact("search")
    if how == "all":
        searched = [os.path.relpath(repository(folder), folder).replace(os.sep, "/")]
    others = record.facts.get("other", [])
    if terraform_files(folder, searched, output) != [path for path, in others]:
        return False
    what = [OTHER + path for path, in others]
    what += [THERE + path for path, in record.facts.get("there", [])]
    what += [FILE + path for path, in record.facts.get("file", [])]
    return all(map(settled.has, what)) and settled.no_other_roots()


def all_unchanged(roots: int, without: int) -> str:
    """What generate says when there was nothing to do.

    Args:
        roots: how many roots there are.
        without: how many jobs have no ``infrastructure`` block, and so no root.
    """
    line = f"{roots} root{'' if roots == 1 else 's'}, all unchanged"
    jobs = f"{without} job{'' if without == 1 else 's'}"
    return f"{line}; {jobs} without infrastructure" if without else line


def checked(roots: int) -> str:
    """What check says when nothing differs."""
    return f"{roots} root{'' if roots == 1 else 's'} up to date"
