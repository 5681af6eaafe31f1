"""A call in a second process, beside what this one does meanwhile."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from typing import IO, Any, Generic, NoReturn, TypeVar

from generator.errors import DativoError, MachineError

T = TypeVar("T")
# Ten seconds: writing the root at hand takes a thousandth of that.
_ATTEMPTS, _PAUSE = 2000, 0.005


class Gate:
    """The second process's end of what the two agree on; it waits here half-way.

    Args:
        told: what the first process is told through.
        heard: what is heard of it; at its end that process has given up, or is no more.
    """

    def __init__(self, told: IO[bytes], heard: int) -> None:
        self._told, self._heard = told, heard

    def passed(self) -> bool:
        """Say that this half is ready, and wait for the other: whether to go on."""
        self._told.write(_dumped(False, None))
        self._told.flush()
        go = bool(os.read(self._heard, 1))
        os.set_blocking(self._heard, False)
        return go

    def closed(self) -> bool:
        """Whether the first process has given up meanwhile."""
        try:
            return not os.read(self._heard, 1)
        except BlockingIOError:
            return False


class Second(Generic[T]):
    """The first process's end."""

    def __init__(self, heard: IO[bytes], told: int) -> None:
        self._heard, self._told = heard, told

    def ready(self) -> None:
        """Wait until the call is at its gate; raises what it raised before that."""
        _next(self._heard)

    def go(self) -> None:
        """Let it through the gate."""
        with contextlib.suppress(BrokenPipeError):  # it is dead: the result says so
            os.write(self._told, b"!")

    def result(self) -> T:
        """Wait for what the call returns, once; raises what it raised."""
        value: T = _next(self._heard)
        return value


@contextlib.contextmanager
def forked(call: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Start a call in a second process, which ends with this context at the latest.

    Args:
        call: what is to be done; what it returns has to be picklable.

    Returns:
        A function that waits for the result, to be called once. It raises what the call raised,
        and MachineError when the process ended without an answer.
    """
    with in_step(lambda _: call()) as second:
        yield second.result


@contextlib.contextmanager
def in_step(call: Callable[[Gate], T]) -> Iterator[Second[T]]:
    """As ``forked``, for a call of two halves: at its gate it waits for this process.

    Args:
        call: gets the gate, and has to pass it or not at all.
    """
    source, target = os.pipe()
    heard, told = os.pipe()
    # Ctrl-C reaches both: the child leaves it to this process, which ends it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    child = os.fork()
    if child == 0:
        os.close(source)
        os.close(told)
        _answer(call, target, heard)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(target)
    os.close(heard)
    pipe = open(source, "rb")  # noqa: SIM115 - closed first, so that the child never waits for us
    try:
        yield Second(pipe, told)
    finally:
        pipe.close()
        os.close(told)
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


def _next(answers: IO[bytes]) -> Any:
    try:
        # The pipe connects a process with its own child, so what arrives can be trusted.
        failed, value = pickle.load(answers)  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        message = "the second process of the run was ended by the system: out of memory, or killed"
        raise MachineError(message) from None
    if failed:
        raise value
    return value


def _answer(call: Callable[[Gate], object], target: int, heard: int) -> NoReturn:
    """The child's life; it never returns into the parent's code, nor prints anything."""
    try:
        with open(target, "wb") as pipe:
            try:
                data = _dumped(False, call(Gate(pipe, heard)))
            except Exception as error:  # noqa: BLE001 - the parent raises it
                data = _dumped(True, _portable(error))
            pipe.write(data)
    finally:
        os._exit(0)


def _dumped(failed: bool, value: object) -> bytes:
    return pickle.dumps((failed, value), protocol=pickle.HIGHEST_PROTOCOL)


def _portable(error: Exception) -> Exception:
    """The exception if it can cross a pipe, else its text; a bug with the child's traceback."""
    text = "".join(traceback.format_exception(error))
    if not isinstance(error, DativoError):
        error.add_note("in the second process:\n" + text)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever its constructor wants
        return RuntimeError(text)
    return error
