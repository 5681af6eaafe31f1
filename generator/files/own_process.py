"""What a program of ours sets for its whole process, before anything large is imported."""

from __future__ import annotations

import atexit
import gc
import os


def prepare() -> None:
    """Set up a process that runs one command and ends; never one that merely imports us."""
    # A plugin of pydantic that happens to be installed must not alter what is generated.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # Imports and a run leave few reference cycles; looking for them often takes a tenth of the
    # time, and a search at the very end frees only what ends anyway.
    gc.set_threshold(200_000, 20, 100)
    atexit.register(gc.freeze)
