"""``${NAME}`` in job files: filled from facts and settings, never from the environment.

Text passes through twice. ``fill`` puts in what is known early and leaves the rest;
``finish`` or ``parts`` reads what is left, exactly once, where the text is used. Between
the two a literal ``${NAME}`` is written ``$${NAME}``, as in Terraform.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.errors import InputError, Location, Problem
from generator.text.patterns import lazy

_VARIABLE = lazy(r"(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
NAME = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
# What every job says of itself; no value of dativo.yaml can stand in their place.
FACTS = ("TENANT_ID", "ENVIRONMENT", "JOB_NAME", "ASSET", "REGION")


def escape(text: str) -> str:
    """Make every ``${NAME}`` in ``text`` literal."""
    return _VARIABLE.sub(lambda match: "$" + match[0], text) if "${" in text else text


def fill(value: Any, known: Mapping[str, str]) -> Any:
    """Replace ``${NAME}`` wherever ``known`` has NAME; mappings and lists are walked.

    Args:
        value: text, or plain data holding text. Keys of mappings are left alone.
        known: name to text, as it may stand in a job file: a literal ``${NAME}`` is escaped.
            The names in ``FACTS`` stand for any case.

    Returns:
        The same object where nothing changed.
    """
    kind = type(value)
    if kind is dict:
        changed = None
        for key, item in value.items():
            if item is None or (isinstance(item, str) and "${" not in item):
                continue
            if (filled := fill(item, known)) is not item:
                changed = changed or dict(value)
                changed[key] = filled
        return changed or value
    if kind is list:
        items = [fill(item, known) for item in value]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, str) and "${" in value:
        return _fill_text(value, known)
    return value


def _fill_text(text: str, known: Mapping[str, str]) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        fact = match[2].upper()
        value = known.get(fact if fact in FACTS else match[2])
        return match[0] if value is None else value

    filled = _VARIABLE.sub(replace, text)
    return text if filled == text else filled


def names_left(text: str) -> list[str]:
    """The names that ``fill`` did not know, in order."""
    return [m[2] for m in _VARIABLE.finditer(text) if not m[1]] if "${" in text else []


def finish(text: str, location: Location | None) -> str:
    """The text as it is meant, where no variable may be left.

    Raises:
        InputError: a name is not defined.
    """
    if "${" not in text:
        return text
    if left := names_left(text):
        raise InputError(undefined(left[0], location))
    return _VARIABLE.sub(lambda match: match[0][1:], text)


def parts(text: str) -> list[tuple[str, str]]:
    """Split text into ("text", literal) and ("variable", NAME) pieces."""
    pieces: list[tuple[str, str]] = []
    end = 0
    literal = ""
    for match in _VARIABLE.finditer(text):
        literal += text[end : match.start()]
        end = match.end()
        if match[1]:
            literal += match[0][1:]
            continue
        pieces += [("text", literal)] if literal else []
        pieces.append(("variable", match[2]))
        literal = ""
    literal += text[end:]
    return [*pieces, ("text", literal)] if literal or not pieces else pieces


def undefined(name: str, location: Location | None) -> Problem:
    """The problem of a name that nothing defines."""
    fact = name.upper() if name.upper() in FACTS else None
    if fact is None:
        hint = f"add {name} under `values:` in dativo.yaml"
        hint += f", or write $${{{name}}} for the literal text"
    else:
        hint = f"here it would need itself, or the job has no {fact.lower()}"
    return Problem("undefined-variable", f"${{{name}}} is not defined", location, hint)
