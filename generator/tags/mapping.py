"""Tags that people write as such: ``infrastructure.tags`` and the defaults in dativo.yaml."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.errors import InputError, Place, Problem
from generator.tags.concepts import IDENTITY_NAMES
from generator.tags.entry import Entry, values_of
from generator.tags.styles import concept_of

_STAGES = {"production": "prod", "development": "dev", "stage": "staging"}


def stage(environment: str) -> str:
    """An environment as it is compared: ``production`` and ``Prod`` are one stage."""
    lower = environment.strip().lower()
    return _STAGES.get(lower, lower)


def read(
    data: dict[str, Any],
    place_of: Callable[[str], Place],
    rank_of: Callable[[Place], int],
    namespace: str,
    problems: list[Problem],
) -> list[Entry]:
    """The entries of one mapping of tags, one for each concept.

    A null takes the tag away from the weaker layers. An empty text or list is no tag.

    Args:
        data: keys as written to values as written.
        place_of: a key to its place.
        rank_of: a place to the strength of the mapping it is in: the ``environments`` block of
            a job file is stronger than what it is merged over.
        namespace: prefix of the namespaced style.
        problems: what is wrong is added here.
    """
    entries: dict[str, Entry] = {}
    for key, value in data.items():
        place = place_of(key)
        concept = concept_of(key, namespace) or key
        try:
            values = values_of(concept, value, place)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if values is None and value is not None:
            message = f'tag "{key}" is empty and is left out'
            hint = "write null to take the tag away from the layers before"
            problems.append(Problem("tag-empty", message, place, hint, "warning"))
            continue
        entry = Entry(concept, values or (), place, key)
        other = entries.get(concept)
        entries[concept] = entry if other is None else _one_of(other, entry, rank_of, problems)
    return list(entries.values())


def _one_of(
    first: Entry, second: Entry, rank_of: Callable[[Place], int], problems: list[Problem]
) -> Entry:
    """Of two spellings of one concept the stronger; equal strength needs equal values."""
    ranks = [rank_of(entry.place) if entry.place else 0 for entry in (first, second)]
    if ranks[0] != ranks[1]:
        return first if ranks[0] > ranks[1] else second
    if first.values != second.values:
        problems.append(
            Problem(
                "tag-conflict",
                f'"{second.written}" and "{first.written}" are the same tag, {second.concept}, '
                f"with different values: {_shown(second)} here, {_shown(first)} "
                f"at {where(first.place)}",
                second.place,
                "keep one of them",
            )
        )
    return first


def check_identity(
    entries: list[Entry], identity: dict[str, Entry], problems: list[Problem]
) -> None:
    """Nobody gives a root another identity than its job has.

    Args:
        entries: tags that somebody wrote.
        identity: concept to the entry that stands.
        problems: what is wrong is added here.
    """
    for entry in entries:
        if entry.concept not in IDENTITY_NAMES:
            continue
        wanted = identity[entry.concept]
        same = entry.values == wanted.values
        if entry.concept == "environment" and entry.values:
            same = stage(", ".join(entry.values)) == stage(wanted.values[0])
        if same:
            continue
        origin = f" ({where(wanted.place)})" if wanted.place else ""
        problems.append(
            Problem(
                "tag-identity",
                f'tag "{entry.written}" is {_shown(entry)}, but the {entry.concept} of this '
                f"root is {_shown(wanted)}{origin}",
                entry.place,
                "remove the tag: it is set from the job",
            )
        )


def where(place: Place | None) -> str:
    """A place in words: the file and the keys that lead to the value."""
    if place is None:
        return "dativo itself"
    path = ".".join(str(item) for item in place.path)
    return f"{place.file}, {path}" if path else place.file


def _shown(entry: Entry) -> str:
    return f'"{", ".join(entry.values)}"' if entry.values else "null"
