"""How many processors there are for this process; nothing but ``os`` is imported here."""

from __future__ import annotations

import os
import sys


def may_fork() -> bool:
    """Whether a second process is possible and of use here."""
    # macOS: its system libraries do not survive a fork without exec.
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return False
    return processors() > 1


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
