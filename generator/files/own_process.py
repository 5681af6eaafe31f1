"""What a program of ours sets for its whole process, before anything large is imported."""

from __future__ import annotations

import atexit
import gc
import os
import sys


def prepare() -> None:
    """Set up a process that runs one command and ends; never one that merely imports us."""
    _open_streams()
    # A plugin of pydantic that happens to be installed must not alter what is generated.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # Imports and a run leave few reference cycles; looking for them often takes a tenth of the
    # time, and a search at the very end frees only what ends anyway.
    gc.set_threshold(200_000, 20, 100)
    atexit.register(gc.freeze)


def _open_streams() -> None:
    """Let a closed standard stream lead nowhere, so that no file of ours takes its place."""
    if sys.stdin is not None and sys.stdout is not None and sys.stderr is not None:
        return
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    # What Python found closed, it has no stream for.
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115
