"""Terraform's values as plain data: str, int, float, bool, None, list, dict, or ``UNKNOWN``.

``UNKNOWN`` stands for what is known only after apply, and is written as msgpack has it in
Terraform's docs/plugin-protocol/object-wire-format.md.
"""

from __future__ import annotations

from typing import Any

import msgpack

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
