"""Whether a generated file in which git left conflicts may be written anew.

Nothing of anybody's may be lost by that. What stands between the markers is what two commits
hold, so it is about what stands around them: it has to be what is to be written there anyway.
Or the file is, with one side chosen for each conflict, what dativo wrote on one of the branches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from generator.render.manifest import sha256
from generator.text.conflicts import Conflict, Parts, lines_of, parts

# Every way to choose sides is tried up to here, and beyond it one side for all conflicts.
_MOST = 8


def sides(data: bytes) -> list[bytes]:
    """The file as each of the two branches would have it; nothing for one without conflicts."""
    found = _parts(data)
    return [] if found is None else [_chosen(found, [side] * len(found)) for side in (0, 1)]


def heals(data: bytes, wanted: bytes | None, digests: Collection[str]) -> bool:
    """Whether a file with conflicts holds nothing but what dativo wrote.

    Args:
        data: the file's content.
        wanted: what is to be written; None when the file is to be removed.
        digests: of what dativo wrote, on either branch.
    """
    found = _parts(data)
    if found is None:
        return False
    if wanted is not None and _is_around(found, wanted):
        return True
    return any(sha256(choice) in digests for choice in _choices(found))


def _parts(data: bytes) -> Parts | None:
    try:
        return parts(data.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return None


def _choices(found: Parts) -> Iterator[bytes]:
    conflicts = sum(isinstance(part, Conflict) for part in found)
    all_ways = product((0, 1), repeat=conflicts) if conflicts <= _MOST else ()
    for way in all_ways or ((0,) * conflicts, (1,) * conflicts):
        turns = iter(way)
        yield _chosen(found, [next(turns) if isinstance(p, Conflict) else 0 for p in found])


def _chosen(found: Parts, choice: list[int]) -> bytes:
    """The file with one side chosen for each conflict, by its place among the parts."""
    lines: list[str] = []
    for part, side in zip(found, choice, strict=True):
        lines += part[side] if isinstance(part, Conflict) else part
    return "".join(lines).encode()


def _is_around(found: Parts, wanted: bytes) -> bool:
    """Whether all that is certain stands in the wanted text, in order, from its start to its end.

    As with a glob, the first place that fits each part in turn finds a way if there is one.
    """
    lines = lines_of(wanted.decode())
    first, *inner, last = [part for part in found if not isinstance(part, Conflict)]
    if lines[: len(first)] != first:
        return False
    at, end = len(first), len(lines) - len(last)
    for part in inner:
        fits = (i for i in range(at, end - len(part) + 1) if lines[i : i + len(part)] == part)
        start = next(fits, None)
        if start is None:
            return False
        at = start + len(part)
    return at <= end and lines[end:] == last
