"""What to write where a value has another shape than its field."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from generator.errors import KeyPath
from generator.text.patterns import lazy
from generator.yaml.write import flow

_MAPPING = frozenset(("dict_type", "model_type", "model_attributes_type"))
_LIST = frozenset(("tuple_type", "list_type"))
_NUMBER = frozenset(("int_type", "int_parsing", "float_type", "float_parsing"))
_LONGEST = 60
_DURATION = lazy(r"(\d{1,6}) *(s|sec|m|min|h|d)")
_SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def keys_of(model: Any) -> dict[str, FieldInfo]:
    """The keys that a model knows, as they are written; none where it is no model."""
    fields: dict[str, FieldInfo] = getattr(model, "model_fields", {})
    return {field.alias or name: field for name, field in fields.items()}


def shape_hint(kind: str, given: Any, path: KeyPath, model: Any) -> str:
    """The value as it should be written, as far as that is known; "" where it is not.

    Args:
        kind: pydantic's name of the fault.
        given: what the user wrote.
        path: the keys to it.
        model: the model of what should stand there; None where it is none.
    """
    # What stands in a list has no key to be written with.
    key = path[-1] if path and isinstance(path[-1], str) else ""
    short = key and isinstance(given, str | int | float) and len(str(given)) <= _LONGEST
    if kind in _MAPPING and model is not None:
        keys = keys_of(model)
        needed = [name for name, field in keys.items() if field.is_required()]
        if short and len(needed) == 1:
            return f"write `{key}: {flow({needed[0]: given})}`"
        return "its keys: " + ", ".join(sorted(keys))
    if kind in _LIST and short:
        return f"write `{key}: {flow([given])}`"
    if kind in _NUMBER and key.endswith("_seconds"):
        read = _DURATION.fullmatch(str(given).strip())
        return f"write {int(read[1]) * _SECONDS[read[2]]}, which is in seconds" if read else ""
    return ""
