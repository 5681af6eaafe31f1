"""What a run over some jobs has to look at beside them: roots that need theirs, or did."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from typing import NamedTuple

from generator.job.project import Project
from generator.render.manifest import Manifest
from generator.tree.scan import OnDisk, scan

_NEEDS = b'"needs": {"'


class Beside(NamedTuple):
    """What the roots on disk say of each other.

    Attributes:
        files: job files that are built with those of the run: what a root of the run needed when
            it was written, and what needs a root of the run.
        needing: the roots that need others, by folder, below the output folder.
    """

    files: tuple[str, ...]
    needing: dict[str, Manifest]


def beside(project: Project, files: Collection[str], disk: OnDisk) -> Beside:
    """Look for what is tied to the jobs of a run.

    Args:
        project: the repository.
        files: the job files of the run.
        disk: the manifests.

    Raises:
        TreeError: the output folder is a link, or cannot be read.
    """
    found, _ = disk.scan(lambda _, data: _NEEDS in data)
    needing = {folder: one for folder, one in found.items() if not one.retired}
    if not needing:
        return Beside((), {})
    needed = {root for one in needing.values() for root in one.needs}
    found, _ = disk.scan(lambda folder, _: _root(project, folder) in needed)
    roots = {_root(project, folder): one for folder, one in found.items()}
    more: set[str] = set()
    for one in needing.values():
        before = {roots[root].job_file for root in one.needs if root in roots}
        if one.job_file in files:
            more |= before
        elif not before.isdisjoint(files):
            more.add(one.job_file)
    here = (file for file in more if os.path.isfile(os.path.join(project.folder, file)))
    return Beside(tuple(sorted({*here} - {*files})), needing)


def asked_of(project: Project, folder: str) -> frozenset[str]:
    """The outputs that the roots on disk take from one root.

    Args:
        project: the repository.
        folder: the root, below the output folder.
    """
    root = _root(project, folder)
    name = json.dumps(root).encode()
    found, _ = scan(project.folder, project.settings.output, lambda _, data: name in data)
    needing = (one for one in found.values() if not one.retired)
    return frozenset(asked_on_disk(needing, ()).get(root, ()))


def _root(project: Project, folder: str) -> str:
    return f"{project.settings.output}/{folder}"


def asked_on_disk(needing: Iterable[Manifest], files: Collection[str]) -> dict[str, set[str]]:
    """The outputs that roots on disk take from others: root, below the project, to their names.

    Args:
        needing: the roots that need others.
        files: job files whose roots are built anew, so that they are asked themselves.
    """
    asked: dict[str, set[str]] = {}
    for one in needing:
        for folder, outputs in one.needs.items() if one.job_file not in files else ():
            asked.setdefault(folder, set()).update(outputs)
    return asked
