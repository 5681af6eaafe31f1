"""The schema of a job file."""

from __future__ import annotations

from generator.json_schema import older
from generator.json_schema.draft7 import Rules, Schema, definitions, nullable, variable
from generator.json_schema.infrastructure import infrastructure
from generator.json_schema.module_inputs import conditions, scalars
from generator.json_schema.parts import name_of
from generator.model.job import Job

_JOB = Rules(variables=True, removable=False)


def job() -> tuple[str, Schema]:
    """Its title, and all else of it."""
    found = definitions(Job, _JOB)
    file = found.pop(Job.__name__)
    found.update(infrastructure())
    older.add(found, conditions())
    found.update(scalars())
    properties = file["properties"]
    for key, kind in (("tenant_id", "tenant"), ("environment", "environment"), ("name", "job")):
        found[f"{kind}_name"] = name_of(kind)
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
