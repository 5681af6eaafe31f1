"""Terraform's values on the wire: msgpack, or JSON in a stored state.

A value is plain data: str, int, float, bool, None, list, dict, or ``UNKNOWN`` where it is
known only after apply.

Source: Terraform's docs/plugin-protocol/object-wire-format.md.
"""

from __future__ import annotations

import json
from typing import Any

import msgpack

from generator.rehearsal import wire

UNKNOWN = msgpack.ExtType(0, b"\x00")


def is_unknown(value: object) -> bool:
    """True for a value that Terraform knows only after apply."""
    return isinstance(value, msgpack.ExtType)


def known(value: object) -> bool:
    """True where nothing inside ``value`` is unknown."""
    if isinstance(value, dict):
        return all(map(known, value.values()))
    if isinstance(value, list):
        return all(map(known, value))
    return not is_unknown(value)


def text(value: object) -> str:
    """``value`` if it is a string that is known, else the empty string."""
    return value if isinstance(value, str) else ""


def mapping(value: object) -> dict[str, Any]:
    """``value`` if it is a map that is known, else an empty one."""
    return value if isinstance(value, dict) else {}


def blocks(value: object, *path: str) -> list[dict[str, Any]]:
    """All nested blocks at ``path`` below ``value``, unknown ones left out."""
    found: list[Any] = [value]
    for name in path:
        inner = [block.get(name) for block in found if isinstance(block, dict)]
        found = [b for i in inner for b in (i if isinstance(i, list) else [i])]
    return [block for block in found if isinstance(block, dict)]


def decode(dynamic: bytes) -> Any:
    """The value in a ``DynamicValue`` message (1: msgpack, 2: JSON); None for an empty one."""
    content = wire.message(dynamic)
    if content.get(1):
        return msgpack.unpackb(
            content[1], ext_hook=lambda code, data: UNKNOWN, strict_map_key=False
        )
    return json.loads(content[2]) if content.get(2) else None


def encode(value: object) -> bytes:
    """The ``DynamicValue`` message of a value."""
    return wire.field(1, msgpack.packb(value))
