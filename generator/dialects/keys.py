"""The keys of an ``infrastructure`` block by path: the canonical ones and the older ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from generator.dialects.spellings import SPELLINGS, Spelling
from generator.model.infrastructure import Infrastructure

Keys = tuple[str, ...]


def keys(dotted: str) -> Keys:
    """A dotted path as keys."""
    return tuple(dotted.split("."))


# These three are tables of the whole format, asked for each key of an older job file.
@cache
def older() -> dict[Keys, Spelling]:
    """Path below ``infrastructure`` to its spelling."""
    return {keys(spelling.written): spelling for spelling in SPELLINGS}


@cache
def sections() -> dict[Keys, frozenset[str]]:
    """The mappings of the canonical form: path below ``infrastructure`` to the keys in it."""
    return dict(_sections(Infrastructure, ()))


def _sections(model: Any, at: Keys) -> Iterator[tuple[Keys, frozenset[str]]]:
    names = {field.alias or name: field for name, field in model.model_fields.items()}
    yield at, frozenset(names)
    for name, field in names.items():
        below = _model_in(field.annotation)
        if below is not None:
            yield from _sections(below, (*at, name))


def _model_in(annotation: Any) -> Any:
    """The model of a field that is itself a section; None for a value, a list or an open map."""
    if hasattr(annotation, "model_fields"):
        return annotation
    if get_origin(annotation) in (Union, UnionType):
        return next((one for one in get_args(annotation) if hasattr(one, "model_fields")), None)
    return None


@cache
def children() -> dict[Keys, frozenset[str]]:
    """Every mapping that can be read, with the keys in it, canonical and older."""
    found: dict[Keys, set[str]] = {at: set(names) for at, names in sections().items()}
    for path in older():
        for length in range(len(path)):
            found.setdefault(path[:length], set()).add(path[length])
    return {at: frozenset(names) for at, names in found.items()}
