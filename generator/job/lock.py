"""One writer at a time in a project: a lock of the operating system, which ends with its holder.

What is locked is the project folder itself, so that nothing has to be made, ignored by git or
removed, and a checkout that is read-only can be locked too. Windows locks no folders: there it
is a file among the user's temporary ones.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from errno import EACCES, EAGAIN, EDEADLK

from generator.job.project import Project, open_project

# Prints a message for whoever waits.
Say = Callable[[str], None]

# How long to wait before a word is said, and between two attempts, in seconds.
PATIENCE = 1.0
_PAUSE = 0.05
_BUSY = frozenset((EACCES, EAGAIN, EDEADLK))

if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile

    def _open(folder: str) -> int:
        real = os.path.normcase(os.path.realpath(folder))
        name = hashlib.sha256(real.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        path = os.path.join(tempfile.gettempdir(), f"dativo-{name}.lock")
        return os.open(path, os.O_RDWR | os.O_CREAT)

    def _take(descriptor: int, shared: bool) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _open(folder: str) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def _take(descriptor: int, shared: bool) -> None:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)


def _nobody(text: str) -> None:
    """Print nothing."""


@contextlib.contextmanager
def opened_to_write(folder: str, say: Say = _nobody) -> Iterator[Project]:
    """A project that nobody else writes to meanwhile; waits for whoever does, and says so.

    Args:
        folder: the project folder.
        say: called with a message when there is something to wait for, or no lock to be had.

    Raises:
        InputError: dativo.yaml is wrong.
    """
    from generator.files.beside import heal

    with _locked(folder, say, shared=False):
        heal(folder)
        yield open_project(folder)


@contextlib.contextmanager
def opened_to_compare(folder: str, say: Say = _nobody) -> Iterator[Project]:
    """A project that nobody writes to meanwhile; others may compare at the same time.

    Args and errors as ``opened_to_write``.
    """
    with _locked(folder, say, shared=True):
        yield open_project(folder)


@contextlib.contextmanager
def _locked(folder: str, say: Say, shared: bool) -> Iterator[None]:
    try:
        descriptor = _open(folder)
    except OSError:  # not there, or not ours to look into: opening the project reports it
        yield
        return
    try:
        try:
            _wait(descriptor, say, shared)
        except OSError as error:
            if not shared:
                say(f"this file system has no locks ({error.strerror}): run one at a time")
        yield
    finally:
        # The second process of a run has the descriptor too, and ends with the run.
        os.close(descriptor)


def _wait(descriptor: int, say: Say, shared: bool) -> None:
    """Take the lock, however long that takes.

    Raises:
        OSError: there are no locks here.
    """
    began, announced = time.monotonic(), False
    while True:
        try:
            _take(descriptor, shared)
        except OSError as error:
            if error.errno not in _BUSY:
                raise
        else:
            return
        if not announced and time.monotonic() - began >= PATIENCE:
            announced = True
            say(_waiting(descriptor))
        time.sleep(_PAUSE)


def _waiting(descriptor: int) -> str:
    from generator.job.holder import holder

    who = holder(descriptor)
    return f"waiting for another dativo that works in this project{who and f' ({who})'}"
