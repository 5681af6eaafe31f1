"""Questions about plain data as ``load_yaml`` gives it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from generator.errors import KeyPath
from generator.yaml.scalars import PlainScalar


def value_at(document: Any, path: KeyPath) -> tuple[Any, bool]:
    """What stands at a path, and whether anything does."""
    for key in path:
        if isinstance(document, dict):
            there = key in document
        else:
            there = isinstance(document, list) and isinstance(key, int) and key < len(document)
        if not there:
            return None, False
        document = document[key]
    return document, True


def same(one: Any, other: Any) -> bool:
    """Whether two documents say the same, and both in quotes or both without."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other and isinstance(one, PlainScalar) == isinstance(other, PlainScalar)


def texts(
    value: Any, path: KeyPath = (), without: Container[str] = ()
) -> Iterator[tuple[KeyPath, str]]:
    """Every text in plain data, with the keys that lead to it; arguments as for ``scalars``."""
    return ((at, item) for at, item in scalars(value, path, without) if isinstance(item, str))


def scalars(
    value: Any, path: KeyPath = (), without: Container[str] = ()
) -> Iterator[tuple[KeyPath, Any]]:
    """Everything in plain data that is neither mapping nor list, with the keys that lead to it.

    Args:
        value: the data.
        path: leads to the data itself.
        without: keys whose values are not looked at.
    """
    if isinstance(value, dict):
        items: Iterable[tuple[Any, Any]] = value.items()
    elif isinstance(value, list | tuple):
        items = enumerate(value)
    else:
        yield path, value
        return
    for key, item in items:
        if key in without:
            continue
        if isinstance(item, (dict, list, tuple)):
            yield from scalars(item, (*path, key), without)
        else:
            yield (*path, key), item
