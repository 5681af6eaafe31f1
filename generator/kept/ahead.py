"""Looks at roots in a second process, while this one looks at what they were made from."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

_END = "."
_KILL = 9  # the module signal takes longer to import than all of this


class Ahead:
    """A second process that looks at something and tells of it in lines.

    Args:
        look: what it does; returns lines of text, none of which holds a line break.
    """

    def __init__(self, look: Callable[[], list[str]]) -> None:
        self._source, target = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._source)  # else it would wait for itself to read
            _tell(look, target)
        os.close(target)

    def told(self) -> list[str] | None:
        """Wait for its lines, once; None where it ended without having told them all."""
        try:
            parts = []
            while part := os.read(self._source, 1 << 16):
                parts.append(part)
        finally:
            self.end()
        *lines, end = b"".join(parts).decode("utf-8", "surrogateescape").split("\n")
        return lines if end == _END else None

    def end(self) -> None:
        """End it, told or not: it has nothing to lose."""
        os.close(self._source)
        os.kill(self._child, _KILL)
        os.waitpid(self._child, 0)


def _tell(look: Callable[[], list[str]], target: int) -> NoReturn:
    """The child's life; it never returns into the parent's code, nor prints anything."""
    try:
        data = memoryview("\n".join([*look(), _END]).encode("utf-8", "surrogateescape"))
        while data:
            data = data[os.write(target, data) :]
    finally:
        os._exit(0)
