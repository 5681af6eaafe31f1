"""What an unquoted scalar of a YAML file may stand for.

Every scalar stays the text that the user wrote: which type a value has is the business of the
field it is for, so ``no``, ``0123``, ``1_000`` or ``12:30:45`` stay themselves wherever a string
is expected.
"""

from __future__ import annotations

import re
from typing import Any

from generator.text.patterns import lazy

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
MERGE = "<<"
# How the scalars begin, and what they are, that some YAML version gives a type.
MAYBE_TYPED = frozenset("0123456789+-.tTfFyYnNoO")
TYPED = lazy(
    r"(?:true|false|yes|no|on|off|y|n)|[-+]?\.?[0-9][0-9A-Za-z_.:+\- ]*|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_CORE_INT = lazy(r"[-+]?(?:0|[1-9][0-9]*)")
_CORE_FLOAT = lazy(r"[-+]?(?:(?:0|[1-9][0-9]*)?\.[0-9]+|(?:0|[1-9][0-9]*)\.?)(?:[eE][-+]?[0-9]+)?")
_CORE_BOOL = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_LONGEST_NUMBER = 300


class PlainScalar(str):
    """An unquoted scalar that some YAML version reads as a number, boolean or date."""

    __slots__ = ()


def typed(value: Any) -> Any:
    """Give unquoted scalars their YAML 1.2 type, where no field says which type it wants.

    ``true`` becomes True, ``12`` and ``1.5`` numbers; ``no``, ``0123``, ``1_000`` and dates
    stay text (YAML 1.2.2, section 10.3, the core schema, less its octal and hex forms).
    """
    if type(value) is PlainScalar:
        return _typed_scalar(value)
    if type(value) is dict:
        return {key: typed(item) for key, item in value.items()}
    if type(value) is list:
        return [typed(item) for item in value]
    return value


def _typed_scalar(text: str) -> bool | int | float | str:
    if text in _CORE_BOOL:
        return _CORE_BOOL[text]
    if len(text) < _LONGEST_NUMBER:
        if _CORE_INT.fullmatch(text):
            return int(text)
        if _CORE_FLOAT.fullmatch(text):
            number = float(text)
            if abs(number) != float("inf"):
                return number
    return str(text)
