"""The providers' schemas: as stored, and as plugin processes read them.

``schemas/NAME.json.gz`` (made by ``extract_schemas.py``) holds
``{"version", "provider": block, "resource": {type: block}, "data": {type: block}}``.
Of the blocks a plugin process needs only those that a root uses. ``compile_schema`` therefore
writes, once for each mirror, NAME.blocks (one JSON document a line) and NAME.index (where each
starts); ``protocol.schema_answer`` writes what Terraform wants to hear of the whole.
"""

from __future__ import annotations

import gzip
import json
import os
from typing import Any

Block = dict[str, Any]

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemas")
SUFFIX = ".json.gz"


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


def compile_schema(schema: dict[str, Any], stem: str) -> None:
    """Write the two files that a plugin process reads block by block.

    Args:
        schema: as ``load`` returns it.
        stem: the path of the files, without their suffixes.
    """
    index: dict[str, list[int]] = {}
    lines = bytearray()
    for sort in ("resource", "data"):
        for kind, block in schema[sort].items():
            line = json.dumps(block, separators=(",", ":")).encode()
            index[f"{sort}.{kind}"] = [len(lines), len(line)]
            lines += line + b"\n"
    with open(stem + ".blocks", "wb") as blocks:
        blocks.write(lines)
    with open(stem + ".index", "w", encoding="utf-8") as file:
        json.dump(index, file, separators=(",", ":"))


class CompiledSchema:
    """The schema of one provider as a plugin process reads it: block by block."""

    def __init__(self, name: str, folder: str) -> None:
        self.stem = os.path.join(folder, name)
        with open(self.stem + ".index", "rb") as file:
            self.index: dict[str, list[int]] = json.load(file)
        self.blocks: dict[str, Block] = {}

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
