"""A second process for large runs: it builds its half, and waits for the word to write it.

Parsing and rendering scale with processes, creating files does not, so there is one helper
process at most. It keeps its texts to itself; what crosses the pipe is small.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")
_LENGTH = struct.Struct("!Q")


def may_fork() -> bool:
    """Whether a second process is possible and of use here."""
    # macOS: its system libraries do not survive a fork without exec.
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return False
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1


class Forked(Generic[T]):
    """An object of another process, made by ``factory`` there; its methods are called by name.

    The pipe connects a process with its own child, so what arrives can be trusted.
    """

    def __init__(self, factory: Callable[[], T]) -> None:
        """Start the process.

        Args:
            factory: makes the object; it runs in the child.
        """
        to_child, to_parent = os.pipe(), os.pipe()
        self._waiting = False
        self._child = os.fork()
        if self._child == 0:
            _live(factory, (to_child[1], to_parent[0]), to_child[0], to_parent[1])
        os.close(to_child[0])
        os.close(to_parent[1])
        self._out, self._in = to_child[1], to_parent[0]

    def start(self, method: str, *arguments: Any) -> None:
        """Call a method without waiting for it."""
        self._waiting = True
        with contextlib.suppress(BrokenPipeError):  # it died: ``result`` says so
            _send(self._out, (method, arguments))

    def result(self) -> Any:
        """What the method called last returned.

        Raises:
            Exception: what it raised.
            EOFError: the process is gone.
        """
        answer = _receive(self._in)
        self._waiting = False
        if answer is None:
            raise EOFError("the second process ended before it answered: out of memory, or killed")
        ok, value = answer
        if not ok:
            raise value
        return value

    def call(self, method: str, *arguments: Any) -> Any:
        """Call a method and wait for it."""
        self.start(method, *arguments)
        return self.result()

    def close(self) -> None:
        """End the process; one that is at work is stopped, though not in the middle of a root."""
        os.close(self._out)
        os.close(self._in)
        if self._waiting:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGTERM)
        os.waitpid(self._child, 0)


def _live(
    factory: Callable[[], Any], foreign: tuple[int, int], source: int, target: int
) -> NoReturn:
    """The child's life; it never returns into the parent's code, nor prints anything."""
    code = 1
    try:
        for descriptor in foreign:
            os.close(descriptor)
        _serve(factory(), source, target)
        code = 0
    finally:
        os._exit(code)


def _serve(served: Any, source: int, target: int) -> None:
    """Answer calls until the pipe closes."""
    while (request := _receive(source)) is not None:
        method, arguments = request
        try:
            answer = (True, getattr(served, method)(*arguments))
        except Exception as error:  # noqa: BLE001 - crosses to the parent, which raises it
            answer = (False, _portable(error))
        _send(target, answer)


def _portable(error: Exception) -> Exception:
    """The exception if it can cross a pipe, else its text; with the child's traceback."""
    text = "".join(traceback.format_exception(error))
    error.add_note("in the second process:\n" + text)
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever its constructor wants
        return RuntimeError(text)
    return error


def _send(target: int, value: Any) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(target, view) :]


def _receive(source: int) -> Any:
    """What was sent; None when the other side is gone."""
    head = _read(source, _LENGTH.size)
    if head is None:
        return None
    data = _read(source, _LENGTH.unpack(head)[0])
    return None if data is None else pickle.loads(data)  # noqa: S301 - from our own process


def _read(source: int, size: int) -> bytes | None:
    chunks = []
    while size and (chunk := os.read(source, min(size, 1 << 20))):
        chunks.append(chunk)
        size -= len(chunk)
    return None if size else b"".join(chunks)
