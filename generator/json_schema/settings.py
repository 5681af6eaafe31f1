"""The schema of dativo.yaml."""

from __future__ import annotations

from generator.json_schema.draft7 import Rules, Schema, definitions
from generator.json_schema.infrastructure import infrastructure
from generator.json_schema.parts import described, name_of
from generator.model.policies import Policies
from generator.model.settings import Settings

_SETTINGS = Rules(variables=False, removable=False)


def settings() -> tuple[str, Schema]:
    """Its title, and all else of it."""
    found = definitions(Settings, _SETTINGS)
    file = found.pop(Settings.__name__)
    for name in ("Defaults", "DefaultsFor", "CloudDefaults"):
        block = found[name]["properties"]
        block["infrastructure"] = {
            "description": block["infrastructure"]["description"],
            "allOf": [{"$ref": "#/definitions/Infrastructure"}],
        }
        for key, words in (("clouds", "provider"), ("runtimes", "runtime.type")):
            named = block.get(key, {}).get("properties", {})
            for kind, node in named.items():
                named[kind] = described(node, f"For jobs whose {words} is {kind}.")
    found.update(infrastructure())
    found |= definitions(Policies, _SETTINGS)
    policies = file["properties"]["policies"]
    file["properties"]["policies"] = {
        "description": policies["description"],
        "anyOf": [{"$ref": "#/definitions/Policies"}, {"type": "null"}],
    }
    file["properties"]["tenants"]["items"] = name_of("tenant")
    _describe_providers(found["TerraformSettings"]["properties"]["providers"])
    file["type"] = ["object", "null"]  # an empty dativo.yaml says nothing
    return "dativo settings", {**file, "definitions": found}


def _describe_providers(node: Schema) -> None:
    for name, value in node["properties"].items():
        node["properties"][name] = described(
            value, f"Version constraint of the provider {name}, such as ~> 6.0."
        )
