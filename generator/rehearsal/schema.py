"""The providers' schemas: as stored, and as Terraform wants them on the wire.

``schemas/NAME.json.gz`` (made by ``extract_schemas.py``) holds
``{"version", "provider": block, "resource": {type: block}, "data": {type: block}}``.
A plugin process needs the whole only as the bytes of one answer, and of the blocks only
those that a root uses. ``compile_schema`` therefore writes, once for each mirror, NAME.pb
(the answer), NAME.blocks (one JSON document a line) and NAME.index (where each starts).
"""

from __future__ import annotations

import gzip
import json
import os
from typing import Any

from generator.rehearsal import wire

Block = dict[str, Any]

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemas")
SUFFIX = ".json.gz"
NESTING = {"single": 1, "list": 2, "set": 3, "map": 4}

# ServerCapabilities: Terraform may reuse the schema that another process of ours sent it.
CAPABILITIES = wire.integer(2, True)


def provider_names() -> list[str]:
    """The short names of all stand-in providers, sorted."""
    return sorted(n.removesuffix(SUFFIX) for n in os.listdir(FOLDER) if n.endswith(SUFFIX))


def load(name: str) -> dict[str, Any]:
    """The stored schema of the provider ``name``.

    Raises:
        FileNotFoundError: there is no stand-in of that name.
    """
    with gzip.open(os.path.join(FOLDER, name + SUFFIX)) as file:
        loaded: dict[str, Any] = json.load(file)
    return loaded


def attribute_bytes(name: str, attribute: dict[str, Any]) -> bytes:
    """A ``Schema.Attribute`` message."""
    return (
        wire.text(1, name)
        + wire.field(2, json.dumps(attribute["type"]).encode())
        + wire.integer(4, attribute.get("required", False))
        + wire.integer(5, attribute.get("optional", False))
        + wire.integer(6, attribute.get("computed", False))
    )


def nested_bytes(name: str, nested: dict[str, Any]) -> bytes:
    """A ``Schema.NestedBlock`` message."""
    return (
        wire.text(1, name)
        + wire.field(2, block_bytes(nested["block"]))
        + wire.integer(3, NESTING[nested["nesting"]])
        + wire.integer(4, nested["min"])
        + wire.integer(5, nested["max"])
    )


def block_bytes(block: Block) -> bytes:
    """A ``Schema.Block`` message."""
    attributes = sorted(block["attributes"].items())
    nested = sorted(block["blocks"].items())
    return b"".join(wire.field(2, attribute_bytes(n, a)) for n, a in attributes) + b"".join(
        wire.field(3, nested_bytes(n, b)) for n, b in nested
    )


def answer_bytes(schema: dict[str, Any]) -> bytes:
    """The ``GetProviderSchema.Response`` message."""

    def entry(name: str, block: Block) -> bytes:
        return wire.text(1, name) + wire.field(2, wire.field(2, block_bytes(block)))

    return (
        wire.field(1, wire.field(2, block_bytes(schema["provider"])))
        + b"".join(wire.field(2, entry(*item)) for item in schema["resource"].items())
        + b"".join(wire.field(3, entry(*item)) for item in schema["data"].items())
        + wire.field(6, CAPABILITIES)
    )


def compile_schema(name: str, folder: str) -> str:
    """Write the three files that a plugin process reads; returns the provider's version."""
    schema = load(name)
    index: dict[str, list[int]] = {}
    lines = bytearray()
    for sort in ("resource", "data"):
        for kind, block in schema[sort].items():
            line = json.dumps(block, separators=(",", ":")).encode()
            index[f"{sort}.{kind}"] = [len(lines), len(line)]
            lines += line + b"\n"
    files = {
        ".pb": answer_bytes(schema),
        ".blocks": bytes(lines),
        ".index": json.dumps(index, separators=(",", ":")).encode(),
    }
    for suffix, content in files.items():
        with open(os.path.join(folder, name + suffix), "wb") as file:
            file.write(content)
    return str(schema["version"])


class CompiledSchema:
    """The schema of one provider as a plugin process reads it: block by block."""

    def __init__(self, name: str, folder: str) -> None:
        self.stem = os.path.join(folder, name)
        with open(self.stem + ".index", "rb") as file:
            self.index: dict[str, list[int]] = json.load(file)
        self.blocks: dict[str, Block] = {}

    def answer(self) -> bytes:
        """The ``GetProviderSchema.Response`` message."""
        with open(self.stem + ".pb", "rb") as file:
            return file.read()

    def kinds(self, sort: str) -> list[str]:
        """All types of a sort: "resource" or "data"."""
        start = sort + "."
        return [key.removeprefix(start) for key in self.index if key.startswith(start)]

    def block(self, sort: str, kind: str) -> Block:
        """The block of one type.

        Raises:
            KeyError: the provider has no such type.
        """
        key = f"{sort}.{kind}"
        if key not in self.blocks:
            offset, length = self.index[key]
            with open(self.stem + ".blocks", "rb") as file:
                file.seek(offset)
                self.blocks[key] = json.loads(file.read(length))
        return self.blocks[key]
