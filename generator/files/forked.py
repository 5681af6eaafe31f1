"""A call in a second process, beside what this one does meanwhile."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
# Ten seconds: writing the root at hand takes a thousandth of that.
_ATTEMPTS, _PAUSE = 2000, 0.005


def may_fork() -> bool:
    """Whether a second process is possible and of use here."""
    # macOS: its system libraries do not survive a fork without exec.
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return False
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1


@contextlib.contextmanager
def forked(call: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Start a call in a second process, which ends with this context at the latest.

    Args:
        call: what is to be done; what it returns has to be picklable.

    Returns:
        A function that waits for the result, to be called once. It raises what the call raised,
        and EOFError when the process ended without an answer.
    """
    source, target = os.pipe()
    # Ctrl-C reaches both: the child leaves it to this process, which ends it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    child = os.fork()
    if child == 0:
        os.close(source)
        _answer(call, target)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(target)
    pipe = open(source, "rb")  # noqa: SIM115 - closed first, so that the child never waits for us
    try:
        yield lambda: _result(pipe.read())
    finally:
        pipe.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        _end(child)


def _end(child: int) -> None:
    """Wait for a process that was asked to end; whatever keeps it from that has an end, too."""
    for _ in range(_ATTEMPTS):
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(_PAUSE)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _result(answer: bytes) -> Any:
    try:
        # The pipe connects a process with its own child, so what arrives can be trusted.
        failed, value = pickle.loads(answer)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        message = "the second process ended before it answered: out of memory, or killed"
        raise EOFError(message) from None
    if failed:
        raise value
    return value


def _answer(call: Callable[[], object], target: int) -> NoReturn:
    """The child's life; it never returns into the parent's code, nor prints anything."""
    try:
        try:
            answer = (False, call())
        except Exception as error:  # noqa: BLE001 - the parent raises it
            answer = (True, _portable(error))
        data = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
        with open(target, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)


def _portable(error: Exception) -> Exception:
    """The exception if it can cross a pipe, else its text; with the child's traceback."""
    text = "".join(traceback.format_exception(error))
    error.add_note("in the second process:\n" + text)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever its constructor wants
        return RuntimeError(text)
    return error
