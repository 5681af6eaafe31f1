"""The only writer: brings the disk to what a comparison found."""

from __future__ import annotations

import os

from generator.errors import Problem, TreeError
from generator.render import manifest
from generator.tree.compare import UNCHANGED, Comparison, RootChange

# In the folder of the file, so that the rename stays on one file system.
SCRATCH = ".dativo-new"


def write(comparison: Comparison) -> None:
    """Write what changed, file by file: beside it, then renamed over it.

    A manifest is written after the other files of its root, so that a run that was cut short
    is seen by the next one, which finishes it.

    Args:
        comparison: without errors among its problems.

    Raises:
        TreeError: a file cannot be written; roots before it are complete.
    """
    assert not any(problem.severity == "error" for problem in comparison.problems)
    for change in comparison.roots:
        if change.status == UNCHANGED:
            continue
        try:
            _write_root(f"{comparison.top}/{change.folder}", change)
        except OSError as error:
            message = f"cannot write {change.folder}: {error.strerror} ({error.filename})"
            raise TreeError(Problem("unwritable", message)) from error


def _write_root(folder: str, change: RootChange) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    last = change.writes.get(manifest.NAME)
    for name, data in change.writes.items():
        if name != manifest.NAME:
            _write_file(folder, name, data)
    for name in change.removals:
        os.unlink(f"{folder}/{name}")
    if last is not None:
        _write_file(folder, manifest.NAME, last)


def _write_file(folder: str, name: str, data: bytes) -> None:
    scratch = f"{folder}/{SCRATCH}"
    flags = (
        os.O_WRONLY
        | os.O_CREAT
        | os.O_TRUNC
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(scratch, flags, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)
    os.replace(scratch, f"{folder}/{name}")
