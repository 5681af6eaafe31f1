"""Whether a file in a root is one that dativo wrote: only that one is replaced or removed.

Of a file in which git left conflicts nothing of anybody's may be lost. What stands between the
markers is what two commits hold, so it is about what stands around them: it has to be what is to
be written there anyway. Or the file is, with one side chosen for each conflict, what dativo wrote
on one of the branches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from generator.errors import Location, Problem
from generator.files.names import MANIFEST
from generator.render.manifest import sha256
from generator.render.render import HEADER
from generator.text import conflicts
from generator.text.conflicts import Conflict, Parts, lines_of, parts

# Every way to choose sides is tried up to here, and beyond it one side for all conflicts.
_MOST = 8
_HEADERS = (HEADER.encode(), b"<!-- " + HEADER[2:].encode())


def refusal(
    shown: str,
    data: bytes | None,
    wanted: bytes,
    known: Mapping[str, Collection[str]],
    force: bool,
) -> Iterator[Problem]:
    """Why a file may not be replaced; nothing for one that is ours, and that nobody edited.

    Args:
        shown: the file, below the project folder.
        data: what stands in it; None where it is not there.
        wanted: what shall stand in it.
        known: file name to the digests of what dativo wrote there; empty without a manifest.
        force: replace what was edited by hand.
    """
    if data is None:
        return
    location = Location(shown, line=1, column=1)
    if not has_header(data):
        hint = "move it away or rename it; files of your own may be called *_extra.tf"
        message = f"{shown} was not written by dativo and is not overwritten"
        yield Problem("foreign-file", message, location, hint)
    elif force or is_written(data, known.get(shown.rpartition("/")[2], ()), wanted):
        return
    elif unresolved := conflicts.conflict_lines(data.decode(errors="replace")):
        hint = (
            "around it stands what dativo did not write: move what is yours to a file of your "
            "own; --force replaces the file"
        )
        location = Location(shown, line=unresolved[0], column=1)
        yield Problem("merge-conflict", conflicts.message(unresolved[0]), location, hint)
    elif not known:
        message = f"nothing vouches for {shown}, since {MANIFEST} beside it is gone"
        hint = "restore that file from git, or replace this one with --force"
        yield Problem("hand-edited", message, location, hint)
    else:
        message = f"{shown} was edited by hand"
        hint = "put the change into the job or a file of your own; --force replaces the file"
        yield Problem("hand-edited", message, location, hint)


def edited_leftover(shown: str) -> Problem:
    """Why a file that nobody asks for any more is not removed."""
    message = f"{shown} is no longer generated, but was edited by hand"
    hint = "move what is yours to a file of your own; --force removes the file"
    return Problem("hand-edited", message, Location(shown, line=1, column=1), hint)


def same(found: bytes | None, wanted: bytes) -> bool:
    """Equal but for line ends, which git may have changed on the way out of the repository."""
    return found == wanted or (found is not None and found.replace(b"\r\n", b"\n") == wanted)


def has_header(data: bytes) -> bool:
    """Whether a file says that dativo wrote it, in one branch of a merge at least."""
    return data.startswith(_HEADERS) or any(s.startswith(_HEADERS) for s in _sides(data))


def is_written(data: bytes, digests: Collection[str], wanted: bytes | None = None) -> bool:
    """Whether a file is as dativo wrote it, but for line ends and what a merge did to it."""
    return (
        sha256(data) in digests
        or sha256(data.replace(b"\r\n", b"\n")) in digests
        or _heals(data, wanted, digests)
    )


def _sides(data: bytes) -> list[bytes]:
    """The file as each of the two branches would have it; nothing for one without conflicts."""
    found = _parts(data)
    return [] if found is None else [_chosen(found, [side] * len(found)) for side in (0, 1)]


def _heals(data: bytes, wanted: bytes | None, digests: Collection[str]) -> bool:
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
