"""A manifest that git put together from two branches.

Either git took the lines of both (``merge=union`` in .gitattributes), or it left a conflict.
A manifest is written one key a line, so that what each branch said can still be told: where a
key is there more than once, the first is that of one branch, the last that of the other.
"""

from __future__ import annotations

import json
import re
from typing import Any

from generator.text.conflicts import marker

_LINE = re.compile(r'(  |    )("(?:[^"\\]|\\.)*"): (.*?),?\s*').fullmatch
_FILES = "files"
_BRACES = frozenset(("{", "}", "  }", "  },", ""))
# Branches that were merged one after another, with nothing generated in between.
_MOST = 16
MAX_BYTES = 256 * 1024


def documents(data: bytes) -> list[dict[str, Any]]:
    """What a manifest says: one document, or of a merge one for each branch.

    Returns:
        Nothing when it is garbled. A key of one branch alone is in the document of each.
    """
    if len(data) > MAX_BYTES:
        return []
    try:
        found = json.loads(data, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        return _by_lines(data)
    return [found] if isinstance(found, dict) else []


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _by_lines(data: bytes) -> list[dict[str, Any]]:
    """The documents of a manifest that is none as it stands."""
    keys: dict[str, list[Any]] = {}
    files: dict[str, list[Any]] = {}
    base = False
    try:
        for line in data.decode().splitlines():
            kind = marker(line)
            base = kind == "|||||||" or (base and kind is None)
            if base or kind is not None or line.rstrip() in _BRACES:
                continue
            found = _LINE(line)
            if found is None:
                return []
            name = json.loads(found[2])
            if found[1] == "  " and name == _FILES and found[3] in ("{", "{}"):
                continue
            values = (keys if found[1] == "  " else files).setdefault(name, [])
            value = json.loads(found[3])
            if value not in values:
                values.append(value)
    except (ValueError, RecursionError):
        return []
    count = max(map(len, (*keys.values(), *files.values())), default=0)
    if count > _MOST:
        return []
    return [{**_nth(keys, turn), _FILES: _nth(files, turn)} for turn in range(count)]


def _nth(values: dict[str, list[Any]], turn: int) -> dict[str, Any]:
    return {name: found[min(turn, len(found) - 1)] for name, found in values.items()}
