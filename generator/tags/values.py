"""A value of a file as the texts of a tag."""

from __future__ import annotations

from typing import Any

from generator.concepts.table import LISTS
from generator.errors import InputError, Location, Problem
from generator.model.variables import finish

Values = tuple[str, ...]


def values_of(concept: str, value: Any, location: Location | None) -> Values | None:
    """A value as texts; None when there is nothing in it.

    Booleans become ``true`` and ``false``. Text with commas becomes a list where the concept
    is one, since earlier files wrote lists that way.

    Args:
        concept: decides whether the value is a list.
        value: a scalar, a list of scalars, or None.
        location: where it stands.

    Raises:
        InputError: a mapping, a nested list, or a variable that nothing defines.
    """
    if isinstance(value, str) and concept not in LISTS:
        if not value or value.isspace():
            return None
        return (finish(value, location),)
    if isinstance(value, list | tuple):
        items = [_text(item, location) for item in value if item is not None]
    elif value is None:
        return None
    else:
        items = [_text(value, location)]
    if concept in LISTS:
        items = [part.strip() for item in items for part in item.split(",")]
    return tuple(item for item in items if item and not item.isspace()) or None


def _text(value: Any, location: Location | None) -> str:
    if isinstance(value, str):
        return finish(value, location)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    kind = "a mapping" if isinstance(value, dict) else "a list inside a list"
    raise InputError(
        Problem("tag-type", f"a tag holds text or a list of texts, not {kind}", location)
    )
