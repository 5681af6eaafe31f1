"""Tags that people write as such: ``infrastructure.tags`` and the defaults in dativo.yaml."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.concepts.styles import stage
from generator.concepts.table import CLASSES, IDENTITY_NAMES
from generator.errors import InputError, Location, Problems
from generator.tags.factory import TagFactory
from generator.tags.tag_set import Tag
from generator.tags.values import values_of


def read(
    factory: TagFactory,
    layer: str,
    data: dict[str, Any],
    location_of: Callable[[str], Location],
    rank_of: Callable[[Location], int],
) -> list[Tag]:
    """The tags of one mapping, one for each concept, the classification first.

    A null takes the tag away from the weaker layers. An empty text or list is no tag.

    Args:
        factory: makes the tags; problems go to it.
        layer: name of the layer.
        data: keys as written to values as written.
        location_of: a key to its place.
        rank_of: a place to the strength of the mapping it is in: the ``environments`` block of
            a job file is stronger than what it is merged over.
    """
    tags: dict[str, Tag] = {}
    for key, value in data.items():
        location = location_of(key)
        concept = factory.concept(key)
        try:
            values = values_of(concept, value, location)
        except InputError as error:
            factory.problems.extend(error.problems)
            continue
        if values is None and value is not None:
            message = f'tag "{key}" is empty and is left out'
            hint = "write null to take the tag away from the layers before"
            factory.problems.warning("tag-empty", message, location, hint)
            continue
        tag = factory.tag(layer, concept, values or (), location)
        other = tags.get(concept)
        tags[concept] = tag if other is None else _one_of(other, tag, rank_of, factory.problems)
    classes = tags.pop(CLASSES, None)
    if classes is None:
        return list(tags.values())
    return [classes, *factory.classes(classes, without=tags), *tags.values()]


def _one_of(first: Tag, second: Tag, rank_of: Callable[[Location], int], problems: Problems) -> Tag:
    """Of two spellings of one concept the stronger; equal strength needs equal values."""
    ranks = [rank_of(tag.location) if tag.location else 0 for tag in (first, second)]
    if ranks[0] != ranks[1]:
        return first if ranks[0] > ranks[1] else second
    if first.values != second.values:
        problems.error(
            "tag-conflict",
            f'"{second.written}" and "{first.written}" are the same tag, {second.concept}, '
            f"with different values: {_shown(second)} here, {_shown(first)} "
            f"at {where(first.location)}",
            second.location,
            "keep one of them",
        )
    return first


def check_identity(tags: list[Tag], identity: list[Tag], problems: Problems) -> None:
    """Nobody gives a root another identity than its job has.

    Args:
        tags: tags that somebody wrote.
        identity: the identity that stands.
        problems: what is wrong is added here.
    """
    for tag in tags:
        if tag.concept not in IDENTITY_NAMES:
            continue
        own = next(one for one in identity if one.concept == tag.concept)
        same = tag.values == own.values
        if tag.concept == "environment" and tag.values:
            same = stage(", ".join(tag.values)) == stage(own.values[0])
        if same:
            continue
        origin = f" ({where(own.location)})" if own.location else ""
        problems.error(
            "tag-identity",
            f'tag "{tag.written}" is {_shown(tag)}, but the {tag.concept} of this '
            f"root is {_shown(own)}{origin}",
            tag.location,
            "remove the tag: it is set from the job",
        )


def where(location: Location | None) -> str:
    """A place in words: the file and the keys that lead to the value."""
    if location is None:
        return "dativo itself"
    path = ".".join(str(item) for item in location.path)
    return f"{location.file}, {path}" if path else location.file


def _shown(tag: Tag) -> str:
    return f'"{", ".join(tag.values)}"' if tag.values else "null"
