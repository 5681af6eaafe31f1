"""What ``terraform init`` notes in a root of the modules that it fetched for it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

# Below a root.
FILE = ".terraform/modules/modules.json"


class Fetched(NamedTuple):
    """A module that a root calls, directly or by way of others.

    Attributes:
        key: the names of the calls that lead to it, with dots between; "" for the root itself.
        source: as Terraform spells it.
        version: of one from a registry.
        folder: below the root.
    """

    key: str
    source: str
    version: str | None
    folder: str


def fetched(data: bytes) -> list[Fetched]:
    """The modules in the list; none where it has another shape.

    Args:
        data: the content of the file.
    """
    try:
        return [_fetched(one) for one in json.loads(data)["Modules"]]
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return []


def _fetched(one: Any) -> Fetched:
    found = Fetched(one["Key"], one["Source"], one.get("Version"), one["Dir"])
    if not all(isinstance(text, str) for text in (found.key, found.source, found.folder)):
        raise TypeError(one)
    return found
