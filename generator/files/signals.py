"""Signals that end the program: as an exception, and held back where nothing may stay half done."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType

_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Ended(KeyboardInterrupt):
    """A signal other than Ctrl-C asks the program to end.

    Attributes:
        number: of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def listen() -> None:
    """Raise ``Ended`` on such signals from now on, so that what was begun is tidied up.

    For a process that runs one command; where somebody has them ignored, they stay so.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)


class Deferred:
    """Keeps them waiting within its context, where the system can, and lets them come after it.

    Args:
        silent: let none of them come, in a process that ends anyway.
    """

    def __init__(self, silent: bool = False) -> None:
        self._silent = silent
        self._first: int | None = None
        self._masked = hasattr(signal, "pthread_sigmask")
        # A blocked signal is kept even where it would be ignored.
        self._signals = {number for number in _ENDING if signal.getsignal(number) != signal.SIG_IGN}

    def __enter__(self) -> Deferred:
        if self._masked:
            self._before = signal.pthread_sigmask(signal.SIG_BLOCK, self._signals)
        return self

    def again(self) -> bool:
        """Whether a second one came: somebody does not want to wait."""
        if not self._masked:
            return False
        waiting = signal.sigpending() & self._signals
        if not waiting:
            return False
        found = int(signal.sigwait(waiting))
        first, self._first = self._first, found if self._first is None else self._first
        return first is not None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._masked:
            return
        if self._silent:
            while self.again():
                pass
            return
        signal.pthread_sigmask(signal.SIG_SETMASK, self._before)
        if self._first is not None and error is None:
            signal.raise_signal(self._first)
