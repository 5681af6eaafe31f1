"""The address of a state, written into a job whose name no longer leads to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.errors import InputError, KeyPath, Location, Problem
from generator.job.load import load
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.model.variables import escape
from generator.moving.ahead import with_edited
from generator.moving.names import Renamed
from generator.plan.backend import backend_of
from generator.plan.collisions import BACKEND
from generator.plan.plan import root_folder
from generator.yaml.data import texts, value_at
from generator.yaml.edit import with_value

_WHY = "where its state has been since it was called "
Edited = dict[str, bytes | None]


def with_kept_state(project: Project, job: Renamed, edited: Mapping[str, bytes | None]) -> Edited:
    """The job file with what its backend needs so that each root has the state it had.

    For the file as a whole, where one text does for all of its roots: tenant and environment are
    left to ``${TENANT_ID}`` and ``${ENVIRONMENT}``; else for each environment.

    Args:
        project: the repository as it is.
        job: what is renamed.
        edited: its file with the new name.

    Raises:
        InputError: the file says in another place where its state is.
    """
    wanted = {new: job.manifests[old].state for old, new in job.roots.items()}
    for by_environment in (False, True):
        found = _written(project, job, edited, wanted, by_environment)
        if found is not None and not _missed(project, job, found, wanted):
            return found
    missed = _missed(project, job, edited, wanted)
    message = (
        f"the state of {job.old_name} cannot be kept by one text in {job.new_file}: "
        + ", ".join(f"{path} is to be {value}" for path, value in missed.items())
    )
    hint = "write that for each tenant and environment by hand, then rename"
    raise InputError(Problem("by-hand", message, Location(job.file, BACKEND, True), hint))


def _written(
    project: Project,
    job: Renamed,
    edited: Mapping[str, bytes | None],
    wanted: Mapping[str, dict[str, Any]],
    by_environment: bool,
) -> Edited | None:
    data = edited[job.new_file] or b""
    said: dict[KeyPath, str] = {}
    misfits = _misfits(project, job, edited, wanted)
    regions = {loaded.job.infrastructure.region for loaded, _, _ in misfits}
    for loaded, path, value in misfits:
        at: KeyPath = (*BACKEND, *path)
        if by_environment:
            at = ("environments", loaded.job.environment, *at)
        names = {
            "${TENANT_ID}": loaded.job.tenant_id,
            "${ENVIRONMENT}": "" if by_environment else loaded.job.environment,
            "${REGION}": loaded.job.infrastructure.region if len(regions) > 1 else "",
        }
        text = escape(value) if len(job.roots) == 1 else _general(escape(value), names)
        if said.setdefault(at, text) != text:
            return None
    for path, text in said.items():
        data = with_value(data, job.new_file, path, text, _WHY + job.old_name)
    return {**edited, job.new_file: data}


def _general(text: str, names: Mapping[str, str]) -> str:
    """The text with variables for what differs by root, where that is a word of it."""
    for variable, name in names.items():
        for separator in ("/", "-", "_", ".") if name else ():
            for other in ("/", "-", "_", "."):
                text = text.replace(separator + name + other, separator + variable + other)
        if name and text.startswith((f"{name}/", f"{name}-")):
            text = variable + text[len(name) :]
        if name and text.endswith((f"/{name}", f"-{name}")):
            text = text[: -len(name)] + variable
    return text


def _missed(
    project: Project,
    job: Renamed,
    edited: Mapping[str, bytes | None],
    wanted: Mapping[str, dict[str, Any]],
) -> dict[str, str]:
    return {
        f"{root_folder(loaded)}: {'.'.join(map(str, path))}": value
        for loaded, path, value in _misfits(project, job, edited, wanted)
    }


def _misfits(
    project: Project,
    job: Renamed,
    edited: Mapping[str, bytes | None],
    wanted: Mapping[str, dict[str, Any]],
) -> list[tuple[LoadedJob, KeyPath, str]]:
    """Job, argument of its backend, and the text that this had; where that is another now."""
    found: list[tuple[LoadedJob, KeyPath, str]] = []
    output = project.settings.output
    for loaded in load(with_edited(project, edited), job.new_file)[0]:
        folder = root_folder(loaded)
        if folder not in wanted:
            continue
        backend, _ = backend_of(loaded, f"{output}/{folder}")
        found += [
            (loaded, path, value)
            for path, value in texts(wanted[folder]["arguments"])
            if value_at(backend.arguments, path)[0] != value
        ]
    return found
