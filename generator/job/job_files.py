"""Finds the job files of a project."""

from __future__ import annotations

import os
from collections.abc import Sequence

from generator.errors import InputError, Location, Problem, UsageError
from generator.files.folders import FolderError, is_yaml, yaml_files
from generator.files.names import SETTINGS_FILE
from generator.job.load import load, read
from generator.job.project import Project
from generator.text.characters import composed


def all_jobs(project: Project) -> list[str]:
    """Every job file below the folders that the settings name, in order.

    dativo.yaml is one itself where it has budgets.

    Raises:
        InputError: a folder cannot be read, or is a link that leads out of the project.
    """
    found = _below(project, list(project.settings.jobs))
    if project.settings.budgets:
        found = sorted({*found, SETTINGS_FILE})
    if not project.edited:
        return found
    new = {file for file, data in project.edited.items() if data is not None}
    return sorted({*found} - project.edited.keys() | new)


def jobs_to_build(project: Project, paths: Sequence[str]) -> tuple[list[str], bool]:
    """The job files whose roots may change when the given files changed.

    A job file stands for itself, an asset for the jobs that name it, a folder for what is in it,
    dativo.yaml for all.

    Args:
        project: the repository.
        paths: relative to the current folder, or absolute; none means all.

    Returns:
        The job files in order, and whether these are all there are.

    Raises:
        InputError: as ``all_jobs``.
        UsageError: a path is outside the project, does not exist, or is none of these.
    """
    jobs = all_jobs(project)
    if not paths:
        return jobs, True
    found: dict[str, None] = {}
    others: list[tuple[str, str]] = []
    for path in paths:
        file = _inside(project, path)
        if file == SETTINGS_FILE:
            return jobs, True
        chosen = _named(project, jobs, file)
        found.update(dict.fromkeys(chosen))
        if not chosen and file not in project.settings.jobs:
            others.append((path, file))
    assets = [(job, *_assets(project, job)) for job in jobs] if others else []
    for path, file in others:
        using = [
            job
            for job, names, text in assets
            if os.path.basename(file).encode() in text
            or any(name == file or name.startswith(file + "/") for name in names)
        ]
        if not using:
            raise UsageError(_no_job(project, path, file))
        found.update(dict.fromkeys(using))
    return sorted(found), False


def chosen_jobs(project: Project, paths: Sequence[str]) -> list[str]:
    """The job files that the given paths mean: files, wherever they are, or folders that hold some.

    Args:
        project: the repository.
        paths: relative to the current folder, or absolute.

    Raises:
        InputError: as ``all_jobs``.
        UsageError: a path is outside the project, does not exist, or is no YAML file.
    """
    found: list[str] = []
    for path in paths:
        file = _inside(project, path)
        if os.path.isdir(os.path.join(project.folder, file)):
            found += _below(project, [file])
        else:
            found.append(file)
    return sorted(dict.fromkeys(found))


def below(project: Project, path: str) -> str:
    """A path on the command line as one below the project folder; it need not be there any more.

    Args:
        project: the repository.
        path: relative to the current folder, or absolute.

    Raises:
        UsageError: it is outside the project.
    """
    full = os.path.abspath(path)
    file = os.path.relpath(full, project.folder)
    if file.split(os.sep)[0] == os.pardir:  # seen from elsewhere through a link, perhaps
        file = os.path.relpath(os.path.realpath(full), os.path.realpath(project.folder))
    if file.split(os.sep)[0] == os.pardir:
        raise UsageError(f"{path}: outside the project folder {project.folder}")
    return file.replace(os.sep, "/")


def _below(project: Project, folders: list[str]) -> list[str]:
    try:
        return yaml_files(project.folder, folders)
    except FolderError as error:
        if error.outside:
            message = f'"{error.folder}" is a link that leads out of the project folder'
            hint = "copy its files here, or remove the link"
            raise InputError(Problem("outside-project", message, None, hint)) from None
        message = f'cannot look for job files in "{error.folder}": {error.reason}'
        raise InputError(Problem("unreadable", message)) from None


def _inside(project: Project, path: str) -> str:
    """A path on the command line as one below the project folder; it exists.

    Raises:
        UsageError: it is outside the project, does not exist, or is a file that is no YAML.
    """
    file = below(project, path)
    full = os.path.join(project.folder, file)
    if not os.path.exists(full):
        raise UsageError(f"{path}: no such file or folder")
    if not is_yaml(file) and not os.path.isdir(full):
        raise UsageError(f"{path}: not a YAML file")
    return file


def _named(project: Project, jobs: list[str], file: str) -> list[str]:
    """The jobs that a file or folder is or holds, through a link as well."""
    if os.path.isdir(os.path.join(project.folder, file)):
        chosen = [job for job in jobs if file == "." or job.startswith(file + "/")]
    else:
        chosen = [job for job in jobs if job == file]
    if chosen:
        return chosen
    real = os.path.realpath(os.path.join(project.folder, file))
    inside = real.rstrip(os.sep) + os.sep
    found = [(job, os.path.realpath(os.path.join(project.folder, job))) for job in jobs]
    return [job for job, path in found if path == real or path.startswith(inside)]


def _assets(project: Project, job: str) -> tuple[set[str], bytes]:
    """The assets that a job file names; of one that cannot be loaded, its text."""
    try:
        return {one.asset_file for one in load(project, job)[0] if one.asset_file}, b""
    except InputError:  # reported when the job is built
        pass
    try:
        return set(), read(project, job)
    except InputError:
        return set(), b""


def _no_job(project: Project, path: str, file: str) -> str:
    folders = " or ".join(project.settings.jobs)
    if os.path.isdir(os.path.join(project.folder, file)):
        return f"{path}: holds no job file (those are below {folders}), and no asset of a job"
    return f"{path}: no job file (those are below {folders}), and no job names it as its asset"


def check_name(file: str) -> None:
    """Refuse a job file whose name no comment and no link could show.

    Raises:
        InputError: its name holds control characters, is not UTF-8, or is decomposed.
    """
    if not file.isprintable():
        message = "the name of this job file holds control characters, or is not UTF-8"
        hint = "rename it, or run in a UTF-8 locale"
        raise InputError(Problem("invalid-name", message, Location(file), hint))
    if composed(file) != file:
        message = "the name of this job file is in decomposed Unicode (NFD)"
        hint = "rename it to the composed form (NFC), in which git and other machines have it"
        raise InputError(Problem("invalid-name", message, Location(file), hint))
