"""The roots of a project as Terraform's JSON has them: what a peer that makes JSON is handed."""

from __future__ import annotations

import os
from typing import Any

import hcl2
from hcl2 import SerializationOptions

_OPTIONS = SerializationOptions(
    with_comments=False, explicit_blocks=False, strip_string_quotes=True
)


def documents(top: str) -> list[dict[str, Any]]:
    """Each root below a folder: its name, and its blocks by type and labels.

    Args:
        top: the output folder of a project.
    """
    found = []
    for folder, folders, names in os.walk(top):
        folders.sort()
        if "main.tf" in names:
            name = os.path.relpath(folder, top).replace(os.sep, "-")
            found.append({"name": name, "document": _document(folder, names)})
    return found


def _document(folder: str, names: list[str]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for name in sorted(names):
        if name.endswith(".tf"):
            with open(os.path.join(folder, name), encoding="utf-8") as stream:
                for kind, blocks in hcl2.load(stream, serialization_options=_OPTIONS).items():
                    for block in blocks:
                        _merge(whole.setdefault(kind, {}), block)
    return whole


def _merge(into: dict[str, Any], block: dict[str, Any]) -> None:
    """Add a block; those with the same labels become one, as those of ``terraform`` do."""
    for key, value in block.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
