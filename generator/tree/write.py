"""The only writer: brings the disk to what a comparison found."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator, Sequence

from generator.errors import Location, Problem, TreeError
from generator.files.names import MANIFEST
from generator.files.paths import PENDING, SCRATCH, is_pending, own_name
from generator.files.regular import create
from generator.files.stamps import stamp
from generator.tree.change import REMOVED, Comparison, RootChange
from generator.tree.prune import remove_leftovers


def write(comparison: Comparison, changes: Sequence[RootChange]) -> list[dict[str, str]]:
    """Write what changed, file by file: beside it, then renamed over it.

    A manifest is written beside its place before the other files of its root, and put there
    after them, so that a run that was cut short is seen by the next one, which finishes it.
    Ctrl-C waits for the root at hand.

    Args:
        comparison: of all roots with the disk as it still is.
        changes: those of its roots that are to be written.

    Returns:
        For each of them the stamps of the files that were written.

    Raises:
        TreeError: the comparison has errors, and nothing is written; or a file cannot be
            written, and the roots before it are complete.
    """
    errors = [problem for problem in comparison.problems if problem.severity == "error"]
    if errors:
        raise TreeError(*errors)
    for change in changes:
        try:
            with _undisturbed():
                _write_root(f"{comparison.top}/{change.folder}", change)
                if change.status == REMOVED:
                    remove_leftovers(comparison.top, change.folder)
        except OSError as error:
            shown = f"{comparison.output}/{change.folder}"
            message = f"cannot write {shown}: {error.strerror}"
            raise TreeError(Problem("unwritable", message, Location(shown))) from error
    return [change.stamps for change in changes]


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep signals that end the program waiting, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _write_root(folder: str, change: RootChange) -> None:
    writes = change.writes
    if writes:
        _make_folder(folder)
    last = writes.get(MANIFEST)
    pending = own_name(PENDING)
    if last is not None:
        create(f"{folder}/{pending}", last)
    for name, data in writes.items():
        if name != MANIFEST:
            scratch = own_name(SCRATCH)
            create(f"{folder}/{scratch}", data)
            change.stamps[name] = _put(folder, scratch, name)
    for name in change.removals:
        if not is_pending(name):
            os.unlink(f"{folder}/{name}")
    if last is not None:
        change.stamps[MANIFEST] = _put(folder, pending, MANIFEST)
    for name in filter(is_pending, change.removals):
        os.unlink(f"{folder}/{name}")


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _put(folder: str, source: str, name: str) -> str:
    os.replace(f"{folder}/{source}", f"{folder}/{name}")
    return stamp(f"{folder}/{name}")
