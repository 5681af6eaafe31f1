"""Whether the roots of the work tree follow from its jobs, where a comparison leaves doubt."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence

from generator.errors import InputError
from generator.text.count import count

# Building so many jobs takes no longer than a second or two.
_MOST_JOBS = 200
_SHOWN = 3


def stale(project: str, files: Sequence[str]) -> list[str]:
    """A sentence about roots that are stale; nothing where they are not.

    Args:
        project: the absolute project folder.
        files: what changed while no root did, below it.
    """
    if _is_noted(project):
        return []
    from generator.job.lock import opened_to_compare
    from generator.run import Run
    from generator.tree.change import UNCHANGED

    listed = ", ".join(files[:_SHOWN]) + (", ..." if len(files) > _SHOWN else "")
    try:
        with opened_to_compare(project) as opened:
            work = Run(opened)
            if len(work.job_files) > _MOST_JOBS:
                return [
                    f"{listed} changed, and no root did: dativo check tells whether they are stale"
                ]
            work.check()
    except InputError:
        return [f"{listed} changed, and what is there cannot be generated: run dativo check"]
    if work.failed:
        return [f"{listed} changed, and what is there cannot be generated: run dativo check"]
    number = sum(status != UNCHANGED for status in work.statuses.values())
    if not number:
        return []
    verb = "is not what its job asks" if number == 1 else "are not what their jobs ask"
    return [f"{count(number, 'root')} {verb} for, so that this is not all: run dativo generate"]


def _is_noted(project: str) -> bool:
    """Whether the note of the last run says that nothing changed since."""
    from generator.noop.answer import nothing_to_do

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return nothing_to_do(["check", "--project", project]) == 0
