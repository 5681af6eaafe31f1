"""What pydantic found, said in sentences about the user's file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from generator.errors import KeyPath, Location, Problem
from generator.model.shape_hints import keys_of, shape_hint
from generator.model.variables import names_left, unfilled, waits
from generator.text.hints import suggest

LocationOf = Callable[[KeyPath, bool], Location]

_SENTENCES = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_pattern_mismatch": "must match {pattern}",
    "string_too_long": "may have at most {max_length} characters",
    "too_long": "may have at most {max_length} characters",
}


def problems_of(
    error: ValidationError,
    model: type[BaseModel],
    location_of: LocationOf,
    above: KeyPath = (),
) -> list[Problem]:
    """Translate a validation error.

    Args:
        error: what pydantic raised.
        model: the model that was validated, for did-you-mean.
        location_of: from a path in the document (and whether the key is meant) to its place.
        above: the keys that lead to what was validated, where that is a part of the document.

    Returns:
        One problem for each fault, in pydantic's order.
    """
    faults = error.errors(include_url=False)
    return [_problem(fault, model, location_of, above) for fault in faults]


def _problem(
    fault: Any, model: type[BaseModel], location_of: LocationOf, above: KeyPath
) -> Problem:
    path: KeyPath = (*above, *fault["loc"])
    on_key = path[-1:] == ("[key]",)
    path = path[:-1] if on_key else path
    name = dotted(path)
    kind = fault["type"]
    given = fault["input"]
    if waits(given):
        names = names_left(given)
        location = location_of(path, on_key)
        return _undefined(names[0], name, location) if names else unfilled(given, location)
    if kind == "extra_forbidden" and path[-1] in _credentials(model, path[len(above) : -1]):
        message = f'"{name}" is a credential and would be committed'
        hint = "leave it out and let whoever applies set it in the environment"
        return Problem("credential", message, location_of(path, True), hint)
    if kind == "extra_forbidden":
        return unknown_key(
            path, sorted(keys_of(_model_at(model, path[len(above) : -1]))), location_of
        )
    if kind == "missing":
        return Problem("missing-key", f'"{name}" is missing', location_of(path, True))
    if kind == "literal_error":
        options = [
            str(v)
            for v in fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        ]
        message = f'"{name}" must be {_alternatives(options)}, not {shown(given)}'
        return Problem(
            "invalid-value", message, location_of(path, on_key), suggest(str(given), options)
        )
    sentence = _SENTENCES.get(kind)
    told = sentence.format(**fault.get("ctx", {})) if sentence else fault["msg"]
    message = f'"{name}" {told}, got {shown(given)}'
    hint = shape_hint(kind, given, path, _model_at(model, path[len(above) :]))
    return Problem("invalid-value", message, location_of(path, on_key), hint)


def _undefined(name: str, field: str, location: Location) -> Problem:
    """A field that is no free text cannot wait for a Terraform variable."""
    hint = f"add {name} under `values:` in dativo.yaml: {field} must be known when generating"
    return Problem("undefined-variable", f"${{{name}}} is not defined", location, hint)


def unknown_key(path: KeyPath, known: list[str], location_of: LocationOf) -> Problem:
    """The problem of a key that does not exist, with what may have been meant."""
    key = str(path[-1])
    where = f' in "{dotted(path[:-1])}"' if len(path) > 1 else ""
    hint = suggest(key, known, "known keys: " + ", ".join(known))
    return Problem("unknown-key", f'unknown key "{key}"{where}', location_of(path, True), hint)


def shown(value: Any) -> str:
    """A short form of a value for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f'"{text[:40]}..."' if len(text) > 43 else f'"{text}"'


def dotted(path: KeyPath) -> str:
    """Keys and positions as people write them: ``schema[0].name``."""
    return "".join(f"[{item}]" if isinstance(item, int) else f".{item}" for item in path).lstrip(
        "."
    )


def _alternatives(options: list[str]) -> str:
    return " or ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)


def _credentials(model: type[BaseModel], path: KeyPath) -> frozenset[str]:
    """The keys that the model at ``path`` knows to be credentials, which it does not take."""
    found: frozenset[str] = getattr(_model_at(model, path), "CREDENTIALS", frozenset())
    return found


def _model_at(model: type[BaseModel], path: KeyPath) -> Any:
    """The model of what stands at ``path``; None where there is none."""
    current: Any = model
    for item in path:
        field = getattr(current, "model_fields", {}).get(item)
        if field is None:
            field = next(
                (f for f in getattr(current, "model_fields", {}).values() if f.alias == item), None
            )
        current = _model_in(field.annotation) if field is not None else _model_in(current)
        if current is None:
            return None
    return current


def _model_in(annotation: Any) -> Any:
    """The model that an annotation holds: itself, or inside ``X | None`` or ``dict[str, X]``."""
    from typing import get_args

    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in get_args(annotation):
        if (found := _model_in(argument)) is not None:
            return found
    return None
