"""One call for each of several shares of the work, each in a process of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from generator.files.forked import forked
from generator.files.processors import may_fork, processors

# Below this many job files a further process costs more than it saves.
ENOUGH_TO_FORK = 75

S = TypeVar("S")
T = TypeVar("T")


def shares(things: Sequence[S], least: int) -> list[Sequence[S]]:
    """Split work among the processors that this process may use.

    Neighbours go to different shares, since they tend to take equally long.

    Args:
        things: what is to be done.
        least: below this many a further process costs more than it saves.

    Returns:
        At least one share, which may be empty; together they have everything once.
    """
    most = processors() if may_fork() else 1
    number = max(1, min(most, len(things) // max(1, least)))
    return [things[first::number] for first in range(number)]


def spread(call: Callable[[Sequence[S]], T], parts: Sequence[Sequence[S]]) -> list[T]:
    """Call a function with each share, the first in this process and the others beside it.

    Args:
        call: what it returns has to be picklable.
        parts: the shares, as ``shares`` makes them.

    Returns:
        What the calls returned, in the order of the shares. What one raises is raised.
    """
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(forked(_bound(call, part))) for part in parts[1:]]
        return [call(parts[0]), *(result() for result in others)]


def _bound(call: Callable[[Sequence[S]], T], part: Sequence[S]) -> Callable[[], T]:
    return lambda: call(part)
