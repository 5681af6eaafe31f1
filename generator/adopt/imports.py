"""What a state has, as ``import`` blocks for a root that has a state of its own."""

from __future__ import annotations

import json
from typing import Any

from generator.errors import UsageError
from generator.render.hcl import block, quote
from generator.text.expression import Reference

_VERSION = 4


def imports(state: bytes, call: str) -> list[str]:
    """An ``import`` block for each managed resource of a state.

    The id is that of the state, which most providers import by; where a resource wants another one,
    its plan says so. Where the state has an identity that is used, which Terraform 1.12 and later
    know.

    Args:
        state: what ``terraform state pull`` prints.
        call: the name of the module call in the old root.

    Raises:
        UsageError: it is no state.
    """
    try:
        document = json.loads(state)
        if document["version"] != _VERSION:
            raise ValueError(document["version"])
        return [
            _import(one, instance, call)
            for one in document["resources"]
            if one["mode"] == "managed"
            for instance in one["instances"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError("--state is what terraform state pull prints") from None


def _import(resource: dict[str, Any], instance: dict[str, Any], call: str) -> str:
    address = f"{resource['type']}.{resource['name']}"
    if (module := resource.get("module")) is not None:
        first, dot, rest = str(module).removeprefix("module.").partition(".")
        address = f"module.{'job' if first == call else first}{dot}{rest}.{address}"
    key = instance.get("index_key")
    if key is not None:
        address += f"[{quote(key) if isinstance(key, str) else int(key)}]"
    identity = instance.get("identity")
    what = {"id": str(instance["attributes"]["id"])} if not identity else {"identity": identity}
    return block("import", {"to": Reference(address), **what}) + "\n"
