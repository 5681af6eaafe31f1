"""What ``terraform.variables`` may hold where a job's runtime calls a shipped module."""

from __future__ import annotations

from generator.json_schema.draft7 import SCALAR, Schema, any_case, nullable, variable
from generator.json_schema.older import below, given, names_for, spellings_of
from generator.modules.catalogue import shipped_interfaces
from generator.modules.interface import Interface, ModuleVariable
from generator.modules.read import interface
from generator.modules.types import Type
from generator.plan.inputs import IDENTITY
from generator.plan.runtimes.field import sources_of
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.table import RUNTIMES

_NUMBER = r"^[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"
_BOOLEAN = f"^(?:{any_case('true', 'false', 'yes', 'no', 'on', 'off')}|[01])$"


def conditions() -> list[Schema]:
    """For each module: where a block names a runtime of it, and no other module, its inputs.

    They are offered and typed, but others are not refused: dativo.yaml may name a module of the
    team's own, which an editor does not see.
    """
    rows: dict[str, list[RuntimeSpec]] = {}
    for row in RUNTIMES.values():
        if row.module:
            rows.setdefault(row.module, []).append(row)
    shipped = {data["module"]: interface(data) for data in shipped_interfaces().values()}
    return [_condition(same, shipped[module]) for module, same in rows.items()]


def _condition(rows: list[RuntimeSpec], known: Interface) -> Schema:
    """Of the rows of one module: its runtime has one type, on one cloud or several."""
    older = [name for row in rows for name in names_for(row.cloud, row.type)]
    kinds = {"enum": list(dict.fromkeys([rows[0].type, *older]))}
    clouds = {"enum": [row.cloud for row in rows]}
    modules = [("terraform", "module"), *spellings_of(("terraform", "module", "source"))]
    sources = sources_of(rows[0].fields)
    offered = {
        name: _input(known.variables[name], sources.get(name))
        for name in known.variables
        if name not in IDENTITY
    }
    of_runtime = [{"anyOf": [given(at, kinds) for at in spellings_of(("runtime", "type"))]}]
    of_cloud = [given(at, clouds) for at in spellings_of(("provider",))]
    return {
        "if": {
            "allOf": [{"anyOf": of_cloud}, *of_runtime],
            "not": {"anyOf": [given(at, {}) for at in modules]},
        },
        "then": below(("terraform", "variables"), {"properties": offered}),
    }


def _input(declared: ModuleVariable, field: str | None) -> Schema:
    text = declared.description
    if field is not None:
        name = field[1:] if field[0] == "/" else f"infrastructure.{field}"
        text = f"{text} Set by `{name}`: write that instead."
    value = _value(declared.type)
    return {"description": text, **({"allOf": [value]} if "$ref" in value else value)}


def scalars() -> dict[str, Schema]:
    """What the conditions refer to, by name.

    Values that ``generator.modules.check.fit`` takes, as an editor types them; null is one, and so
    is a variable.
    """
    return {
        _name("string"): {"type": [*SCALAR["type"], "null"]},
        _name("number"): _texts({"type": ["number", "string", "null"], "pattern": _NUMBER}),
        _name("bool"): _texts({"type": ["boolean", "string", "null"], "pattern": _BOOLEAN}),
        _name("variable"): nullable(variable()),
    }


def _name(kind: str) -> str:
    return f"{kind}_input"


def _reference(kind: str) -> Schema:
    return {"$ref": f"#/definitions/{_name(kind)}"}


def _value(kind: Type) -> Schema:
    if kind.kind == "any":
        return {}
    if kind.kind in ("string", "number", "bool"):
        return _reference(kind.kind)
    return {"anyOf": [_collection(kind), _reference("variable")]}


def _texts(value: Schema) -> Schema:
    return {**value, "pattern": f"{value['pattern']}|{variable()['pattern']}"}


def _collection(kind: Type) -> Schema:
    if kind.kind in ("list", "set"):
        return {"type": "array", "items": _value(kind.item) if kind.item else {}}
    if kind.kind == "tuple":
        items = [_value(item) for item in kind.items]
        return {"type": "array", "items": items, "minItems": len(items), "maxItems": len(items)}
    if kind.kind == "map":
        held = _value(kind.item) if kind.item else {}
        return {"type": "object", "additionalProperties": held}
    return {
        "type": "object",
        "properties": {name: _value(item) for name, item in kind.attributes.items()},
        "required": [name for name in kind.attributes if name not in kind.optional],
        "additionalProperties": False,
    }
