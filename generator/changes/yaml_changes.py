"""What changed in a YAML file: keys with their old and new values, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.changes.model import Cause
from generator.changes.values import shown
from generator.errors import InputError, KeyPath
from generator.yaml.load import load_yaml
from generator.yaml.positions import Positions

_MOST = 200  # changes of one file; beyond that the file as a whole changed
_ABSENT = object()
_SIMPLE = re.compile(r"[\w-]+")


class YamlChange(NamedTuple):
    """One change of a file.

    Attributes:
        path: of keys; empty for the file as a whole.
        cause: as it is told.
    """

    path: KeyPath
    cause: Cause


def yaml_changes(
    file: str, old: bytes | None, new: bytes | None, before: str = ""
) -> tuple[YamlChange, ...]:
    """Compare two versions of a file.

    Args:
        file: as it is told, below the project folder.
        old: its content before; None where it was not there.
        new: its content; None where it is gone.
        before: what it was called, where that is another name.
    """
    if new is None or old is None:
        said = "is new" if old is None else "is gone"
        return () if old is new else (YamlChange((), Cause(file, 1, 1, said)),)
    moved = [YamlChange((), Cause(file, 1, 1, f"was {before}"))] if before not in ("", file) else []
    try:
        found = list(_differing(load_yaml(old, file), load_yaml(new, file), ()))
    except InputError as error:
        location = error.problems[0].location
        line, column = (location.line or 1, location.column or 1) if location else (1, 1)
        return (*moved, YamlChange((), Cause(file, line, column, "cannot be read")))
    if len(found) > _MOST:
        return (*moved, YamlChange((), Cause(file, 1, 1, f"changed in {len(found)} places")))
    if not found:
        return tuple(moved)
    positions = Positions(new.decode("utf-8-sig", "replace"))
    return (
        *moved,
        *(
            YamlChange(path, Cause(file, *positions.find(path, True), _said(path, before_, after)))
            for path, before_, after in found
        ),
    )


def data_of(data: bytes | None) -> Any:
    """The document, or None where it is none."""
    try:
        return None if data is None else load_yaml(data, "")
    except InputError:
        return None


def _differing(old: Any, new: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*new, *old)):
            yield from _differing(old.get(key, _ABSENT), new.get(key, _ABSENT), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and _are_mappings(old, new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differing(before, after, (*path, index))
    elif old is _ABSENT and isinstance(new, dict) and new:
        for key, value in new.items():
            yield from _differing(_ABSENT, value, (*path, key))
    elif old != new:
        yield path, old, new


def _are_mappings(old: list[Any], new: list[Any]) -> bool:
    return len(old) == len(new) and all(isinstance(item, dict) for item in (*old, *new))


def _said(path: KeyPath, old: Any, new: Any) -> str:
    key = key_of(path)
    name = str(path[-1]) if path else ""
    if old is _ABSENT:
        return f"{key}: added {shown(name, new)}"
    if new is _ABSENT:
        return f"{key}: removed {shown(name, old)}"
    return f"{key}: {shown(name, old)} -> {shown(name, new)}"


def key_of(path: KeyPath) -> str:
    """Keys as one word: ``finops.cost_center``, ``labels."a.b"``, ``steps[0]``."""
    text = ""
    for item in path:
        if isinstance(item, int):
            text += f"[{item}]"
            continue
        word = str(item)
        word = word if _SIMPLE.fullmatch(word) else f'"{word}"'
        text += f".{word}" if text else word
    return text
