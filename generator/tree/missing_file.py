"""Why a job file that has a root is not among those that were read: gone for good, or a slip."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator

from generator.errors import InputError, Location, Problem
from generator.files.folders import is_yaml
from generator.files.names import SETTINGS_FILE
from generator.files.regular import read as read_regular
from generator.job.project import Project
from generator.yaml.load import load_yaml

# What tells that a YAML mapping is a job file.
_OF_A_JOB = frozenset(("infrastructure", "tenant_id", "environments"))


def slip(project: Project, file: str, none_read: bool = False) -> Problem | None:
    """What happened to a job file that was read once and is not now.

    Args:
        project: the repository.
        file: the job file, below the project folder.
        none_read: there are no job files at all where they are looked for.

    Returns:
        None where it is really gone.
    """
    if project.edited.get(file, b"") is None:  # a command is about to remove it, on purpose
        return None
    path = os.path.join(project.folder, file)
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return (
            _of_a_folder(project, file, none_read)
            or _twin(project, file)
            or _left_out(project, file)
        )
    except OSError as error:
        hint = "make it readable"
        return Problem("unreadable", f"cannot read {file}: {error.strerror}", Location(file), hint)
    if stat.S_ISLNK(mode) and not os.path.exists(path):
        return _dangling(project, file)
    if not os.path.isfile(path):
        what = "a folder" if os.path.isdir(path) else "no regular file"
        return Problem(
            "not-a-job-file", f"{file} is {what} now", Location(file), "put the file back"
        )
    message = f"{file} is there and has a root, but is in no folder of job files"
    return Problem("overlooked-job", message, Location(SETTINGS_FILE, ("jobs",)), "correct `jobs:`")


def _dangling(project: Project, path: str) -> Problem:
    target = os.readlink(os.path.join(project.folder, path))
    message = f"{path} is a symbolic link to {target}, which is not there"
    return Problem("dangling-link", message, Location(path), "mend the link")


def _of_a_folder(project: Project, file: str, none_read: bool) -> Problem | None:
    """A folder above the file that is not there, though nobody removed what is in it."""
    for folder in _above(file):
        if os.path.islink(path := os.path.join(project.folder, folder)):
            if os.path.isdir(path):
                return None
            if not os.path.exists(path):
                return _dangling(project, folder)
    for folder in submodules(project.folder):
        inside = file.startswith(folder + "/")
        if inside and not os.path.lexists(os.path.join(project.folder, folder, ".git")):
            message = f"the submodule {folder}, which has job files, is not checked out"
            hint = "run: git submodule update --init"
            return Problem("missing-folder", message, Location(folder), hint)
    for index, folder in enumerate(project.settings.jobs):
        inside = none_read or file.startswith(folder + "/")
        if inside and not os.path.isdir(os.path.join(project.folder, folder)):
            location = Location(SETTINGS_FILE, ("jobs", index))
            message = f"the folder of job files {folder} is not there, and there are roots"
            return Problem("missing-folder", message, location, "restore it, or correct `jobs:`")
    return None


def _above(file: str) -> Iterator[str]:
    steps = file.split("/")[:-1]
    for length in range(1, len(steps) + 1):
        yield "/".join(steps[:length])


def submodules(project: str) -> list[str]:
    """The git submodules in a project, as folders below it, from ``.gitmodules``."""
    top = project
    while not os.path.lexists(os.path.join(top, ".git")):
        parent = os.path.dirname(top)
        if parent == top:
            return []
        top = parent
    try:
        data, _ = read_regular(os.path.join(top, ".gitmodules"))
    except OSError:
        return []
    found = []
    for line in data.decode(errors="replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "path":
            folder = os.path.join(top, value.strip().strip('"'))
            found.append(os.path.relpath(folder, project).replace(os.sep, "/"))
    return found


def _twin(project: Project, file: str) -> Problem | None:
    """The same file under a name that is not searched: another ending, or a hidden one."""
    folder, name = posixpath.split(file)
    stem = posixpath.splitext(name)[0].lower()
    try:
        names = sorted(os.listdir(os.path.join(project.folder, folder)))
    except OSError:
        return None
    for other in names:
        shown = other.lower().removeprefix(".")
        if shown != stem and not shown.startswith(stem + "."):
            continue
        path = posixpath.join(folder, other)
        if (is_yaml(other) and not other.startswith(".")) or not _is_job(project, path):
            continue
        message = f"{path} is not read, as its name is none of a job file, and {file} has a root"
        return Problem("not-a-job-file", message, Location(path), f"call it {file} again")
    return None


def _left_out(project: Project, file: str) -> Problem | None:
    """A file that is in git's index, but that a sparse checkout keeps out of the working tree."""
    import subprocess

    from generator.files.git import git

    try:
        listed = git("ls-files", "-t", "-z", "--", f":(literal){file}", at=project.folder)
    except (OSError, subprocess.CalledProcessError):  # no git, or no repository
        return None
    if not listed.startswith(b"S "):
        return None
    message = f"a sparse checkout leaves {file} out, and it has a root"
    return Problem(
        "missing-folder", message, Location(file), "run: git sparse-checkout add its folder"
    )


def _is_job(project: Project, path: str) -> bool:
    """Whether a file holds a job; what is called YAML and cannot be read may be one."""
    called_yaml = ".yaml" in path.lower() or ".yml" in path.lower()
    try:
        if not stat.S_ISREG(os.stat(os.path.join(project.folder, path)).st_mode):
            return False
        document = load_yaml(project.read(path), path)
    except (OSError, InputError):
        return called_yaml
    return isinstance(document, dict) and not _OF_A_JOB.isdisjoint(document)
