"""What a manifest keeps of a root's expressions, so that its tombstone can be written from it.

Plain data stands for itself. The few expressions that a tombstone's providers need are objects of
one key: ``{"reference": "data.aws_eks_cluster.this.endpoint"}``, ``{"template": [...]}``,
``{"call": ["base64decode", [...]]}``, and ``{"map": {...}}`` for a map that looks like one of them.
A manifest is a file that anybody can edit, so what is read
back is held to these forms: nothing else becomes HCL.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from generator.text.expression import Call, Interpolation, Reference, Value

_REFERENCE = re.compile(r"data(\.[a-z][a-z0-9_]*(\[[0-9]{1,3}\])?){2,8}").fullmatch
_FUNCTIONS = ("base64decode",)
_FORMS = frozenset(("reference", "template", "call", "map"))


def survives(value: Value) -> bool:
    """Whether a tombstone can hold a value: no tags and no module are left in it."""
    if isinstance(value, Reference):
        return bool(_REFERENCE(value.text))
    if isinstance(value, Interpolation):
        return all(isinstance(part, str) or survives(part) for part in value.parts)
    if isinstance(value, Call):
        return value.function in _FUNCTIONS and all(map(survives, value.arguments))
    if isinstance(value, dict):
        return all(map(survives, value.values()))
    return not isinstance(value, (list, tuple)) or all(map(survives, value))


def to_json(value: Value) -> Any:
    """A value as JSON data; it must survive."""
    if isinstance(value, Reference):
        return {"reference": value.text}
    if isinstance(value, Interpolation):
        return {"template": [to_json(part) for part in value.parts]}
    if isinstance(value, Call):
        return {"call": [value.function, [to_json(item) for item in value.arguments]]}
    if isinstance(value, dict):
        held = {key: to_json(item) for key, item in value.items()}
        return {"map": held} if _is_form(held) else held
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return value


def from_json(data: Any) -> Any:
    """The value that ``to_json`` made JSON data of; the data must be well formed."""
    if isinstance(data, list):
        return [from_json(item) for item in data]
    if not isinstance(data, dict):
        return data
    if not _is_form(data):
        return {key: from_json(item) for key, item in data.items()}
    ((form, held),) = data.items()
    if form == "map":
        return {key: from_json(item) for key, item in held.items()}
    if form == "reference":
        return Reference(held)
    if form == "template":
        return Interpolation(
            tuple(Reference(p["reference"]) if isinstance(p, dict) else p for p in held)
        )
    return Call(held[0], tuple(from_json(item) for item in held[1]))


def well_formed(data: Any) -> bool:
    """Whether JSON data is what ``to_json`` gives."""
    if isinstance(data, list):
        return all(map(well_formed, data))
    if not isinstance(data, dict):
        return not isinstance(data, float) or isfinite(data)
    if not _is_form(data):
        return all(map(well_formed, data.values()))
    ((form, held),) = data.items()
    if form == "map":
        return isinstance(held, dict) and all(map(well_formed, held.values()))
    if form == "reference":
        return isinstance(held, str) and bool(_REFERENCE(held))
    if form == "template":
        return isinstance(held, list) and all(map(_part, held))
    return (
        isinstance(held, list)
        and len(held) == 2
        and held[0] in _FUNCTIONS
        and isinstance(held[1], list)
        and well_formed(held[1])
    )


def _is_form(data: dict[str, Any]) -> bool:
    return len(data) == 1 and _FORMS.issuperset(data)


def _part(data: Any) -> bool:
    return isinstance(data, str) or (
        isinstance(data, dict) and set(data) == {"reference"} and well_formed(data)
    )
