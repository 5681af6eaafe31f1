"""What pydantic says of a model, as JSON Schema draft-07 that fits the files as people write them.

Pydantic describes values after YAML's typing. The loader keeps every scalar as text and lets
the field decide, so ``cpu: "1"``, ``private: no`` and ``name: 2024`` load; and ``${NAME}`` may
stand wherever it is filled in before the models see it. Editors type scalars themselves
(YAML 1.2), hence the unions below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]

VARIABLE = r"\$\{[A-Za-z_][A-Za-z0-9_]*\}"
SCALAR: Schema = {"type": ["string", "number", "boolean"]}
# YAML 1.1's spellings, each in the three cases it has there, and what else pydantic takes.
_BOOLEANS = "|".join(
    dict.fromkeys(
        spelling
        for word in ("true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0")
        for spelling in (word, word.capitalize(), word.upper())
    )
)
_PATTERNS = {
    "boolean": f"^(?:{_BOOLEANS})$",
    "integer": "^[-+]?[0-9]+(?:_[0-9]+)*$",
    "number": r"^[-+]?[0-9]+(?:\.[0-9]+)?$",
}
_WORDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}


@dataclass(frozen=True, slots=True)
class Rules:
    """How the values of a model are written.

    Attributes:
        variables: ``${NAME}`` is filled in before the model sees a value.
        removable: null stands for "not set", and takes away what a weaker layer says.
    """

    variables: bool
    removable: bool


def definitions(model: type[BaseModel], rules: Rules) -> dict[str, Schema]:
    """A model and all models in it as draft-07, by name; references point to ``#/definitions``."""
    written = model.model_json_schema(ref_template="#/definitions/{model}")
    found = {model.__name__: written, **written.pop("$defs", {})}
    return {name: _object(node, rules) for name, node in found.items()}


def _object(node: Schema, rules: Rules) -> Schema:
    result: Schema = {
        "description": _one_line(node["description"]),
        "type": ["object", "null"] if rules.removable else "object",
        "properties": {name: _property(p, rules) for name, p in node["properties"].items()},
    }
    if node.get("additionalProperties") is False:
        result["additionalProperties"] = False
    if node.get("required") and not rules.removable:
        result["required"] = node["required"]
    return result


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _property(node: Schema, rules: Rules) -> Schema:
    value = _value(node, rules)
    if rules.removable and "$ref" not in value:
        value = nullable(value)
    described: Schema = {}
    if "description" in node:
        described["description"] = _one_line(node["description"])
    if "$ref" in value and described:
        value = {"allOf": [value]}  # draft-07 does not look at what stands beside $ref
    default = node.get("default")
    if default not in (None, {}, []) and not isinstance(default, dict) and "$ref" not in value:
        return {**described, **value, "default": default}
    return {**described, **value}


def _value(node: Schema, rules: Rules) -> Schema:  # one case for each thing that pydantic writes
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    if "anyOf" in node:
        options = [option for option in node["anyOf"] if option != {"type": "null"}]
        value = _any_of([_value(option, rules) for option in options])
        # What a reference leads to says for itself that it may be removed, see _object.
        is_set = len(options) == len(node["anyOf"]) or (rules.removable and "$ref" in value)
        return value if is_set else nullable(value)
    if "enum" in node or "const" in node:
        return choice(node["enum"] if "enum" in node else [node["const"]], rules)
    kind = node.get("type")
    if isinstance(kind, str) and kind in _PATTERNS:
        return _scalar(node, kind, rules)
    if kind == "array":
        return {"type": "array", "items": _value(node["items"], rules)}
    if kind == "object":
        return _mapping(node, rules)
    kept = {key: item for key, item in node.items() if key not in _ANNOTATIONS}
    if kind == "string":
        return kept if "pattern" in kept else {**kept, **SCALAR}
    if isinstance(kind, list) and "pattern" in kept and rules.variables:
        kept["pattern"] += f"|{VARIABLE}"
    return kept


_ANNOTATIONS = ("title", "description", "default")
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def _scalar(node: Schema, kind: str, rules: Rules) -> Schema:
    """A number or boolean, or text that reads as one; limits hold for what is not quoted."""
    pattern, words = _PATTERNS[kind], _WORDS[kind]
    if rules.variables:
        pattern, words = f"{pattern}|{VARIABLE}", f"{words}, or ${{NAME}}"
    limits = {key: node[key] for key in _LIMITS if key in node}
    if limits.get("exclusiveMinimum") == 0 and kind == "integer":
        limits = {"minimum": 1, **{k: v for k, v in limits.items() if k != "exclusiveMinimum"}}
    types = [kind, "string"]
    if kind == "boolean":
        types, limits = [*types, "integer"], {"minimum": 0, "maximum": 1}
    return {"type": types, **limits, "pattern": pattern, "patternErrorMessage": words}


def choice(values: list[str], rules: Rules) -> Schema:
    """One of some words."""
    return {"anyOf": [{"enum": values}, variable()]} if rules.variables else {"enum": values}


def variable() -> Schema:
    """Text with a ``${NAME}`` in it, which only the loader can judge."""
    return {"type": "string", "pattern": VARIABLE}


def _mapping(node: Schema, rules: Rules) -> Schema:
    held = node.get("additionalProperties", True)
    if not isinstance(held, dict):
        return {"type": "object"}
    value = _value(held, rules)
    if "propertyNames" in node:  # a few known keys: named, so that editors offer them
        keys = node["propertyNames"].get("enum") or [node["propertyNames"]["const"]]
        return {
            "type": "object",
            "properties": {key: dict(value) for key in keys},
            "additionalProperties": False,
        }
    return {
        "type": "object",
        "additionalProperties": nullable(value) if rules.removable else value,
    }


def _any_of(options: list[Schema]) -> Schema:
    """Alternatives; in one node where only their types differ, which reads better in errors."""
    if len(options) == 1:
        return options[0]
    keys = [key for option in options for key in option if key != "type"]
    if len(keys) != len(set(keys)) or not all("type" in option for option in options):
        return {"anyOf": options}
    types: list[str] = []
    joined: Schema = {"type": types}
    for option in options:
        types += [option["type"]] if isinstance(option["type"], str) else option["type"]
        joined.update({key: item for key, item in option.items() if key != "type"})
    return joined


def any_case(*words: str) -> str:
    """A pattern for words in whatever letters, in one that has no flags."""
    return "|".join("".join(f"[{c.upper()}{c}]" for c in word) for word in words)


def nullable(value: Schema) -> Schema:
    """The same, or null. Objects behind references say for themselves whether they may be null."""
    if "type" in value:
        types = [value["type"]] if isinstance(value["type"], str) else list(value["type"])
        return {**value, "type": types if "null" in types else [*types, "null"]}
    if "enum" in value:
        return {**value, "enum": [*value["enum"], None]}
    if "anyOf" in value:
        null = {"type": "null"}
        return value if null in value["anyOf"] else {**value, "anyOf": [*value["anyOf"], null]}
    if "$ref" in value:
        return {"anyOf": [value, {"type": "null"}]}
    return value
