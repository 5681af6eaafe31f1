"""The block ``infrastructure``, of which jobs, environments and dativo.yaml each hold a part."""

from __future__ import annotations

from generator.concepts.table import CONCEPTS, IDENTITY_NAMES
from generator.json_schema.draft7 import (
    SCALAR,
    Rules,
    Schema,
    choice,
    definitions,
    nullable,
    variable,
)
from generator.json_schema.parts import described
from generator.model.infrastructure import Infrastructure
from generator.plan.backend import TYPES as BACKENDS
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.table import RUNTIMES, TYPES, types_of

_INFRASTRUCTURE = Rules(variables=True, removable=True)


def infrastructure() -> dict[str, Schema]:
    """The definitions of the block, in which nothing is required."""
    found = definitions(Infrastructure, _INFRASTRUCTURE)
    block, runtime = found["Infrastructure"], found["Runtime"]
    for owner, keys in ((block, ("provider", "region", "runtime")), (runtime, ("type",))):
        for key in keys:
            told = owner["properties"][key].get("description") or found["Runtime"]["description"]
            owner["properties"][key] = described(
                owner["properties"][key], f"{told} Required, here or in dativo.yaml."
            )
    rows = RUNTIMES.values()
    kinds: list[Schema] = [
        {"const": kind, "description": _described_rows([row for row in rows if row.type == kind])}
        for kind in TYPES
    ]
    runtime["properties"]["type"] = {
        "description": runtime["properties"]["type"]["description"],
        "anyOf": [*kinds, variable(), {"type": "null"}],
    }
    block["allOf"] = [
        _runtimes_of(cloud, list(types_of(cloud))) for cloud in dict.fromkeys(r.cloud for r in rows)
    ]
    found["TagValue"] = {"type": [*SCALAR["type"], "array", "null"], "items": SCALAR}
    block["properties"]["tags"] |= _tags()
    found["Terraform"]["properties"]["backend"]["properties"] = {
        "type": {
            "description": "The backend's type, as Terraform names it.",
            **nullable(choice(list(BACKENDS), _INFRASTRUCTURE)),
        }
    }
    return found


def _tags() -> Schema:
    """Any tag, and those that are known by name, so that editors offer them.

    Who the root is for is said at the top of the job and so not offered.
    """
    value: Schema = {"$ref": "#/definitions/TagValue"}
    by_name = [concept for name, concept in CONCEPTS.items() if name not in IDENTITY_NAMES]
    return {
        "properties": {one.name: described(value, _sentence(one.text)) for one in by_name},
        "additionalProperties": value,
    }


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _described_rows(rows: list[RuntimeSpec]) -> str:
    """A runtime in a sentence: its name, its clouds, its module."""
    module = f"module {rows[0].module}" if rows[0].module else "a module of your own"
    return f"{rows[0].title} ({', '.join(row.cloud for row in rows)}), {module}."


def _runtimes_of(cloud: str, kinds: list[str]) -> Schema:
    of_cloud = nullable(choice(kinds, _INFRASTRUCTURE))
    return {
        "if": {"properties": {"provider": {"const": cloud}}, "required": ["provider"]},
        "then": {"properties": {"runtime": {"properties": {"type": of_cloud}}}},
    }
