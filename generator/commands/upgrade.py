"""``dativo upgrade``: moves constraints of providers and versions of modules over all roots."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.changes.model import Cause
from generator.changes.views.diff_text import as_text
from generator.changes.views.options import Options
from generator.commands import EXIT_INPUT, EXIT_OK
from generator.commands.common import print_problems, project_folder, say
from generator.decided.jobs import roots_of
from generator.errors import KeyPath, Problem, Problems, UsageError
from generator.exports.destination import write as write_file
from generator.files.names import SETTINGS_FILE
from generator.job.lock import opened_to_compare, opened_to_write
from generator.job.project import Project, project_of
from generator.plan.root_plan import RootPlan
from generator.provider_locks.choose import CODES, project_locks
from generator.provider_locks.needed import needed_by
from generator.report import wants_color
from generator.run import Run
from generator.text.count import count
from generator.upgrading.pins import ModulePin, chosen, module_pins, provider_pin
from generator.upgrading.radius import radius
from generator.yaml.edit import with_value
from generator.yaml.positions import Positions


class _Edit(NamedTuple):
    file: str
    path: KeyPath
    old: str | None
    new: str

    @property
    def told(self) -> str:
        """What changes, on one line."""
        return f"{_dotted(self.path)}: {self.old or '(unset)'} -> {self.new}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--provider",
        action="append",
        default=[],
        metavar="NAME=CONSTRAINT",
        help="let roots have this provider in these versions: aws='~> 6.5'; may be given again",
    )
    parser.add_argument(
        "--module",
        action="append",
        default=[],
        metavar="[SOURCE=]VERSION",
        help="take the modules that dativo.yaml names, or those from SOURCE, in this version",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, and change nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Edit, build all roots, and write only if nothing is wrong; without options show the pins."""
    asks = bool(options.provider or options.module)
    opened = opened_to_write if asks and not options.dry_run else opened_to_compare
    with opened(project_folder(options.project), say) as project:
        now = Run(project)
        now.build()
        if now.failed:
            print_problems(now.problems, options)
            return EXIT_INPUT
        pins = module_pins(project, now.job_files)
        if not asks:
            roots = [plan for _, plan in roots_of(project, now.job_files, Problems())]
            sys.stdout.write("".join(_pinned(project, pins, roots)))
            return EXIT_OK
        edits = list(_edits(options, project, pins))
        return _upgrade(options, project, edits) if edits else _nothing()


def _nothing() -> int:
    print("everything is pinned like that already")
    return EXIT_OK


def _edits(options: argparse.Namespace, project: Project, pins: list[ModulePin]) -> Iterator[_Edit]:
    found: dict[tuple[str, KeyPath], _Edit] = {}
    for text in options.provider:
        name, constraint = provider_pin(text)
        old = dict(project.settings.terraform.providers).get(name)  # type: ignore[call-overload]
        edit = _Edit(SETTINGS_FILE, ("terraform", "providers", name), old, constraint)
        if found.setdefault((edit.file, edit.path), edit) != edit:
            raise UsageError(f"--provider {name} is given twice, with different constraints")
    for text in options.module:
        chosen_pins, version = chosen(pins, text, project.settings.modules.source)
        for pin in chosen_pins:
            edit = _Edit(pin.file, pin.path, pin.value, pin.moved(version))
            if found.setdefault((edit.file, edit.path), edit) != edit:
                raise UsageError(f"--module is given twice for {pin.source}")
    return (edit for edit in found.values() if edit.new != edit.old)


def _upgrade(options: argparse.Namespace, project: Project, edits: Sequence[_Edit]) -> int:
    edited: dict[str, bytes] = {}
    problems = Problems()
    for edit in edits:
        with problems.kept():
            before = edited.get(edit.file) or _read(project, edit.file)
            edited[edit.file] = with_value(before, edit.file, edit.path, edit.new)
    problems.raise_any()
    settings = edited.get(SETTINGS_FILE) or _read(project, SETTINGS_FILE)
    jobs = {file: data for file, data in edited.items() if file != SETTINGS_FILE}
    ahead = Run(replace(project_of(project.folder, settings), edited=jobs))
    ahead.check()
    problems = Problems(_told(ahead.problems))
    print_problems(problems, options)
    if ahead.failed:
        return EXIT_INPUT
    causes = [(edit.path, _cause(edit, edited[edit.file])) for edit in edits]
    color = wants_color(sys.stdout, os.environ)
    sys.stdout.write(as_text(radius(ahead.comparison, causes), Options(color)))
    for edit in edits:
        print(f"{edit.file}: {edit.told}")
    if options.dry_run:
        print("nothing was changed")
        return EXIT_OK
    for file, data in edited.items():
        write_file(os.path.join(project.folder, file), data, project.folder)
    ahead.write()
    if any(problem.code in CODES for problem in ahead.problems):
        print("the locks no longer fit; run: dativo lock, then: dativo generate")
    return EXIT_OK


def _told(problems: Sequence[Problem]) -> list[Problem]:
    """Errors, and what is about locks; other warnings are not the upgrade's."""
    return [p for p in problems if p.severity == "error" or p.code in CODES]


def _read(project: Project, file: str) -> bytes:
    try:
        return project.read(file)
    except FileNotFoundError:
        return b""


def _cause(edit: _Edit, data: bytes) -> Cause:
    line, column = Positions(data.decode()).find(edit.path)
    return Cause(edit.file, line, column, edit.told)


def _dotted(path: KeyPath) -> str:
    return ".".join(map(str, path))


def _pinned(project: Project, pins: list[ModulePin], plans: list[RootPlan]) -> Iterator[str]:
    """What is pinned where, and by how many roots; then what modules ask for."""
    uses = Counter(
        (one.name, one.source, one.version) for p in plans for one in p.required_providers
    )
    asked: dict[str, set[str]] = {}
    for plan in plans:
        own = {one.source: one.version for one in plan.required_providers}
        for source, constraints in needed_by(project, plan).providers:
            asked.setdefault(source, set()).update(c for c in constraints if c != own.get(source))
    given = {str(name) for name in project.settings.terraform.providers}
    locks, _ = project_locks(project)
    for (name, source, version), number in sorted(uses.items()):
        where = f"{SETTINGS_FILE}, terraform.providers" if name in given else "dativo's own"
        yield f"provider {name}: {version} ({where}), in {count(number, 'root')}\n"
        if asked.get(source):
            yield f"    modules ask for {'; '.join(sorted(asked[source]))}\n"
        locked = sorted(
            {lock.providers[source].version for lock in locks if source in lock.providers}
        )
        if locked:
            yield f"    locked is {', '.join(locked)}\n"
    modules = Counter((p.module.source, p.module.version) for p in plans)
    local = sum(n for (source, _), n in modules.items() if source.startswith(("./", "../")))
    for (source, tag), number in sorted(modules.items(), key=str):
        if not source.startswith(("./", "../")):
            shown = f"{source} {tag or ''}".strip()
            yield f"module {shown}, in {count(number, 'root')}\n"
    if local:
        yield f"modules in folders of this project, without versions: {count(local, 'root')}\n"
    for pin in pins:
        yield f"pinned at {pin.file}: {_dotted(pin.path)}: {pin.version}\n"
