"""Which job is renamed, where its roots are and will be, and the job file with the new name."""

from __future__ import annotations

import os
import posixpath
from typing import NamedTuple

from generator.dialects import to_canonical
from generator.errors import InputError, KeyPath, Location, Problem, UsageError
from generator.job.defaults import default_provider
from generator.job.load import load, parse, read
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.fields import name_fault
from generator.moving.ahead import refuse_older_form
from generator.moving.needing import needing
from generator.pipeline import has_no_root
from generator.render.manifest import Manifest
from generator.run import Run
from generator.tree.change import CREATED
from generator.tree.compare import compare
from generator.tree.scan import scan
from generator.tree.selection import Selected, select, select_file
from generator.tree.state_file import local_state, resources_in
from generator.yaml.data import value_at
from generator.yaml.edit import with_value

TAKEN = "name-taken"


class Renamed(NamedTuple):
    """A job that gets another name.

    Attributes:
        file, new_file: the job file as it is and as it will be called.
        old_name, new_name: of the job.
        roots: old root to new root, below the output folder.
        manifests: old root to its manifest.
        edited: job file to its content with the new name; None for a file that goes.
        mends: the file has the new name already, and the roots of the old one are left.
        has_resource_name: the job says what names of resources are made from.
    """

    file: str
    new_file: str
    old_name: str
    new_name: str
    roots: dict[str, str]
    manifests: dict[str, Manifest]
    edited: dict[str, bytes | None]
    mends: bool
    has_resource_name: bool


def renamed(project: Project, old: str, new: str, *, keep_file: bool, not_applied: bool) -> Renamed:
    """Find the job, and its file with the new name; arguments and errors as ``renaming``."""
    if fault := name_fault("job", new):
        raise UsageError(f'the new name "{new}" {fault}')
    file = _file(project, old, new)
    document = parse(project, file)
    translation = to_canonical(document, file, default_provider(project, document))
    refuse_older_form(file, translation.dialect)
    jobs, _ = load(project, file)
    names = list(dict.fromkeys(loaded.job.name for loaded in jobs))
    if not names:
        message = f"{file} asks for no root, so it has no name that anything depends on"
        raise InputError(Problem("no-root", message, Location(file), "rename it by hand"))
    if len(names) > 1:
        message = f"{file} has several names, by environment: {', '.join(names)}"
        hint = "change the one that is meant by hand, and the state's address with it"
        raise InputError(Problem("several-names", message, Location(file, ("name",)), hint))
    [name] = names
    found = Renamed(file, file, name, new, {}, {}, {}, name == new, _has_resource_name(jobs))
    if name == new:
        return _mended(project, found, old, jobs, not_applied)
    return _before(project, found, jobs, keep_file)


def _has_resource_name(jobs: list[LoadedJob]) -> bool:
    return any(one.job.infrastructure.terraform.resource_name is not None for one in jobs)


def _file(project: Project, old: str, new: str) -> str:
    """The job file: that of the old name, or where nobody has that any more, of the new one."""
    try:
        return select_file(project, old).file
    except UsageError as error:
        left = list(scan(project.folder, project.settings.output)[0].values())
        if not any(_is_named(root, old) for root in left):
            raise
        tenants = {root.tenant for root in left if _is_named(root, old)}
        found = {one.file for t in tenants for one in _selected(project, f"{t}/{new}")}
        if len(found) != 1:
            hint = f"roots of {old} are there, but no one job called {new} that could have them"
            raise UsageError(f"{error}; {hint}") from None
        return found.pop()


def _is_named(root: Manifest, word: str) -> bool:
    return word in (root.folder, f"{root.tenant}/{root.job}", root.job)


def _selected(project: Project, word: str) -> list[Selected]:
    try:
        return select(project, word)
    except UsageError:
        return []


def _before(project: Project, found: Renamed, jobs: list[LoadedJob], keep_file: bool) -> Renamed:
    """The usual order: the job has its old name, and roots that are up to date."""
    output, new = project.settings.output, found.new_name
    wanted = [one for one in jobs if not has_no_root(one)]
    roots = {one.folder: _moved(one.folder, new) for one in wanted}
    if found.old_name.lower() == new.lower():
        message = "the names differ only in upper and lower case, and on some machines are one"
        hint = "go by way of a third name"
        raise InputError(Problem(TAKEN, message, Location(found.file, ("name",)), hint))
    _free(project, found.file, {one.job.tenant_id for one in jobs}, new)
    for folder in roots.values():
        if os.path.lexists(os.path.join(project.folder, output, folder)):
            hint = f"if nothing needs it any more, remove it: dativo prune {output}/{folder}"
            message = f"{output}/{folder} is there already"
            raise InputError(Problem(TAKEN, message, Location(f"{output}/{folder}"), hint))
    manifests = _current(project, found.file, roots)
    new_file = _new_file(project, found, keep_file)
    data = _with_name(project, found, jobs, new_file)
    edited: dict[str, bytes | None] = {new_file: data}
    if new_file != found.file:
        edited[found.file] = None
    edited |= needing(project, found.file, found.old_name, new)
    return found._replace(new_file=new_file, roots=roots, manifests=manifests, edited=edited)


def _moved(folder: str, new: str) -> str:
    """A root's folder with another name of the job, which follows the tenant."""
    tenant, _, *rest = folder.split("/")
    return "/".join((tenant, new, *rest))


def _free(project: Project, file: str, tenants: set[str], new: str) -> None:
    """Refuse a name that another job of one of the tenants has, or another file."""
    for tenant in sorted(tenants):
        others = {one.file for one in _selected(project, f"{tenant}/{new}")} - {file}
        if others:
            other = sorted(others)[0]
            message = f"{other} is or has a job called {new} already"
            raise InputError(Problem(TAKEN, message, Location(other), "choose another name"))


def _current(project: Project, file: str, roots: dict[str, str]) -> dict[str, Manifest]:
    """The manifests of the roots, which are what the job says.

    Raises:
        InputError: one is not there, edited, or out of date: its state may be elsewhere.
    """
    output = project.settings.output
    run = Run(project, [os.path.join(project.folder, file)])
    run.build()
    errors = [problem for problem in run.problems if problem.severity == "error"]
    built = {folder: texts for folder, texts in run.built.roots.items() if folder in roots}
    comparison = compare(project.folder, output, built)
    errors += [problem for problem in comparison.problems if problem.severity == "error"]
    if errors:
        raise InputError(*errors)
    for change in comparison.changes:
        what = "not there" if change.status == CREATED else "not what the job says"
        message = f"{output}/{change.folder} is {what}, so its state may be elsewhere"
        hint = "run dativo generate, and look at what changes, before it is renamed"
        raise InputError(Problem("stale-root", message, Location(file), hint))
    found, problems = scan(project.folder, output, lambda folder, _: folder in roots)
    if problems:
        raise InputError(*problems)
    for folder, root in found.items():
        if root.leaving:
            message = f"{output}/{folder} is on its way from one runtime to another"
            hint = f"apply it, then run: dativo generate --applied {file}"
            raise InputError(Problem("leaving", message, Location(file), hint))
    return found


def _new_file(project: Project, found: Renamed, keep_file: bool) -> str:
    folder, base = posixpath.split(found.file)
    stem, ending = posixpath.splitext(base)
    if keep_file or stem != found.old_name:
        return found.file
    new_file = posixpath.join(folder, found.new_name + ending)
    if os.path.lexists(os.path.join(project.folder, new_file)):
        message = f"{new_file} is there already"
        hint = "--keep-file leaves the job file where it is"
        raise InputError(Problem(TAKEN, message, Location(new_file), hint))
    return new_file


def _with_name(project: Project, found: Renamed, jobs: list[LoadedJob], new_file: str) -> bytes:
    """The job file, in which each mention of its name is the new one.

    Raises:
        InputError: its name is put together from values.
    """
    data, document = read(project, found.file), jobs[0].document
    places: list[KeyPath] = [("name",)]
    places += [("environments", name, "name") for name in document.get("environments") or ()]
    named = False
    for place in places:
        written, there = value_at(document, place)
        if not there or written is None:
            continue
        if written != found.old_name:
            message = f'the name is put together from values: "{written}"'
            hint = "write it out, generate, and rename it then"
            raise InputError(Problem("by-hand", message, Location(found.file, place), hint))
        data, named = with_value(data, found.file, place, found.new_name), True
    stem = posixpath.splitext(posixpath.basename(new_file))[0]
    if not named and stem != found.new_name:
        data = with_value(data, found.file, ("name",), found.new_name, after="tenant_id")
    return data


def _mended(
    project: Project, found: Renamed, old: str, jobs: list[LoadedJob], not_applied: bool
) -> Renamed:
    """The file has the new name already; the old roots are orphans, or tombstones by now."""
    output, new = project.settings.output, found.new_name
    on_disk, problems = scan(project.folder, output)
    if problems:
        raise InputError(*problems)
    tenants = {one.job.tenant_id for one in jobs}
    left = {
        folder: root
        for folder, root in on_disk.items()
        if root.tenant in tenants
        and root.job != new
        and (_is_named(root, old) or root.job_file == found.file)
    }
    names = sorted({root.job for root in left.values()})
    if len(names) != 1:
        what = f"roots of {' and '.join(names)}" if names else f"no root of {old}"
        message = f"{found.file} is called {new} already, and there is {what}"
        hint = "name the one whose state it is to have" if names else "there is nothing to rename"
        raise InputError(Problem("nothing-to-rename", message, Location(found.file), hint))
    wanted = {one.folder for one in jobs if not has_no_root(one)}
    roots = {folder: moved for folder in left if (moved := _moved(folder, new)) in wanted}
    if not roots:
        message = f"no root of {names[0]} has the tenant and environment of {found.file}"
        raise InputError(Problem("nothing-to-rename", message, Location(found.file)))
    for folder, moved in roots.items():
        _unapplied(project, on_disk, folder, moved, not_applied)
    manifests = {folder: on_disk[folder] for folder in roots}
    edited: dict[str, bytes | None] = {found.file: read(project, found.file)}
    edited |= needing(project, found.file, names[0], new)
    return found._replace(old_name=names[0], roots=roots, manifests=manifests, edited=edited)


def _unapplied(
    project: Project, on_disk: dict[str, Manifest], old: str, new: str, not_applied: bool
) -> None:
    """Refuse where the new root may have made something in its own state, which would be left."""
    output, root = project.settings.output, on_disk.get(new)
    if root is None or root.address == on_disk[old].address:
        return
    state = local_state(os.path.join(project.folder, output, new), root)
    made = None if state is None else resources_in(state)
    if made:
        message = f"{output}/{new} was applied: {made} resources are in the state {root.address}"
        hint = "destroy them first, or keep both: the new root, and the tombstone of the old one"
        raise InputError(Problem("applied", message, Location(f"{output}/{new}"), hint))
    if root.state["type"] == "local" or not_applied:
        return
    message = (
        f"{output}/{new} is there with a state of its own, {root.address}: if it was applied, "
        "what it made would be forgotten"
    )
    hint = f"if neither it nor the tombstone {output}/{old} was applied, say so: --not-applied"
    raise InputError(Problem("applied", message, Location(f"{output}/{new}"), hint))
