"""A job under a new name: with the state that it has, and resources under the names they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.decided.jobs import roots_of
from generator.errors import Problems
from generator.job.project import Project
from generator.moving.ahead import Ahead, concerns, with_edited
from generator.moving.kept_state import with_kept_state
from generator.moving.names import Renamed, renamed
from generator.moving.own_files import own_files
from generator.plan.root_plan import RootPlan
from generator.run import Run
from generator.tree.compare import compare
from generator.yaml.edit import with_value

_RESOURCE_NAME = ("infrastructure", "terraform", "resource_name")


class Difference(NamedTuple):
    """An input of the module that the rename changes: root, input, value before and after."""

    folder: str
    name: str
    before: Any
    after: Any


class Renaming(NamedTuple):
    """What renaming comes to.

    Attributes:
        job: what was renamed to what, see ``names``.
        ahead: the project as it will be.
        moves: files of the user's, from and to, below the output folder.
        states: new root to the address of its state, which is the one of the old root.
        keeps: the name that resources keep; None where it is not kept, or nothing needs it.
        differences: inputs that change all the same.
    """

    job: Renamed
    ahead: Ahead
    moves: dict[str, str]
    states: dict[str, str]
    keeps: str | None
    differences: list[Difference]


def renaming(
    project: Project,
    old: str,
    new: str,
    *,
    keep_names: bool = True,
    keep_file: bool = False,
    not_applied: bool = False,
) -> Renaming:
    """Decide what changes; nothing is written.

    Args:
        project: the repository.
        old: the job, see ``generator.tree.selection``; or the name that it had before somebody
            changed it in its file.
        new: its new name.
        keep_names: its resources keep the names that they have.
        keep_file: the job file stays where it is, whatever it is called.
        not_applied: neither the tombstone of the old root nor the new root was applied.

    Raises:
        InputError: something is wrong with the job, its roots are not what it says, or the new
            name is taken.
        UsageError: a word means no job or several.
    """
    job = renamed(project, old, new, keep_file=keep_file, not_applied=not_applied)
    before = plans(project, job.file) if not job.mends else {}
    edited, keeps = dict(job.edited), None
    if keep_names:
        edited, keeps = _with_kept_names(project, job, edited)
    edited = with_kept_state(project, job, edited)
    ahead = _ahead(project, job, edited)
    moves = own_files(project, job.roots, ahead.changes)
    after = plans(with_edited(project, edited), job.new_file)
    states = {new: after[new].backend.address for new in job.roots.values() if new in after}
    return Renaming(job, ahead, moves, states, keeps, _differences(job, before, after))


def plans(project: Project, file: str) -> dict[str, RootPlan]:
    """The plan of each root of a job file, by its folder; what is wrong is told elsewhere."""
    return {plan.folder: plan for _, plan in roots_of(project, [file], Problems())}


def _with_kept_names(
    project: Project, job: Renamed, edited: dict[str, bytes | None]
) -> tuple[dict[str, bytes | None], str | None]:
    """The job file with the old name as what names are made from, if any input is made of it."""
    data = edited[job.new_file] or b""
    named = with_value(data, job.new_file, _RESOURCE_NAME, job.old_name, "its resources keep it")
    kept = {**edited, job.new_file: named}
    without = plans(with_edited(project, edited), job.new_file)
    with_it = plans(with_edited(project, kept), job.new_file)
    if job.has_resource_name or all(
        _values(without[folder]) == _values(with_it[folder]) for folder in without
    ):
        return edited, None
    return kept, job.old_name


def _values(plan: RootPlan) -> dict[str, Any]:
    return {argument.name: argument.value for argument in plan.module.arguments}


def _differences(
    job: Renamed, before: Mapping[str, RootPlan], after: Mapping[str, RootPlan]
) -> list[Difference]:
    found = []
    for old, new in job.roots.items():
        if old not in before or new not in after:
            continue
        was, now = _values(before[old]), _values(after[new])
        found += [
            Difference(new, name, was.get(name), now.get(name))
            for name in dict.fromkeys((*was, *now))
            if was.get(name) != now.get(name)
        ]
    return found


def _ahead(project: Project, job: Renamed, edited: Mapping[str, bytes | None]) -> Ahead:
    """The project as it will be: each root in its new folder, nothing in the old one."""
    output = project.settings.output
    run = Run(with_edited(project, edited), ())
    run.build()
    # Those of jobs that need this one as well.
    made = [one for file in edited for one in run.built.sources.get(file, ([], []))[1]]
    folders = tuple(sorted({*job.roots, *job.roots.values(), *made}))
    if not run.failed:
        wanted = {new: run.built.roots[new] for new in {*job.roots.values(), *made}}
        gone: dict[str, dict[str, str]] = {old: {} for old in job.roots}
        run.comparison = compare(project.folder, output, {**wanted, **gone}, migrate=job.mends)
        run.problems.extend(run.comparison.problems)
    problems = [p for p in run.problems if concerns(p, output, edited, folders)]
    return Ahead(edited, run, folders, problems)
