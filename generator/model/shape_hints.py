"""What to write where a value has another shape than its field."""

from __future__ import annotations

import re
from typing import Any

from generator.errors import KeyPath
from generator.yaml.write import flow

_MAPPING = frozenset(("dict_type", "model_type", "model_attributes_type"))
_LIST = frozenset(("tuple_type", "list_type"))
_NUMBER = frozenset(("int_type", "int_parsing", "float_type", "float_parsing"))
_LONGEST = 60
_DURATION = re.compile(r"(\d{1,6}) *(s|sec|m|min|h|d)").fullmatch
_SECONDS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def shape_hint(kind: str, given: Any, path: KeyPath, model: Any) -> str:
    """The value as it should be written, as far as that is known; "" where it is not.

    Args:
        kind: pydantic's name of the fault.
        given: what the user wrote.
        path: the keys to it.
        model: the model of what should stand there; None where it is none.
    """
    key = str(path[-1]) if path else ""
    short = isinstance(given, str | int | float) and len(str(given)) <= _LONGEST
    if kind in _MAPPING and model is not None:
        fields = model.model_fields
        needed = [field.alias or name for name, field in fields.items() if field.is_required()]
        if short and len(needed) == 1 and isinstance(path[-1], str):
            return f"write `{key}: {flow({needed[0]: given})}`"
        return "its keys: " + ", ".join(sorted(field.alias or n for n, field in fields.items()))
    if kind in _LIST and short and isinstance(path[-1], str):
        return f"write `{key}: {flow([given])}`"
    if kind in _NUMBER and key.endswith("_seconds"):
        read = _DURATION(str(given).strip())
        return f"write {int(read[1]) * _SECONDS[read[2]]}, which is in seconds" if read else ""
    return ""
