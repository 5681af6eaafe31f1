"""Writes the note that ``unchanged`` reads: what a run that found nothing wrong read and wrote."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from generator import cache
from generator.folders import SETTINGS_FILE
from generator.unchanged import NOTE, digest, own_stamp, stamp, terraform_files

if TYPE_CHECKING:
    from generator.run import Run


def remember(work: Run, said: str) -> None:
    """Leave a note after a run; only a whole run that found nothing wrong leaves one.

    After a partial run the note of the last whole run no longer fits what it changed, and is
    then found not to.

    Args:
        work: the run, written.
        said: what generate says when it does the same again.
    """
    if not work.whole or work.summary.problems:
        return
    project = work.project
    output = project.settings.output
    top = os.path.join(project.folder, output)
    roots = work.root_files()
    inputs = {SETTINGS_FILE, *work.job_files}
    for files, _ in work.summary.inputs.values():
        inputs.update(files)
    note: dict[str, Any] = {
        "version": 1,
        "self": own_stamp(),
        "said": said,
        "checked": f"{len(roots)} root{'' if len(roots) == 1 else 's'} up to date",
        "output": output,
        "job_folders": list(project.settings.jobs),
        "jobs": {
            file: {"inputs": files, "roots": [f"{output}/{folder}" for folder in folders]}
            for file, (files, folders) in sorted(work.summary.inputs.items())
        },
        "inputs": {file: digest(os.path.join(project.folder, file)) for file in sorted(inputs)},
        "roots": {
            f"{output}/{folder}": {name: stamp(f"{top}/{folder}/{name}") for name in names}
            for folder, names in sorted(roots.items())
        },
        "folders": {
            path: stamp(os.path.join(project.folder, path)) for path in _folders(output, roots)
        },
        "hand_written": {
            "folders": list(project.settings.hand_written_roots),
            "files": terraform_files(
                project.folder, list(project.settings.hand_written_roots), output
            ),
        },
    }
    cache.write(cache.cache_folder(project.folder, output), NOTE, note)


def _folders(output: str, roots: dict[str, list[str]]) -> list[str]:
    """The folders in which a root could appear or vanish."""
    found = set()
    for folder in roots:
        tenant, job, _ = folder.split("/")
        found |= {f"{output}/{tenant}", f"{output}/{tenant}/{job}"}
    return sorted(found)
