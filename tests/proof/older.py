"""A job in an older dialect: keys move to where they used to be, where that means the same."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from generator.dialects import to_canonical
from generator.dialects.names import NAMES
from generator.dialects.spellings import SPELLINGS
from generator.errors import InputError

Document = dict[str, Any]

DIALECTS = "ERPDV"
_FILE = "jobs/older.yaml"


def older(rng: Random, document: Document) -> tuple[Document, str]:
    """The job with some of its keys in the spelling of one older dialect, or of several.

    Each move is kept only where the translation comes to the same job, so a spelling that means
    something else on this runtime is left out.

    Args:
        rng: decides.
        document: today's spelling; unchanged.

    Returns:
        The document, and the letters of the dialects whose spelling it has.
    """
    wanted = _meaning(document)
    letters = rng.choice([*DIALECTS, DIALECTS])
    found, used = copy.deepcopy(document), set[str]()
    for letter, change in _changes(rng, letters, found):
        tried = copy.deepcopy(found)
        if change(tried["infrastructure"]) and _meaning(tried) == wanted:
            found = tried
            used.add(letter)
    return found, "".join(sorted(used))


def _meaning(document: Document) -> Document | None:
    """The document in today's spelling; None where it is refused."""
    try:
        return to_canonical(copy.deepcopy(document), _FILE).document
    except InputError:
        return None


def _changes(rng: Random, letters: str, document: Document) -> list[tuple[str, Any]]:
    changes: list[tuple[str, Any]] = []
    if "E" in letters:
        changes.append(("E", _tool))
    kind = document["infrastructure"]["runtime"]["type"]
    names = sorted(name for name, (_, now) in NAMES.items() if now == kind and name != kind)
    if names:
        name = rng.choice(names)
        changes.append(("P" if "P" in letters else letters[0], lambda block: _named(block, name)))
    rows = [row for row in SPELLINGS if set(row.dialects) & set(letters)]
    for row in rng.sample(rows, len(rows)):
        letter = min(set(row.dialects) & set(letters))
        if not row.canonical.startswith(("/", "*")):
            changes.append(
                (letter, lambda block, row=row: _move(block, row.canonical, row.written))
            )
    return changes


def _tool(block: Document) -> bool:
    """Of dialect E: the provider is the tool, and the runtime tells the cloud."""
    block["provider"] = "terraform"
    return True


def _named(block: Document, name: str) -> bool:
    block["runtime"]["type"] = name
    return True


def _move(block: Document, canonical: str, written: str) -> bool:
    """Whether there was something to move, and room where it goes."""
    *way, last = canonical.split(".")
    holder: Any = block
    for key in way:
        holder = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or last not in holder:
        return False
    value = holder.pop(last)
    _forget_empty(block, way)
    *new, name = written.split(".")
    place: Any = block
    for key in new:
        place = place.setdefault(key, {}) if isinstance(place, dict) else None
    if not isinstance(place, dict) or name in place:
        return False
    place[name] = value
    return True


def _forget_empty(block: Document, way: list[str]) -> None:
    if way and block.get(way[0]) == {}:
        del block[way[0]]
