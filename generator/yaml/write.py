"""Plain data to YAML that every parser reads alike, whichever YAML version it follows.

Text is written without quotes only where no version takes it for anything else; the rest is
in double quotes, with the escapes of YAML 1.2 (chapter 5.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from generator.text.characters import in_line

# Begins with a letter, so it is no number; the words are those of YAML 1.1 and 1.2.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@+-]*").fullmatch
_LONGEST_KEY = 1000  # a parser reads on for a colon by 1,024 characters
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def scalar(value: Any) -> str:
    """A scalar; text in quotes where it could be read as something else.

    Raises:
        TypeError: a list, a mapping, or another kind of object.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = _PLAIN(value) and value.lower() not in _WORDS
        return value if plain else quoted(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and isfinite(value):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no YAML scalar for a value of type {type(value).__name__}")


def quoted(text: str) -> str:
    """Text in double quotes, on one line."""
    return f'"{in_quotes(text)}"'


def in_quotes(text: str) -> str:
    """Text as it stands between double quotes; what cannot be seen is escaped."""
    return in_line(text.replace("\\", "\\\\").replace('"', '\\"'))


def flow(value: Any) -> str:
    """Any value on one line: ``[a, b]``, ``{key: value}``."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_of(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def key_of(key: Any, between: str = " ") -> str:
    """A key up to its colon; a long one is told for a key before it begins (YAML 1.2, 7.4.2).

    Args:
        key: a scalar.
        between: what separates a long one from its colon: a blank, or a line feed and the columns
            that the key has before it.

    Raises:
        TypeError: as ``scalar``.
    """
    text = scalar(key)
    return text if len(text) < _LONGEST_KEY else f"? {text}{between}"


def block(value: Mapping[str, Any], indent: int = 0) -> str:
    """A mapping, a line for each key and item; ends with a line feed.

    Args:
        value: what to write.
        indent: columns before each key.
    """
    margin = " " * indent
    between = f"\n{margin}"
    lines = []
    for key, item in value.items():
        if isinstance(item, Mapping) and item:
            lines.append(f"{margin}{key_of(key, between)}:\n{block(item, indent + 2)}")
        elif isinstance(item, list | tuple) and item:
            below = "".join(f"{margin}  - {flow(one)}\n" for one in item)
            lines.append(f"{margin}{key_of(key, between)}:\n{below}")
        else:
            lines.append(f"{margin}{key_of(key, between)}: {flow(item)}\n")
    return "".join(lines) if lines else f"{margin}{{}}\n"


def spliced(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """A text with some of its parts replaced.

    Args:
        text: the whole.
        pieces: start, end and new text of each part, in order and apart from each other.
    """
    result, done = [], 0
    for start, end, new in pieces:
        result += [text[done:start], new]
        done = end
    return "".join([*result, text[done:]])
