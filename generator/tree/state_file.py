"""What a state has in it: a state file, or what ``terraform state pull`` prints."""

from __future__ import annotations

import json
import os
from typing import Any

from generator.files.regular import read as read_regular
from generator.render.manifest import Manifest

# The format since Terraform 0.12, and of OpenTofu.
_VERSION = 4
# Where the local backend keeps the state unless told otherwise.
LOCAL = "terraform.tfstate"


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


def local_state(root: str, manifest: Manifest) -> bytes | None:
    """The state beside a root, or where its local backend puts it; None where it has none there.

    Args:
        root: the absolute folder of the root.
        manifest: of the root.
    """
    if manifest.state["type"] != "local":
        return None
    path = manifest.state["arguments"].get("path", LOCAL)
    if not isinstance(path, str):
        return None
    try:
        return read_regular(os.path.join(root, path))[0]
    except OSError:
        return None


def _instances(resource: dict[str, Any]) -> int:
    return len(resource["instances"]) if resource["mode"] == "managed" else 0
