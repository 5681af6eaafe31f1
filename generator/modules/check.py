"""Values against type constraints, by Terraform's own conversion rules, without Terraform."""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.modules.types import Type
from generator.text.expression import Interpolation, Reference, Value
from generator.yaml.scalars import PlainScalar, typed

_TRUE = frozenset(("true", "yes", "on"))
_FALSE = frozenset(("false", "no", "off"))
# Quoted texts that Terraform takes for a bool.
_TEXTS = {"true": True, "false": False, "1": True, "0": False}


class Misfit(NamedTuple):
    """A value, or a part of it, that does not fit.

    Attributes:
        path: keys and positions from the input's value to the part.
        message: what is wrong, to follow the name of the part.
        unknown: candidates, where an attribute name is not known.
    """

    path: KeyPath
    message: str
    unknown: tuple[str, ...] | None = None


def fit(kind: Type, value: Any, path: KeyPath = ()) -> tuple[Value, list[Misfit]]:
    """Convert a value to a type constraint.

    Unquoted YAML scalars take the type that the module asks for: ``no`` is false for a bool
    and the text "no" for a string.

    Args:
        kind: the constraint.
        value: plain data, unquoted scalars as ``PlainScalar``; expressions pass as they are.
        path: where the value stands inside the input.

    Returns:
        The value as HCL should have it, and what does not fit.
    """
    if value is None or isinstance(value, Reference | Interpolation):
        return value, []
    if kind.kind == "any":
        return typed(value), []
    if kind.kind in ("string", "number", "bool"):
        return _fit_primitive(kind.kind, value, path)
    if kind.kind in ("list", "set", "tuple"):
        return _fit_sequence(kind, value, path)
    if not isinstance(value, dict):
        return value, [Misfit(path, f"must be {_article(kind)}, got {_shown(value)}")]
    return _fit_object(kind, value, path) if kind.kind == "object" else _fit_map(kind, value, path)


def _fit_primitive(kind: str, value: Any, path: KeyPath) -> tuple[Value, list[Misfit]]:
    wrong = [Misfit(path, f"must be {_WORDS[kind]}, got {_shown(value)}")]
    if isinstance(value, dict | list | tuple):
        return None, wrong
    if kind == "string":
        return (str(value).lower() if isinstance(value, bool) else str(value)), []
    if kind == "bool":
        return _fit_bool(value, wrong)
    if isinstance(value, bool):
        return value, wrong
    number = value if isinstance(value, int | float) else typed(PlainScalar(value))
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        return value, wrong
    return number, []


def _fit_bool(value: Any, wrong: list[Misfit]) -> tuple[Value, list[Misfit]]:
    if isinstance(value, bool):
        return value, []
    if isinstance(value, PlainScalar) and value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE, []
    if isinstance(value, str) and not isinstance(value, PlainScalar) and value in _TEXTS:
        return _TEXTS[value], []
    return value, wrong


def _fit_sequence(kind: Type, value: Any, path: KeyPath) -> tuple[Value, list[Misfit]]:
    if not isinstance(value, list | tuple):
        return value, [Misfit(path, f"must be a list, got {_shown(value)}")]
    if kind.kind == "tuple" and len(value) != len(kind.items):
        return list(value), [Misfit(path, f"must have {len(kind.items)} items, got {len(value)}")]
    kinds = kind.items if kind.kind == "tuple" else (kind.item or Type("any"),) * len(value)
    fitted, misfits = [], []
    for index, (item_kind, item) in enumerate(zip(kinds, value, strict=True)):
        result, found = fit(item_kind, item, (*path, index))
        fitted.append(result)
        misfits += found
    return fitted, misfits


def _fit_map(kind: Type, value: dict[str, Any], path: KeyPath) -> tuple[Value, list[Misfit]]:
    fitted: dict[str, Value] = {}
    misfits = []
    for key, item in value.items():
        fitted[key], found = fit(kind.item or Type("any"), item, (*path, key))
        misfits += found
    return fitted, misfits


def _fit_object(kind: Type, value: dict[str, Any], path: KeyPath) -> tuple[Value, list[Misfit]]:
    fitted: dict[str, Value] = {}
    misfits = []
    for key, item in value.items():
        if key not in kind.attributes:
            misfits.append(
                Misfit((*path, key), f'has no attribute "{key}"', tuple(kind.attributes))
            )
            continue
        fitted[key], found = fit(kind.attributes[key], item, (*path, key))
        misfits += found
    for key in kind.attributes:
        if key not in value and key not in kind.optional:
            misfits.append(Misfit(path, f'lacks the attribute "{key}"'))
    return fitted, misfits


_WORDS = {"string": "text", "number": "a number", "bool": "true or false"}


def _article(kind: Type) -> str:
    return "a mapping" if kind.kind == "map" else f"a mapping with {', '.join(kind.attributes)}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f'"{str(value)[:40]}"'


def fits(kind: Type, value: Any) -> bool:
    """Whether a value is of a type as it stands; most are, and this is quicker than ``fit``."""
    given, wanted = type(value), kind.kind
    if wanted == "string":  # PlainScalar, a subclass of str, may still have to be a number
        return given is str
    if wanted == "number":
        return given is int or given is float
    if wanted == "bool":
        return given is bool
    inner = kind.item
    if inner is not None and wanted == "map" and given is dict:
        return all(fits(inner, item) for item in value.values())
    if inner is not None and wanted in ("list", "set") and given is list:
        return all(fits(inner, item) for item in value)
    if wanted == "object" and given is dict:
        types = kind.attributes
        return all(key in types and fits(types[key], item) for key, item in value.items()) and (
            len(value) == len(types) or all(key in value or key in kind.optional for key in types)
        )
    return False
