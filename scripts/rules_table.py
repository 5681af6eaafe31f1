"""Write the table of ready policies into docs/rules.md, between its markers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.json_schema.draft7 import Rules, definitions
from generator.model.ready_policies import ReadyPolicies, ReadyPolicy
from scripts.pages import Files, between_markers, prose

PAGE = "docs/rules.md"


def files() -> Files:
    """The page with the table."""
    yield PAGE, between_markers(PAGE, {"READY": table()})


def table() -> Iterator[str]:
    """Each policy with what it takes beyond severity, when and message."""
    found = definitions(ReadyPolicies, Rules(variables=False, removable=False))
    yield from ("", "| policy | holds where | takes |", "|---|---|---|")
    for name, node in found["ReadyPolicies"]["properties"].items():
        model = next(o["$ref"] for o in node["anyOf"] if "$ref" in o).rpartition("/")[2]
        takes = "; ".join(_takes(found[model]))
        yield f"| `{name}` | {prose(node['description'])} | {takes} |"
    yield ""


def _takes(model: dict[str, Any]) -> Iterator[str]:
    for key, node in model["properties"].items():
        if key not in ReadyPolicy.model_fields:
            need = ", required" if key in model.get("required", ()) else ""
            yield f"`{key}`{need}: {prose(node['description'])}"
