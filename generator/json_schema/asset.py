"""The schema of an asset."""

from __future__ import annotations

from generator.json_schema.draft7 import Rules, Schema, definitions
from generator.model.asset import GOVERNANCE, Asset

_ASSET = Rules(variables=False, removable=False)


def asset() -> tuple[str, Schema]:
    """Its title, and all else of it."""
    found = definitions(Asset, _ASSET)
    flat = found["Asset"]
    found["NestedAsset"] = {
        "description": "An asset contract of the nested shape.",
        "type": "object",
        "properties": {
            **flat["properties"],
            "governance": {"$ref": "#/definitions/Governance"},
        },
    }
    found["Governance"] = _governance(found)
    body: Schema = {
        "description": (
            "An asset contract, of which the parts that become tags are described here. Flat "
            "(Open Data Contract Standard 3.0.2, extended) or all below `asset`."
        ),
        "type": "object",
        "properties": {
            "asset": {
                "description": "The nested shape: everything is below this key.",
                "allOf": [{"$ref": "#/definitions/NestedAsset"}],
            }
        },
        "if": {"required": ["asset"]},
        "else": {"$ref": "#/definitions/Asset"},
        "definitions": found,
    }
    return "dativo asset", body


def _governance(found: dict[str, Schema]) -> Schema:
    """The nested shape's section, each key described as where its value ends up."""
    sections = {"team": "Team", "compliance": "Compliance", "finops": "FinOps"}
    properties = {
        source: found[sections[section] if section else "Asset"]["properties"][key]
        for source, section, key in GOVERNANCE
    }
    return {
        "description": "What `team`, `compliance` and `finops` leave open.",
        "type": ["object", "null"],
        "properties": properties,
    }
