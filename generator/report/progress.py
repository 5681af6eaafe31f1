"""One line that counts along on a terminal, and nothing anywhere else."""

from __future__ import annotations

import time
from types import TracebackType
from typing import IO

from generator.text.printable import printable, width

_INTERVAL = 0.1
# Erase the line from the cursor on (ECMA-48, EL).
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows how far a run is; use it as a context manager.

    Nothing is written when the stream is no terminal, and at the end the line is gone, so
    what a run prints is the same with and without it.
    """

    def __init__(self, stream: IO[str], label: str, total: int, columns: int = 80) -> None:
        """Set it up; nothing is shown before the first ``step``.

        Args:
            stream: standard error, as a rule.
            label: what is being done: "reading jobs".
            total: how many steps there are; 0 when that is not known.
            columns: width of the terminal; the line is cut to fit.
        """
        self._stream, self._label, self._total = stream, label, total
        self._columns = columns
        self._done = 0
        self._shown_at = time.monotonic()
        self._dirty = False
        self._on = stream.isatty()

    def __enter__(self) -> Progress:
        """Start."""
        return self

    def step(self, what: str = "") -> None:
        """Count one; ``what`` names the thing that was done or comes next."""
        self._done += 1
        if not self._on:
            return
        now = time.monotonic()
        if now - self._shown_at < _INTERVAL:
            return
        self._shown_at = now
        count = f"{self._done}/{self._total}" if self._total else str(self._done)
        line = printable(f"{self._label} {count} {what}".rstrip())
        while width(line) >= self._columns:
            line = line[:-1]
        self._stream.write(_CLEAR + line)
        self._stream.flush()
        self._dirty = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the line, whatever happened."""
        if self._dirty:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._dirty = False
