"""Runs a call in a process of its own that dies at a chosen operation on the disk."""

from __future__ import annotations

import builtins
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
    """Counts the operations of one process, and ends it before one of them, or in the midst."""

    def __init__(self, deadly: int, half: bool, process: int) -> None:
        self.done, self._deadly, self._half, self._process = 0, deadly, half, process

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
            if name == "write" and self._half and self.done + 1 == self._deadly:
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            self._step()
            return real(*args, **options)

        return call

    def _step(self) -> None:
        if os.getpid() != self._process:
            return
        self.done += 1
        if self.done == self._deadly:
            os._exit(_DIED)


def run_apart(call: Callable[[], None], deadly: int = 0, *, half: bool = False) -> int | None:
    """Run a call in a process of its own, and wait for all that it starts.

    Args:
        call: what to run; it is not to raise.
        deadly: the operation on the disk, from 1, before which the process dies; 0 for none.
        half: an operation that writes is half done then.

    Returns:
        How many operations there were; None where the process died of one.
    """
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        counter = _Counter(deadly, half, os.getpid())
        tell = os.write
        code = _FAILED
        try:
            counter.install()
            call()
            tell(target, str(counter.done).encode())
            code = _ENDED
        finally:
            os._exit(code)
    os.close(target)
    answer = b""
    while part := os.read(source, 64):  # until no descendant has its end open any more
        answer += part
    os.close(source)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (_DIED, _ENDED), f"the process ended with {code}"
    return None if code == _DIED else int(answer)
