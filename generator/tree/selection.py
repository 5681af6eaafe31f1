"""What people name on a command line: a job, its file, its root, or a folder of one of these."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import InputError, UsageError
from generator.files.names import DEPTH, SETTINGS_FILE
from generator.files.regular import read as read_regular
from generator.job.job_files import all_jobs, chosen_jobs
from generator.job.load import load
from generator.job.project import Project
from generator.render.manifest import Manifest
from generator.text.hints import did_you_mean
from generator.tree.scan import scan


class Selected(NamedTuple):
    """A job file, and which of its roots are meant.

    Attributes:
        file: below the project folder.
        tenant, environment, region: None stands for all; an empty region is that of a job's home.
        name: of one of several bills of dativo.yaml; None stands for all.
    """

    file: str
    tenant: str | None = None
    environment: str | None = None
    region: str | None = None
    name: str | None = None


def select(project: Project, word: str) -> list[Selected]:
    """The jobs that a word means.

    In this order it is: a generated root, or a file in one; a folder that holds roots; a job
    file, or a folder of these; the name of a job or of its file, which may stand after its
    tenant, ``acme/orders``, and before an environment, ``acme/orders/prod``.

    Args:
        project: the repository.
        word: a path relative to the current folder or absolute, or a name.

    Raises:
        UsageError: it means no job.
    """
    if not os.path.lexists(word):
        return _by_name(project, word)
    roots = roots_at(project, word)
    if roots:
        return [_of_root(project, word, root) for root in roots]
    files = chosen_jobs(project, [word])
    if not files:
        raise UsageError(f"{word}: there are no job files and no roots in this folder")
    return [Selected(file) for file in files]


def select_file(project: Project, word: str) -> Selected:
    """The one job file that a word means; see ``select``.

    Tenant and environment are those of the root, where the word means just one root.

    Raises:
        UsageError: it means none, or several.
    """
    found = select(project, word)
    files = list(dict.fromkeys(one.file for one in found))
    if len(files) > 1:
        several = ", ".join(files[:5]) + (", ..." if len(files) > 5 else "")
        raise UsageError(f"{word} means several jobs, name one: {several}")
    return found[0] if len(found) == 1 else Selected(files[0])


def roots_at(project: Project, path: str) -> list[Manifest]:
    """The generated roots that a path means: the one that it is or lies in, or those below it.

    Raises:
        InputError: a manifest cannot be read.
    """
    output = os.path.realpath(os.path.join(project.folder, project.settings.output))
    below = os.path.relpath(os.path.realpath(path), output).replace(os.sep, "/")
    if below == ".." or below.startswith("../"):
        return []
    parts = [] if below == "." else below.split("/")
    prefix = parts[:DEPTH]
    found, problems = scan(
        project.folder,
        project.settings.output,
        lambda folder, _: folder.split("/")[: len(prefix)] == prefix,
    )
    start = "/".join([project.settings.output, *prefix, ""])
    mine = [p for p in problems if p.location and p.location.file.startswith(start)]
    if mine:
        raise InputError(*mine)
    return list(found.values())


def _of_root(project: Project, word: str, root: Manifest) -> Selected:
    if not os.path.exists(os.path.join(project.folder, root.job_file)):
        raise UsageError(f"{word}: the job of this root is gone, {root.job_file}")
    name = root.job if root.job_file == SETTINGS_FILE else None
    return Selected(root.job_file, root.tenant, root.environment, root.region, name)


def _by_name(project: Project, word: str) -> list[Selected]:
    tenant, name, environment = _split(word)
    known: set[str] = set()
    found: list[Selected] = []
    for file in all_jobs(project):
        stem = os.path.splitext(os.path.basename(file))[0]
        known.add(stem)
        if stem == name or _mentions(project, file, name):
            found += _named(project, file, stem, (tenant, name, environment))
    if not found:
        meant = did_you_mean(name, known)
        hint = f" (did you mean {meant}?)" if meant and meant != name else ""
        raise UsageError(f"{word}: no such job, file or folder{hint}")
    return list(dict.fromkeys(found))


def _split(word: str) -> tuple[str | None, str, str | None]:
    parts: list[str] = word.strip("/").split("/")
    if not 1 <= len(parts) <= DEPTH or "" in parts:
        raise UsageError(f"{word}: no such job, file or folder")
    tenant = parts[0] if len(parts) > 1 else None
    environment = parts[2] if len(parts) == DEPTH else None
    return tenant, parts[min(len(parts) - 1, 1)], environment


def _mentions(project: Project, file: str, name: str) -> bool:
    """Whether the text of a file can hold a name: what does not is not worth parsing."""
    try:
        return name.encode() in read_regular(os.path.join(project.folder, file))[0]
    except OSError:
        return False


def _named(
    project: Project, file: str, stem: str, identity: tuple[str | None, str, str | None]
) -> Iterator[Selected]:
    tenant, name, environment = identity
    try:
        jobs, _ = load(project, file)
    except InputError:
        if stem == name:  # whoever builds it reports what is wrong with it
            yield Selected(file, tenant, environment)
        return
    if stem == name and not jobs:
        yield Selected(file, tenant, environment)
    for loaded in jobs:
        job = loaded.job
        if name in (job.name, stem) and tenant in (None, job.tenant_id):
            of_bill = job.name if file == SETTINGS_FILE else None
            if environment is None:
                yield Selected(file, tenant, name=of_bill)
            elif environment in (job.environment, loaded.stage):
                region = loaded.region if environment == loaded.stage else None
                yield Selected(file, tenant, job.environment, region or None, of_bill)
