"""What schemas have in common."""

from __future__ import annotations

from generator.json_schema.draft7 import Schema, any_case
from generator.model.fields import DEVICES, LONGEST, NAME


def name_of(kind: str) -> Schema:
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


def described(value: Schema, description: str) -> Schema:
    """A schema with another description."""
    if "$ref" in value:
        value = {"allOf": [value]}
    return {"description": description, **{k: v for k, v in value.items() if k != "description"}}
