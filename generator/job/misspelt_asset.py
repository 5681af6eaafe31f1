"""Misspelt keys of an asset file of either shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.errors import Location, Problem
from generator.job.misspelt import LIST, MAPPING, TEXT, misspelt_in, misspelt_keys, shapes
from generator.model.asset import GOVERNANCE, Asset

if TYPE_CHECKING:
    from generator.model.problems import LocationOf

_ANY = frozenset((TEXT, LIST, MAPPING))
_SECTION = frozenset((MAPPING,))


def misspelt_in_asset(
    document: dict[str, Any], flat: dict[str, Any], file: str, location: LocationOf
) -> Iterator[Problem]:
    """Keys that are one or two edits away from one that becomes a tag.

    Args:
        document: the asset file as plain data.
        flat: the same in the flat shape.
        file: the asset file, below the project folder.
        location: from a path in the flat shape to the place in the file.
    """

    def written(path: tuple[str | int, ...], on_key: bool) -> Location:
        return Location(file, path, on_key)

    yield from misspelt_in(flat, Asset, location)
    nested = document.get("asset")
    outer, at = (nested, ("asset",)) if isinstance(nested, dict) else (document, ())
    if outer is not nested and shapes(Asset).keys().isdisjoint(document):
        yield from misspelt_keys(document, {"asset": _SECTION}, written)
    yield from misspelt_keys(outer, {"governance": _SECTION}, written, at)
    governance = outer.get("governance")
    if isinstance(governance, dict):
        sources = {source: _ANY for source, _, _ in GOVERNANCE}
        yield from misspelt_keys(governance, sources, written, (*at, "governance"))
