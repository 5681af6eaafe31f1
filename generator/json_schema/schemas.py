"""The three schemas. Each stands alone: nothing in them refers to another file or the network."""

from __future__ import annotations

import json

from generator.concepts.table import CONCEPTS, IDENTITY_NAMES
from generator.json_schema import older
from generator.json_schema.draft7 import (
    SCALAR,
    Rules,
    Schema,
    any_case,
    choice,
    definitions,
    nullable,
    variable,
)
from generator.json_schema.module_inputs import conditions, scalars
from generator.model.asset import GOVERNANCE, Asset
from generator.model.fields import DEVICES, LONGEST, NAME
from generator.model.infrastructure import Infrastructure
from generator.model.job import Job
from generator.model.policies import Policies
from generator.model.settings import Settings
from generator.plan.backend import TYPES as BACKENDS
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.table import RUNTIMES, TYPES, types_of

COMMAND = "dativo schema --write schemas"

_JOB = Rules(variables=True, removable=False)
_INFRASTRUCTURE = Rules(variables=True, removable=True)
_PLAIN = Rules(variables=False, removable=False)


def schema(name: str) -> Schema:
    """One schema as plain data.

    Args:
        name: job, asset or settings.
    """
    title, body = {"job": _job, "asset": _asset, "settings": _settings}[name]()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": f"Written from the models by: {COMMAND}",
        "title": title,
        **body,
    }


def text(name: str) -> str:
    """The text of ``schemas/NAME.schema.json``."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def file_name(name: str) -> str:
    """What the file of a schema is called."""
    return f"{name}.schema.json"


def _job() -> tuple[str, Schema]:
    found = definitions(Job, _JOB)
    job = found.pop(Job.__name__)
    found.update(_infrastructure())
    older.add(found, conditions())
    found.update(scalars())
    properties = job["properties"]
    for key, kind in (("tenant_id", "tenant"), ("environment", "environment"), ("name", "job")):
        found[f"{kind}_name"] = _name(kind)
        properties[key] = {
            "description": properties[key]["description"],
            "anyOf": [{"$ref": f"#/definitions/{kind}_name"}, variable()],
        }
    found["RegionOverlay"] = _overlay(properties, "What differs in this region.")
    found["Overlay"] = _overlay(properties, "What differs in this environment.")
    found["Overlay"]["properties"]["regions"] = _regions()
    body: Schema = {
        "description": (
            "One ETL job. Beside these keys it may hold any that the ETL runner reads. What a job "
            "needs may stand in dativo.yaml as well, so little is required here: "
            "`dativo validate` tells what is missing."
        ),
        "type": "object",
        "properties": _job_properties(properties),
        "additionalProperties": True,
        "dependencies": {"infrastructure": ["tenant_id"], "tenants": ["tenant_id"]},
        # An environment may complete the schedule.
        "if": {"not": {"required": ["environments"]}},
        "then": {"properties": {"schedule": {"required": ["cron"]}}},
        "definitions": found,
    }
    del found["Schedule"]["required"]
    return "dativo job", body


def _job_properties(properties: Schema) -> Schema:
    """Those of the model, and the two that say which roots the file is for."""
    first = {"tenant_id": properties["tenant_id"]}
    first["tenants"] = {
        "description": "One root for each of these tenants; needs `tenant_id: ${TENANT_ID}`.",
        "type": ["array", "null"],
        "items": {"$ref": "#/definitions/tenant_name"},
        "minItems": 1,
    }
    first["environment"] = properties["environment"]
    first["environments"] = {
        "description": (
            "One root for each of these environments: what is written here is laid over the job, "
            "key by key; null removes a key."
        ),
        "type": ["object", "null"],
        "propertyNames": {"$ref": "#/definitions/environment_name"},
        "additionalProperties": {"$ref": "#/definitions/Overlay"},
        "minProperties": 1,
    }
    first["regions"] = _regions()
    return {**first, **properties}


def _regions() -> Schema:
    name = {"type": "string", "minLength": 1}
    return {
        "description": (
            "One root for each of these regions: a list, or each with what differs there. That of "
            "`infrastructure.region` keeps the folder and the names of a job in one region."
        ),
        "anyOf": [
            {"type": "array", "items": name, "minItems": 1},
            {
                "type": "object",
                "additionalProperties": {"$ref": "#/definitions/RegionOverlay"},
                "minProperties": 1,
            },
            {"type": "null"},
        ],
    }


def _overlay(properties: Schema, description: str) -> Schema:
    fixed = ("tenant_id", "tenants", "environment", "environments")
    differing = {key: nullable(properties[key]) for key in properties if key not in fixed}
    beside: Schema = {"properties": dict.fromkeys(older.beside(), False)}
    differing["infrastructure"] = {
        "description": properties["infrastructure"]["description"],
        "allOf": [{"$ref": f"#/definitions/{older.BLOCK}"}, beside],
    }
    return {
        "description": description,
        "type": ["object", "null"],
        "properties": differing,
        "additionalProperties": False,
    }


def _name(kind: str) -> Schema:
    """A name as generator.model.fields.name_fault has it."""
    ports = {device.rstrip("0123456789") for device in DEVICES if device[-1].isdigit()}
    words = {device for device in DEVICES if not device[-1].isdigit()}
    devices = f"{any_case(*sorted(words))}|(?:{any_case(*sorted(ports))})[0-9]"
    return {
        "type": ["string", "integer", "boolean"],
        "minimum": 0,
        "pattern": f"^{NAME.pattern}$",
        "patternErrorMessage": "letters A-Z and a-z, digits, _ and -, a letter or digit first",
        "not": {"type": "string", "pattern": f"^(?:{devices})$"},
        "maxLength": LONGEST[kind],
    }


def _infrastructure() -> dict[str, Schema]:
    """The block with nothing required: jobs, environments and dativo.yaml each hold a part."""
    found = definitions(Infrastructure, _INFRASTRUCTURE)
    infrastructure, runtime = found["Infrastructure"], found["Runtime"]
    for owner, keys in ((infrastructure, ("provider", "region", "runtime")), (runtime, ("type",))):
        for key in keys:
            described = (
                owner["properties"][key].get("description") or found["Runtime"]["description"]
            )
            owner["properties"][key] = _described(
                owner["properties"][key], f"{described} Required, here or in dativo.yaml."
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
    infrastructure["allOf"] = [
        _runtimes_of(cloud, list(types_of(cloud))) for cloud in dict.fromkeys(r.cloud for r in rows)
    ]
    found["TagValue"] = {"type": [*SCALAR["type"], "array", "null"], "items": SCALAR}
    infrastructure["properties"]["tags"] |= _tags()
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
        "properties": {one.name: _described(value, _sentence(one.text)) for one in by_name},
        "additionalProperties": value,
    }


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _described(value: Schema, description: str) -> Schema:
    if "$ref" in value:
        value = {"allOf": [value]}
    return {"description": description, **{k: v for k, v in value.items() if k != "description"}}


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


def _asset() -> tuple[str, Schema]:
    found = definitions(Asset, _PLAIN)
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


def _settings() -> tuple[str, Schema]:
    found = definitions(Settings, _PLAIN)
    settings = found.pop(Settings.__name__)
    for name in ("Defaults", "DefaultsFor", "CloudDefaults"):
        block = found[name]["properties"]
        block["infrastructure"] = {
            "description": block["infrastructure"]["description"],
            "allOf": [{"$ref": "#/definitions/Infrastructure"}],
        }
        for key, words in (("clouds", "provider"), ("runtimes", "runtime.type")):
            named = block.get(key, {}).get("properties", {})
            for kind, node in named.items():
                named[kind] = _described(node, f"For jobs whose {words} is {kind}.")
    found.update(_infrastructure())
    found |= definitions(Policies, _PLAIN)
    policies = settings["properties"]["policies"]
    settings["properties"]["policies"] = {
        "description": policies["description"],
        "anyOf": [{"$ref": "#/definitions/Policies"}, {"type": "null"}],
    }
    settings["properties"]["tenants"]["items"] = _name("tenant")
    _describe_providers(found["TerraformSettings"]["properties"]["providers"])
    settings["type"] = ["object", "null"]  # an empty dativo.yaml says nothing
    return "dativo settings", {**settings, "definitions": found}


def _describe_providers(node: Schema) -> None:
    for name, value in node["properties"].items():
        node["properties"][name] = _described(
            value, f"Version constraint of the provider {name}, such as ~> 6.0."
        )
