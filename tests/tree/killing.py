"""Runs a call in a process of its own that dies at a chosen operation on the disk."""

from __future__ import annotations

import builtins
import gc
import os
from collections.abc import Callable
from typing import Any

# What changes the disk; a file that is opened to be read does not count.
_OPERATIONS = (
    *("open", "write", "replace", "rename", "link", "symlink", "unlink", "remove"),
    *("mkdir", "rmdir", "utime", "chmod", "truncate", "fsync"),
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_DIED, _ENDED, _FAILED = 9, 0, 3


class _Counter:
    """Counts the moments of one process, and ends it at one of them.

    There is one before each operation, and one in the midst of each that writes.
    """

    def __init__(self, deadly: int) -> None:
        self.done, self._deadly, self._process = 0, deadly, os.getpid()

    def install(self) -> None:
        for name in _OPERATIONS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        real = builtins.open

        def opened(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if set(mode) & set("wxa+") and not isinstance(file, int):
                self._step()
            return real(file, mode, *args, **options)

        builtins.open = opened

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            if name == "open" and not args[1] & _WRITES:
                return real(*args, **options)
            self._step()
            if name == "write":
                if self._is_next():
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                self._step()
            return real(*args, **options)

        return call

    def _is_next(self) -> bool:
        return os.getpid() == self._process and self.done + 1 == self._deadly

    def _step(self) -> None:
        if self._is_next():
            os._exit(_DIED)
        self.done += 1


def run_apart(call: Callable[[], None], deadly: int = 0) -> int | None:
    """Run a call in a process of its own, and wait for all that it starts.

    Args:
        call: what to run; it is not to raise.
        deadly: the moment, from 1, at which the process dies; 0 for none.

    Returns:
        How many moments there were; None where the process died.
    """
    source, target = os.pipe()
    gc.freeze()  # a collection would touch, and so copy, all that the child has of this process
    child = os.fork()
    if child == 0:
        os.close(source)
        counter = _Counter(deadly)
        tell = os.write
        code = _FAILED
        try:
            counter.install()
            call()
            tell(target, str(counter.done).encode())
            code = _ENDED
        finally:
            os._exit(code)
    gc.unfreeze()
    os.close(target)
    answer = b""
    while part := os.read(source, 64):  # until no descendant has its end open any more
        answer += part
    os.close(source)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (_DIED, _ENDED), f"the process ended with {code}"
    return None if code == _DIED else int(answer)
