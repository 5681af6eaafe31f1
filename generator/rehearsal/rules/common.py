"""What the rules of all clouds share: names, ranges, choices, cron fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.values import is_unknown, known

# attribute, longest, pattern
NameRule = tuple[str, int, str]

CRON_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
CRON_WORDS = (
    (),
    (),
    (),
    ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
    ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
)


def present(value: object) -> bool:
    """True for a value that is known and set."""
    return value is not None and known(value)


def check_name(rules: dict[str, NameRule], kind: str, value: Resource) -> Iterator[Problem]:
    """The rule for the name of ``kind``, if the table has one."""
    if kind not in rules:
        return
    attribute, longest, pattern = rules[kind]
    name = value.get(attribute)
    if not isinstance(name, str):
        return
    if len(name) > longest:
        detail = f"{name!r} has {len(name)} characters; the API takes {longest}."
        yield f"{kind}: {attribute} is too long", detail
    elif not re.fullmatch(pattern, name):
        yield f"{kind}: invalid {attribute}", f"{name!r} does not match {pattern}."


def in_range(
    kind: str, value: Resource, attribute: str, low: float, high: float
) -> Iterator[Problem]:
    """A number must lie between ``low`` and ``high``, both included."""
    number = value.get(attribute)
    if isinstance(number, int | float) and not low <= number <= high:
        yield f"{kind}: invalid {attribute}", f"{number} is outside {low} to {high}."


def duration(kind: str, value: Resource, attribute: str, low: int, high: int) -> Iterator[Problem]:
    """A duration in seconds, as Google writes it (``3.5s``), between two limits."""
    text = value.get(attribute)
    if not isinstance(text, str):
        return
    found = re.fullmatch(r"(\d+(?:\.\d{1,9})?)s", text)
    if not found or not low <= float(found[1]) <= high:
        yield f"{kind}: invalid {attribute}", f"{text!r} is not {low}s to {high}s."


def one_of(kind: str, value: Resource, attribute: str, choices: Iterable[Any]) -> Iterator[Problem]:
    """A value must be one of ``choices``."""
    chosen = value.get(attribute)
    if present(chosen) and chosen not in (options := list(choices)):
        yield f"{kind}: invalid {attribute}", f"{chosen!r} is not one of {options}."


def exactly_one(kind: str, value: Resource, *attributes: str) -> Iterator[Problem]:
    """One of the attributes or blocks must be set, and no other; an unknown one may be it."""
    given = [value.get(a) for a in attributes]
    found = [a for a, v in zip(attributes, given, strict=True) if not is_unknown(v) and v]
    if len(found) > 1 or not (found or any(is_unknown(v) for v in given)):
        names = ", ".join(attributes)
        yield f"{kind}: exactly one of {names}", f"Set: {', '.join(found) or 'none'}."


def unique(kind: str, what: str, names: Iterable[Any]) -> Iterator[Problem]:
    """Names must differ."""
    seen: set[str] = set()
    for name in names:
        if isinstance(name, str) and name in seen:
            yield f"{kind}: {what} given twice", repr(name)
        seen.add(name if isinstance(name, str) else "")


def unix_cron(expression: str) -> bool:
    """True for five fields: minute, hour, day of month, month, day of week."""
    parts = expression.split()
    return len(parts) == 5 and all(
        cron_field(part, *limits, words)
        for part, limits, words in zip(parts, CRON_RANGES, CRON_WORDS, strict=True)
    )


def cron_field(text: str, low: int, high: int, words: tuple[str, ...] = ()) -> bool:
    """True for a list of ``*``, numbers, names and ranges, each with an optional step."""
    return all(_cron_item(item, low, high, words) for item in text.split(","))


def _cron_item(item: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    body, _, step = item.partition("/")
    if "/" in item and not (step.isdigit() and int(step) > 0):
        return False
    if body == "*":
        return True
    for end in body.split("-", 1):
        if end.upper() in words:
            continue
        if not end.isdigit() or not low <= int(end) <= high:
            return False
    return True
