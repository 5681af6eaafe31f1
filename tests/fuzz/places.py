"""Every place of a file where a value can stand, derived from the models that read the file."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

# What a mapping of one's own has for a key, where the key is not what is tried.
KEY = "a"


class Place(NamedTuple):
    """A place in a document.

    Attributes:
        path: keys, and 0 for the item of a list.
        is_key: what is tried is the last key, and not a value.
        beside: what a document needs at paths above, so that this place is looked at.
    """

    path: tuple[str | int, ...]
    is_key: bool = False
    beside: tuple[tuple[tuple[str | int, ...], Any], ...] = ()

    @property
    def name(self) -> str:
        """For people."""
        return ".".join(map(str, self.path)) + (" (key)" if self.is_key else "")


def places(kind: Any, path: tuple[str | int, ...] = (), beside: Any = ()) -> Iterator[Place]:
    """The places below a type: a model's fields, a mapping's keys and values, a list's items.

    Args:
        kind: a model, or the annotation of a field.
        path: of it.
        beside: see ``Place``.
    """
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        needed = tuple(
            ((*path, _key(kind, name)), sample(field.annotation))
            for name, field in kind.model_fields.items()
            if field.is_required()
        )
        for name, field in kind.model_fields.items():
            key = (*path, _key(kind, name))
            others = tuple(one for one in needed if one[0] != key)
            yield from places(field.annotation, key, (*beside, *others))
        return
    inner = [_bare(one) for one in get_args(kind)] if _is_union(kind) else [kind]
    compound = [one for one in inner if _children(one)]
    if len(compound) < len(inner) or not inner:
        yield Place(path, beside=beside)
    for one in compound:
        for step, child in _children(one):
            if isinstance(step, str):
                yield Place((*path, step), True, beside)
            yield from places(child, (*path, step) if step is not None else path, beside)


def _children(kind: Any) -> list[tuple[str | int | None, Any]]:
    origin = get_origin(kind)
    if isinstance(kind, type) and origin is None and issubclass(kind, BaseModel):
        return [(None, kind)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = get_args(kind)
        return [(sample(key) if get_origin(_bare(key)) is Literal else KEY, value)]
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return [(0, get_args(kind)[0])]
    return []


def sample(kind: Any) -> Any:
    """The simplest value of a type that a file can hold."""
    kind = _bare(kind)
    if _is_union(kind):
        return sample(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        needed = {k: f for k, f in kind.model_fields.items() if f.is_required()}
        return {_key(kind, name): sample(field.annotation) for name, field in needed.items()}
    found = _children(kind)
    if found:
        step, child = found[0]
        return {step: sample(child)} if isinstance(step, str) else [sample(child)]
    return 1 if kind in (int, float) else "a"


def put(document: Any, place: Place, value: Any) -> Any:
    """The document with a value, or a key, at a place, and what that needs beside it.

    Args:
        document: not changed.
        place: where to.
        value: the value; as a key, its text.
    """
    for path, needed in place.beside:
        if _at(document, path) is None:
            document = _put(document, path, needed)
    if place.is_key:
        return _put(document, (*place.path[:-1], str(value)), "a")
    return _put(document, place.path, value)


def _at(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if isinstance(step, str) and isinstance(document, dict):
            document = document.get(step)
        elif isinstance(step, int) and isinstance(document, list) and document:
            document = document[step]
        else:
            return None
    return document


def _put(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        first = document[0] if isinstance(document, list) and document else None
        return [_put(first, tuple(rest), value)]
    before = document if isinstance(document, dict) else {}
    return {**before, step: _put(before.get(step), tuple(rest), value)}


def _bare(kind: Any) -> Any:
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif (alias := getattr(kind, "__value__", None)) is not None:
            kind = alias
        else:
            return kind


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _key(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    return field.alias or name
