"""The few functions of Terraform that are calculated here; wrong arguments raise TypeError."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.adopt.waiting import WAITS


def as_text(value: Any) -> str:
    """A value as a template has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    raise TypeError(type(value))


def _merge(*maps: dict[str, Any] | None) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for one in maps:
        merged.update(one or {})
    return merged


def _concat(*lists: list[Any]) -> list[Any]:
    return [item for one in lists for item in _list(one)]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _set(value: Any) -> list[Any]:
    return list(dict.fromkeys(_list(value)))


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _settled(text: Any) -> str:
    """A text that does not wait for a variable, whose case or length nobody knows."""
    if not isinstance(text, str) or WAITS in text:
        raise TypeError
    return text


def _number(value: Any) -> int | float:
    return float(_settled(value)) if isinstance(value, str) and "." in value else int(value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "merge": _merge,
    "concat": _concat,
    "tolist": _list,
    "toset": _set,
    "tomap": _dict,
    "tostring": as_text,
    "tonumber": _number,
    "lower": lambda text: _settled(text).lower(),
    "upper": lambda text: _settled(text).upper(),
    "join": lambda by, items: by.join(map(as_text, _list(items))),
}
