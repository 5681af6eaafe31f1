"""Whether a file in a root is one that dativo wrote: only that one is replaced or removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from generator.errors import Location, Problem
from generator.files.names import MANIFEST
from generator.render.manifest import sha256
from generator.render.render import HEADER
from generator.text import conflicts
from generator.tree.merged import heals, sides

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
    return data.startswith(_HEADERS) or any(s.startswith(_HEADERS) for s in sides(data))


def is_written(data: bytes, digests: Collection[str], wanted: bytes | None = None) -> bool:
    """Whether a file is as dativo wrote it, but for line ends and what a merge did to it."""
    return (
        sha256(data) in digests
        or sha256(data.replace(b"\r\n", b"\n")) in digests
        or heals(data, wanted, digests)
    )
