"""What a run over some jobs has to look at beside them: roots that need theirs, or did."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from typing import NamedTuple

from generator.job.project import Project
from generator.render.manifest import Manifest
from generator.tree.scan import scan

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


def beside(project: Project, files: Collection[str]) -> Beside:
    """Look for what is tied to the jobs of a run.

    Args:
        project: the repository.
        files: the job files of the run.

    Raises:
        TreeError: the output folder is a link, or cannot be read.
    """
    settings = project.settings
    found, _ = scan(project.folder, settings.output, lambda _, data: _NEEDS in data)
    needing = {folder: one for folder, one in found.items() if not one.retired}
    if not needing:
        return Beside((), {})
    needed = {folder for one in needing.values() for folder in one.needs}
    roots, _ = scan(project.folder, settings.output, lambda folder, _: folder in needed)
    more: set[str] = set()
    for one in needing.values():
        before = {roots[folder].job_file for folder in one.needs if folder in roots}
        if one.job_file in files:
            more |= before
        elif not before.isdisjoint(files):
            more.add(one.job_file)
    here = (file for file in more if os.path.isfile(os.path.join(project.folder, file)))
    return Beside(tuple(sorted({*here} - {*files})), needing)


def asked_on_disk(needing: Iterable[Manifest], files: Collection[str]) -> dict[str, set[str]]:
    """The outputs that roots on disk take from others: root folder to their names.

    Args:
        needing: the roots that need others.
        files: job files whose roots are built anew, so that they are asked themselves.
    """
    asked: dict[str, set[str]] = {}
    for one in needing:
        for folder, outputs in one.needs.items() if one.job_file not in files else ():
            asked.setdefault(folder, set()).update(outputs)
    return asked
