"""The answer to ``GetProviderSchema``, written once for each mirror and sent as it stands.

The numbers are the field numbers of the protocol.
Source: Terraform's docs/plugin-protocol/tfplugin6.proto.
"""

from __future__ import annotations

import json
from typing import Any

from generator.rehearsal.protocol import wire
from generator.rehearsal.schema import Block

NESTING = {"single": 1, "list": 2, "set": 3, "map": 4}
SUFFIX = ".pb"

# ServerCapabilities: Terraform may reuse the schema that another process of ours sent it.
CAPABILITIES = wire.integer(2, True)


def write_answer(schema: dict[str, Any], stem: str) -> None:
    """Write the ``GetProviderSchema.Response`` message of a stored schema.

    Args:
        schema: as ``schema.load`` returns it.
        stem: the path of the file, without its suffix.
    """
    with open(stem + SUFFIX, "wb") as file:
        file.write(_answer(schema))


def read_answer(stem: str) -> bytes:
    """The message that ``write_answer`` wrote."""
    with open(stem + SUFFIX, "rb") as file:
        return file.read()


def _answer(schema: dict[str, Any]) -> bytes:
    def entry(name: str, block: Block) -> bytes:
        return wire.text(1, name) + wire.field(2, wire.field(2, _block(block)))

    return (
        wire.field(1, wire.field(2, _block(schema["provider"])))
        + b"".join(wire.field(2, entry(*item)) for item in schema["resource"].items())
        + b"".join(wire.field(3, entry(*item)) for item in schema["data"].items())
        + wire.field(6, CAPABILITIES)
    )


def _block(block: Block) -> bytes:
    """A ``Schema.Block`` message."""
    attributes = sorted(block["attributes"].items())
    nested = sorted(block["blocks"].items())
    return b"".join(wire.field(2, _attribute(n, a)) for n, a in attributes) + b"".join(
        wire.field(3, _nested(n, b)) for n, b in nested
    )


def _attribute(name: str, attribute: dict[str, Any]) -> bytes:
    return (
        wire.text(1, name)
        + wire.field(2, json.dumps(attribute["type"]).encode())
        + wire.integer(4, attribute.get("required", False))
        + wire.integer(5, attribute.get("optional", False))
        + wire.integer(6, attribute.get("computed", False))
    )


def _nested(name: str, nested: dict[str, Any]) -> bytes:
    return (
        wire.text(1, name)
        + wire.field(2, _block(nested["block"]))
        + wire.integer(3, NESTING[nested["nesting"]])
        + wire.integer(4, nested["min"])
        + wire.integer(5, nested["max"])
    )
