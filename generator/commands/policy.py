"""``dativo policy``: the tag policy of dativo.yaml, for tools that enforce one."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence

from generator.commands.common import print_problems, project_folder
from generator.commands.export import emit
from generator.errors import Problem, UsageError
from generator.job.project import open_project
from generator.policies.targets import REQUIRED_FOR, TARGETS, Asked
from generator.text.hints import suggest

_TYPE = re.compile(r"[a-z0-9-]+:[A-Za-z0-9_/*-]+").fullmatch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"{', '.join(TARGETS)} (default: all)"
    )
    parser.add_argument(
        "--output",
        "-o",
        metavar="DIR",
        help="write the files there (default: one file to standard output)",
    )
    parser.add_argument(
        "--organization", metavar="ID", help="for gcp: the number of the organisation"
    )
    parser.add_argument(
        "--required-for",
        action="append",
        default=[],
        metavar="SERVICE:TYPE",
        help="for aws: report these without the tags; may be given again "
        f"(default: {', '.join(REQUIRED_FOR)})",
    )
    parser.add_argument(
        "--enforced-for",
        action="append",
        default=[],
        metavar="SERVICE:TYPE",
        help="for aws: refuse wrong values on these; may be given again (default: none)",
    )


def run(options: argparse.Namespace) -> int:
    """Make all files, then write them; what a target cannot express is told."""
    targets = list(dict.fromkeys(options.targets or TARGETS))
    asked = _asked(options, targets)
    project = open_project(project_folder(options.project))
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for name in targets:
        made, told = TARGETS[name](project, asked)
        files |= made
        problems += [problem for problem in told if problem not in problems]
    if options.output is None and len(files) > 1:
        raise UsageError(f"these are {len(files)} files: name a folder with --output DIR")
    print_problems(problems, options)
    for name, text in files.items():
        path = None if options.output is None else os.path.join(options.output, name)
        emit(text.encode(), path)
    return 0


def _asked(options: argparse.Namespace, targets: Sequence[str]) -> Asked:
    """What was given beyond the targets.

    Raises:
        UsageError: it is of the wrong form, or for no target that is made.
    """
    for name in targets:
        if name not in TARGETS:
            meant = suggest(name, sorted(TARGETS), f"there are {', '.join(TARGETS)}")
            raise UsageError(f"{name}: no such target; {meant}")
    for text in (*options.required_for, *options.enforced_for):
        if not _TYPE(text):
            raise UsageError(f"{text}: write SERVICE:TYPE, such as ecs:ALL_SUPPORTED")
    if (organization := options.organization) is not None and not organization.isdigit():
        raise UsageError(f"--organization {organization}: it is a number")
    for option, value, target in (
        ("--organization", organization, "gcp"),
        ("--required-for", options.required_for, "aws"),
        ("--enforced-for", options.enforced_for, "aws"),
    ):
        if value and target not in targets:
            raise UsageError(f"{option} is for {target}")
    required = tuple(options.required_for) or REQUIRED_FOR
    return Asked(organization, required, tuple(options.enforced_for))
