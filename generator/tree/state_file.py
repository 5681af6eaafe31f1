"""What a state has in it: a state file, or what ``terraform state pull`` prints."""

from __future__ import annotations

import json
from typing import Any

# The format since Terraform 0.12, and of OpenTofu.
_VERSION = 4


def resources_in(data: bytes | str) -> int | None:
    """How many resources a state has: every instance of a managed one.

    Args:
        data: the state.

    Returns:
        None where it is no state, which an empty text is not either: ``state pull`` prints
        nothing where there is none, and where it failed.
    """
    try:
        document = json.loads(data)
        if document["version"] != _VERSION or not isinstance(document["lineage"], str):
            return None
        return sum(_instances(one) for one in document["resources"])
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None


def _instances(resource: dict[str, Any]) -> int:
    return len(resource["instances"]) if resource["mode"] == "managed" else 0
