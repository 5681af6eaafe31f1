"""Terraform's values on the wire: msgpack, or JSON in a stored state.

Source: Terraform's docs/plugin-protocol/object-wire-format.md.
"""

from __future__ import annotations

import json
from typing import Any

import msgpack

from generator.rehearsal.protocol import wire
from generator.rehearsal.values import UNKNOWN


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
