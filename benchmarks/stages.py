"""Which stage of dativo's way the time of a profile belongs to.

A function's own time is its stage's. What a library takes is its caller's; what a library calls
back of ours is taken off again. Imports are a stage.
"""

from __future__ import annotations

import os
import pstats
import sys
from typing import Any

Function = tuple[str, int, str]
# cc, nc, own time, time with callees, and the same by caller.
Statistics = dict[Function, tuple[int, int, float, float, dict[Function, tuple[Any, ...]]]]

IMPORTS, OTHER = "imports", "the rest"
# Rooms of generator/ by stage, in the order of the way; files of tree/ apart.
STAGES = {
    "yaml": ("yaml",),
    "dialects": ("dialects",),
    "job and model": ("job", "model"),
    "tags": ("tags", "concepts"),
    "plan": ("plan", "modules", "neighbours", "trust", "waiting"),
    "render": ("render",),
    "compare": ("tree",),
    "write": ("tree/write.py", "tree/staged.py", "tree/sweep.py"),
    "finding files": ("files",),
    "what is kept": ("noop", "kept"),
}
_BY_ROOM = {room: stage for stage, rooms in STAGES.items() for room in rooms}
ORDER = (*STAGES, IMPORTS, OTHER)


def by_stage(path: str) -> dict[str, float]:
    """Seconds by stage, those without any left out.

    Args:
        path: what ``profiled`` wrote.
    """
    statistics: Statistics = pstats.Stats(path).stats  # type: ignore[attr-defined]
    seconds = dict.fromkeys(ORDER, 0.0)
    for function, (_, _, own, whole, callers) in statistics.items():
        stage = _stage(function)
        if _is_import(function):
            seconds[IMPORTS] += whole
        elif stage is not None and function[2] != "<module>":
            seconds[stage] += own
            seconds[stage] -= sum(
                row[3] for caller, row in callers.items() if _is_callback(caller, function)
            )
        elif stage is None:
            for caller, row in callers.items():
                above = _stage(caller)
                if above is not None and caller[2] != "<module>":
                    seconds[above] += row[3]
    total = max(whole for _, _, _, whole, _ in statistics.values())
    seconds[OTHER] += max(0.0, total - sum(seconds.values()))
    return {stage: round(value, 4) for stage, value in seconds.items() if value > total / 1000}


def _is_import(function: Function) -> bool:
    return function[2] == "_find_and_load" and "importlib" in function[0]


def _is_callback(caller: Function, function: Function) -> bool:
    """Whether a library called a function of ours, in a run of ours."""
    return _stage(caller) is None and not _is_import(caller) and caller[0] != ""


def _stage(function: Function) -> str | None:
    """The stage of a function; None for those of libraries."""
    file = function[0].replace(os.sep, "/")
    _, found, inside = file.rpartition("/generator/")
    if not found or "/site-packages/" in inside:
        return None
    if inside == "files/regular.py":
        return "write"
    return _BY_ROOM.get(inside) or _BY_ROOM.get(inside.partition("/")[0], OTHER)


if __name__ == "__main__":
    print(by_stage(sys.argv[1]))
