"""What git leaves in a file that two branches changed in one place: markers around both texts.

<<<<<<< HEAD
ours
||||||| base          (with merge.conflictStyle diff3 or zdiff3)
what both started from
=======
theirs
>>>>>>> branch
"""

from __future__ import annotations

from typing import NamedTuple

from generator.text.patterns import lazy

_OURS, _BASE, _THEIRS, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_MARKERS = (_OURS, _BASE, _THEIRS, _END)
_WIDTH = 7
_LINES = lazy(r"[^\n]*\n|[^\n]+")
HINT = "keep what is right of the two sides, and remove the lines of the markers"


class Conflict(NamedTuple):
    """Two texts for one place, as lines with their ends."""

    ours: list[str]
    theirs: list[str]


# A file as git left it: lines that are certain, conflicts between them.
Parts = list[list[str] | Conflict]


def lines_of(text: str) -> list[str]:
    """The lines with their ends, as git counts them: only a line feed ends one."""
    return _LINES.findall(text)


def marker(line: str) -> str | None:
    """The marker that a line is; None for any other line."""
    if not line.startswith(_MARKERS):
        return None
    rest = line[_WIDTH:].rstrip("\r\n")
    return line[:_WIDTH] if not rest or rest[0] == " " else None


def message(line: int) -> str:
    """What is said of a conflict, from the 1-based line of its marker."""
    return f"merge conflict left unresolved at line {line}"


def conflict_lines(text: str) -> list[int]:
    """The 1-based lines at which conflicts start; none where not all of a conflict is there.

    Cheap for a file without any.
    """
    if _OURS not in text:
        return []
    found: list[int] = []
    start, divided = 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        kind = marker(line)
        if kind == _OURS:
            start, divided = number, False
        elif kind == _THEIRS and start:
            divided = True
        elif kind == _END and divided:
            found.append(start)
            start, divided = 0, False
    return found


def stray_marker(text: str) -> int:
    """The 1-based line of the first marker, of a conflict that was resolved in part; 0 for none.

    In YAML and HCL none of the markers can be a line of its own.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if marker(line) is not None:
            return number
    return 0


def parts(text: str) -> Parts | None:
    """A file taken apart; None when it holds no conflict, or markers that do not fit together."""
    found: Parts = [[]]
    certain: list[str] = []
    found[0] = certain
    sides: dict[str, list[str]] = {}
    inside: str | None = None
    for line in lines_of(text):
        kind = marker(line)
        if kind is None:
            (certain if inside is None else sides[inside]).append(line)
            continue
        if not _follows(inside, kind):
            return None
        if kind == _END:
            certain = []
            found += [Conflict(sides[_OURS], sides[_THEIRS]), certain]
            inside = None
        else:
            sides = {} if kind == _OURS else sides
            sides[kind] = []
            inside = kind
    return found if inside is None and len(found) > 1 else None


def _follows(inside: str | None, kind: str) -> bool:
    """Whether a marker may stand where it does."""
    if inside is None:
        return kind == _OURS
    return {
        _OURS: kind in (_BASE, _THEIRS),
        _BASE: kind == _THEIRS,
        _THEIRS: kind == _END,
    }[inside]
