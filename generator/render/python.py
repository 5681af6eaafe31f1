"""Python values to Python literals, and statements of them as black leaves them.

A statement that fits on its line, or is laid out one item a line, is written that way at once; what
does not fit is left to black, which takes longer to import than a whole root takes to render.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.text.characters import INVISIBLE
from generator.text.patterns import lazy

# Black's own width, which is what the files are checked with where they are deployed.
_WIDTH = 88
_NAME = re.compile(r"[A-Z][A-Z_]*").fullmatch
_UNSAFE = lazy(rf"[{INVISIBLE}\\]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}

Plain = None | bool | int | str | tuple["Plain", ...] | list["Plain"] | dict[str, "Plain"]


def to_python(value: Plain) -> str:
    """A value as a Python literal on one line.

    Args:
        value: plain data.

    Returns:
        The literal, in black's style: ``ast.literal_eval`` gives the value back.

    Raises:
        TypeError: it is no plain data.
    """
    if isinstance(value, str):
        return _string(value)
    if value is None or isinstance(value, bool | int):
        return repr(value)
    if isinstance(value, Mapping):
        rows = ", ".join(f"{_string(key)}: {to_python(item)}" for key, item in value.items())
        return f"{{{rows}}}"
    if isinstance(value, list | tuple):
        items = ", ".join(map(to_python, value))
        if isinstance(value, list):
            return f"[{items}]"
        return f"({items},)" if len(value) == 1 else f"({items})"
    raise TypeError(f"no Python literal for a value of type {type(value).__name__}")


def assignments(values: Iterable[tuple[str, Plain]]) -> str:
    """Constants, one a statement, as black leaves them.

    Args:
        values: name and value of each, in order.

    Raises:
        ValueError: a name that no constant has.
    """
    return "\n".join([_assignment(name, value) for name, value in values])


def _string(text: str) -> str:
    """A string between the quotes that need fewer backslashes, double ones for choice."""
    body = _UNSAFE.sub(_escape, text)
    if '"' not in body:
        return f'"{body}"'
    if body.count("'") < body.count('"'):
        escaped = body.replace("'", "\\'")
        return f"'{escaped}'"
    escaped = body.replace('"', '\\"')
    return f'"{escaped}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    number = ord(character)
    if named := _NAMED.get(character):
        return named
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _assignment(name: str, value: Plain) -> str:
    if not _NAME(name):
        raise ValueError(f"not the name of a constant: {name!r}")
    line = f"{name} = {to_python(value)}"
    if len(line) <= _WIDTH and _one_column_each(line):
        return line
    rows, brackets = [], "{}"
    if isinstance(value, Mapping):
        rows = [f"    {_string(key)}: {to_python(item)}," for key, item in value.items()]
    elif isinstance(value, list) and len(value) > 1:
        rows, brackets = [f"    {to_python(item)}," for item in value], "[]"
    if rows and all(len(row) <= _WIDTH and _one_column_each(row) for row in rows):
        return "\n".join([f"{name} = {brackets[0]}", *rows, brackets[1]])
    return _black(line)


def _one_column_each(line: str) -> bool:
    """Whether the line is as wide as it is long; black counts East Asian characters twice."""
    return line.isascii()


# black takes 50 ms: saves 5 s of a run over 1,000 jobs of which 100 have long constants.
@lru_cache(maxsize=1024)
def _black(statement: str) -> str:
    import black
    from black.mode import TargetVersion

    # Said in full, since a default may change with a version.
    mode = black.Mode(
        target_versions={TargetVersion.PY311},
        line_length=_WIDTH,
        string_normalization=True,
        magic_trailing_comma=True,
        preview=False,
        unstable=False,
    )
    return black.format_str(statement, mode=mode).rstrip("\n")
