"""A second process for large runs: it builds its half, and waits for the word to write it.

Parsing and rendering scale with processes, creating files does not, so there is one helper
process at most. It keeps its texts to itself; what crosses the pipe is small.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_LENGTH = struct.Struct("!Q")


def may_fork() -> bool:
    """Whether a second process is possible and of use here."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and sys.platform != "darwin"


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
        self._child = os.fork()
        if self._child == 0:
            os.close(to_child[1])
            os.close(to_parent[0])
            _serve(factory, to_child[0], to_parent[1])
        os.close(to_child[0])
        os.close(to_parent[1])
        self._out, self._in = to_child[1], to_parent[0]

    def start(self, method: str, *arguments: Any) -> None:
        """Call a method without waiting for it."""
        _send(self._out, (method, arguments))

    def result(self) -> Any:
        """What the method called last returned.

        Raises:
            Exception: what it raised.
        """
        ok, value = _receive(self._in)
        if not ok:
            raise value
        return value

    def call(self, method: str, *arguments: Any) -> Any:
        """Call a method and wait for it."""
        self.start(method, *arguments)
        return self.result()

    def close(self) -> None:
        """End the process."""
        os.close(self._out)
        os.close(self._in)
        os.waitpid(self._child, 0)


def _serve(factory: Callable[[], Any], source: int, target: int) -> None:
    """The child's life: answer calls until the pipe closes; never return into the parent's code."""
    try:
        served = factory()
        while (request := _receive(source, end=True)) is not None:
            method, arguments = request
            try:
                answer = (True, getattr(served, method)(*arguments))
            except Exception as error:  # crosses to the parent, which raises it
                answer = (False, error)
            _send(target, answer)
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)
    finally:
        os._exit(0)


def _send(target: int, value: Any) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(target, view) :]


def _receive(source: int, end: bool = False) -> Any:
    head = _read(source, _LENGTH.size)
    if not head and end:
        return None
    return pickle.loads(_read(source, _LENGTH.unpack(head)[0]))  # noqa: S301 - from our own child


def _read(source: int, size: int) -> bytes:
    chunks = []
    while size and (chunk := os.read(source, min(size, 1 << 20))):
        chunks.append(chunk)
        size -= len(chunk)
    if size and chunks:
        raise EOFError("the helper process ended in the middle of an answer")
    return b"".join(chunks)
