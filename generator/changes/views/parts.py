"""What the text and the Markdown view say alike: rows, places, lists of roots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.changes.model import (
    CREATED,
    MOVED,
    REMOVED,
    RETIRED,
    TEXT,
    Cause,
    Changes,
    Difference,
    RootChanged,
)
from generator.changes.values import shown_both
from generator.text.count import count

# What people call the parts.
PARTS = {
    "block": "block",
    "lock": "locked version of",
    "terraform": "constraint",
    "check": "data check",
}
_FEW = 3
_MOST_GROUPS = 4
# Kinds whose roots are told as a whole: their differences are not what matters.
_WHOLE = (CREATED, RETIRED, REMOVED, MOVED, TEXT)


class Group(NamedTuple):
    """Roots of which the same is told.

    Attributes:
        kind: of all of them.
        note: a sentence, or "".
        roots: the roots.
        causes: of all of them.
    """

    kind: str
    note: str
    roots: tuple[str, ...]
    causes: tuple[Cause, ...]


def name_of(difference: Difference) -> tuple[str, str]:
    """What a difference is about: the part in words, and the name in it."""
    return PARTS.get(difference.part, difference.part), difference.name


def values_of(difference: Difference) -> tuple[str, str]:
    """Old and new in few characters; "" for what is absent or not shown."""
    name = difference.name.rpartition(".")[2]
    return shown_both(name, difference.old, difference.new)


def groups(changes: Changes) -> list[Group]:
    """The roots that no row speaks of, by kind and by what is noted of them; and every note."""
    found: dict[tuple[str, str], list[RootChanged]] = {}
    for root in changes.roots:
        for note in root.notes or [""]:
            if note or root.kind in _WHOLE or not root.differences:
                found.setdefault((root.kind, note), []).append(root)
    return [
        Group(
            kind,
            note,
            tuple(root.root for root in roots),
            tuple(dict.fromkeys(cause for root in roots for cause in root.causes)),
        )
        for (kind, note), roots in found.items()
    ]


def few(roots: Sequence[str]) -> tuple[list[str], str]:
    """Some roots by name, or of many the folders that they are in with their numbers.

    Returns:
        Names to show, each with what stands behind it after a blank; and what is left out.
    """
    if len(roots) <= _FEW:
        return list(roots), ""
    counted = Counter(root.rsplit("/", 2)[0] for root in roots)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    names = [f"{tenant}/ ({number})" for tenant, number in ordered[:_MOST_GROUPS]]
    left = len(ordered) - _MOST_GROUPS
    return names, f"and {count(left, 'further tenant')}" if left > 0 else ""


def places(causes: Sequence[Cause], most: int = _FEW) -> tuple[list[Cause], str]:
    """Some causes, and how many are left out."""
    left = len(causes) - most
    return list(causes[:most]), f"and {left} more" if left > 0 else ""


def place(cause: Cause) -> str:
    """``file:line:column``."""
    return f"{cause.file}:{cause.line}:{cause.column}"


def kinds_of(roots: Iterable[RootChanged]) -> dict[str, int]:
    """Each kind to how many roots are of it."""
    return dict(Counter(root.kind for root in roots))


def summary(roots: Iterable[RootChanged]) -> str:
    """How many roots of which kind: "2 created, 1 changed"."""
    return ", ".join(f"{number} {kind}" for kind, number in kinds_of(roots).items())
