"""``dativo lock``: makes the lock files of providers, one for all roots that need the same."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.common import has_errors, print_problems, project_folder, say
from generator.decided.jobs import roots_of
from generator.errors import Location, Problem, Problems, UsageError
from generator.exports.destination import write
from generator.files.names import LOCKS_FOLDER
from generator.job.lock import opened_to_write
from generator.job.project import Project
from generator.provider_locks.choose import project_locks
from generator.provider_locks.lock_file import LockFile, is_ours, lock_names
from generator.provider_locks.make import (
    Making,
    groups,
    is_current,
    make,
    named,
    nearest,
    own_platform,
)
from generator.provider_locks.needed import Needed, needed_by
from generator.resolve.from_root import program_of
from generator.run import Run
from generator.text.count import count, listed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--platform",
        action="append",
        default=[],
        metavar="OS_ARCH",
        help="lock for this platform, such as linux_amd64; may be given again "
        "(default: terraform.platforms of dativo.yaml, else those that are locked, else this one)",
    )
    parser.add_argument(
        "--upgrade",
        action="store_true",
        help="take the newest versions that the constraints allow",
    )
    parser.add_argument(
        "--mirror",
        metavar="DIR|URL",
        help="fetch from a filesystem or network mirror, not from the registries",
    )
    parser.add_argument(
        "--terraform", metavar="PROGRAM", help="what to run (default: terraform, else tofu)"
    )


def run(options: argparse.Namespace) -> int:
    """Make every lock that is missing or does not fit, and write only if all could be made."""
    program = program_of(options.terraform)
    mirror = _mirror(options.mirror)
    with opened_to_write(project_folder(options.project), say) as project:
        work = Run(project)
        work.build()
        problems = work.problems
        if not work.failed:
            problems = Problems(_foreign(project))
        print_problems(problems, options)
        if has_errors(problems):
            return EXIT_INPUT
        locks, _ = project_locks(project)
        platforms = _platforms(options.platform, project, locks, program)
        making = Making(program, platforms, mirror, options.upgrade, say)
        wanted = named(groups(_needed(project, work.job_files)))
        made, problems = _make(wanted, locks, making)
        print_problems(problems, options)
        if problems:
            return EXIT_INPUT
        _write(project, locks, made)
    return EXIT_OK


def _needed(project: Project, files: Sequence[str]) -> Iterator[Needed]:
    """What the roots need; the jobs are right."""
    for _, plan in roots_of(project, files, Problems()):
        yield needed_by(project, plan)


def _mirror(given: str | None) -> str | None:
    if given is None or given.startswith(("https://", "http://")):
        return given
    if not os.path.isdir(given):
        raise UsageError(f"--mirror {given}: no such folder, and no address")
    return os.path.abspath(given)


def _foreign(project: Project) -> list[Problem]:
    """Files in the folder that look like locks and are not ours stand in the way."""
    found = []
    for file in lock_names(project.folder):
        try:
            if is_ours(project.read(file)):
                continue
            message = f"{file} was not written by dativo and is not overwritten"
        except OSError as error:
            message = f"cannot read {file}: {error.strerror}"
        found.append(
            Problem("foreign-file", message, Location(file), f"move it out of {LOCKS_FOLDER}")
        )
    return found


def _platforms(
    given: Sequence[str], project: Project, locks: Sequence[LockFile], program: str
) -> tuple[str, ...]:
    found = given or project.settings.terraform.platforms
    if not found:
        found = [platform for lock in locks for platform in lock.platforms]
    return tuple(sorted(set(found or [own_platform(program)])))


def _make(
    wanted: dict[str, Needed], locks: Sequence[LockFile], making: Making
) -> tuple[list[LockFile], Problems]:
    made: list[LockFile] = []
    problems = Problems()
    for file, one in wanted.items():
        before = nearest(one, file, locks)
        if (
            before is not None
            and not making.upgrade
            and before.file == file
            and is_current(before, one, making.platforms)
        ):
            made.append(before)
            continue
        with problems.kept():
            made.append(make(file, one, before, making))
    return made, problems


def _write(project: Project, locks: Sequence[LockFile], made: Sequence[LockFile]) -> None:
    before = {lock.file: lock for lock in locks}
    changed = False
    for lock in made:
        path = os.path.join(project.folder, lock.file)
        data = lock.text().encode()
        if lock == before.get(lock.file) or not write(path, data, project.folder):
            continue
        changed = True
        moves = _moves(before.get(lock.file), lock)
        status = "changed" if lock.file in before else "created"
        print(f"{status} {lock.file}: {listed(moves)}, for {listed(lock.platforms)}")
    for file in sorted(before.keys() - {lock.file for lock in made}):
        os.unlink(os.path.join(project.folder, file))
        print(f"removed {file}: no root needs it")
        changed = True
    if changed:
        print("to put them into the roots, run: dativo generate")
    else:
        print(f"{count(len(made), 'lock')}, all up to date")


def _moves(before: LockFile | None, lock: LockFile) -> list[str]:
    found = []
    for source, locked in sorted(lock.providers.items()):
        old = before.providers.get(source) if before else None
        if old is not None and old.version != locked.version:
            found.append(f"{source} {old.version} → {locked.version}")
        else:
            found.append(f"{source} {locked.version}")
    return found
