"""What modules demand of their inputs' values, so that a job is told before Terraform is run.

A ``validation`` block is kept as rules for parts of the value. What they say nothing of is left to
Terraform: null, values that nobody knows before apply, values of another type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from generator.errors import KeyPath
from generator.text import linear

# Steps of a rule's path beside the names of attributes.
EACH, KEYS, LENGTH = "[]", "{}", "#"
# Where RE2 and Rust's regular expressions differ: classes of Perl are those of ASCII.
# Sources: RE2, "Syntax"; Rust's crate regex, "Syntax".
_CLASSES = {r"\d": "[0-9]", r"\D": "[^0-9]", r"\w": "[0-9A-Za-z_]", r"\W": "[^0-9A-Za-z_]"}
_CLASSES |= {r"\s": r"[\t\n\f\r ]", r"\S": r"[^\t\n\f\r ]", r"\<": "<", r"\>": ">"}
# What Rust counts among the class C that RE2 does not are characters that are not assigned.
_CLASSES |= {r"\pC": r"[\p{Cc}\p{Cf}\p{Co}]"}


class Rule(NamedTuple):
    """What a part of a value must be.

    Attributes:
        path: the steps to the part: attributes, or each item or value, each key, the length.
        kind: a key of ``_KINDS``.
        argument: what the part is compared with: a pattern, a list of values, a number.
    """

    path: tuple[str, ...]
    kind: str
    argument: Any

    def holds(self, value: Any) -> bool:
        """Whether one part is as it must be; one of another type is not judged."""
        return _KINDS[self.kind](value, self.argument)


class Validation(NamedTuple):
    """A ``validation`` block that was understood as a whole.

    Attributes:
        message: what the module says where a rule does not hold.
        rules: all have to hold.
    """

    message: str
    rules: tuple[Rule, ...]

    def faults(self, value: Any) -> Iterator[tuple[KeyPath, Any, str]]:
        """Each part of an input's value that is not as it must be.

        Args:
            value: plain data; what is an object of another kind, or null, is passed over.

        Yields:
            The part's path below the value, the part, and ``KEYS`` or ``LENGTH`` where it is one.
        """
        found = set[KeyPath]()
        for path, kind, argument in self.rules:
            holds = _KINDS[kind]
            if not path:  # as most rules are
                if not holds(value, argument) and () not in found:
                    found.add(())
                    yield (), value, ""
                continue
            for at, part in _parts(value, path):
                if not holds(part, argument) and at not in found:
                    found.add(at)
                    yield at, part, path[-1]


def _parts(value: Any, path: tuple[str, ...]) -> list[tuple[KeyPath, Any]]:
    """The parts that the steps of a path lead to, each with its path below the value."""
    found: list[tuple[KeyPath, Any]] = [((), value)]
    for step in path:
        found = [(at + key, item) for at, part in found for key, item in _below(part, step)]
    return found


def _below(value: Any, step: str) -> list[tuple[KeyPath, Any]]:
    if step == LENGTH:
        # Equal items of a set are one item, and nothing here tells a set from a list.
        countable = isinstance(value, dict) or (isinstance(value, list) and not _repeats(value))
        return [((), len(value))] if countable else []
    if isinstance(value, dict):
        if step in (EACH, KEYS):
            return [((key,), key if step == KEYS else item) for key, item in value.items()]
        return [((step,), value[step])] if step in value else []
    if isinstance(value, list) and step == EACH:
        return [((index,), item) for index, item in enumerate(value)]
    return []


def _repeats(items: list[Any]) -> bool:
    return any(item in items[:index] for index, item in enumerate(items))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _among(value: Any, allowed: list[Any]) -> bool:
    """Whether a value is one of those, or of another type than they."""
    if _is_number(value):
        return value in allowed or not all(map(_is_number, allowed))
    return value in allowed or not isinstance(value, str) or not _all_text(allowed)


def _all_text(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _not_among(value: Any, refused: list[Any]) -> bool:
    return type(value) not in (str, int, float) or value not in refused


def _matches(value: Any, pattern: str) -> bool:
    return not isinstance(value, str) or _is_found(pattern, value)


def _differs(value: Any, pattern: str) -> bool:
    return not isinstance(value, str) or not _is_found(pattern, value)


# Roots share most of their values, and an answer takes Rust's engine 3 us.
@lru_cache(maxsize=8192)
def _is_found(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text as Terraform has it, which normalises all.

    Source: Terraform language, "Strings".
    """
    return matcher(pattern)(text if text.isascii() else normalize("NFC", text))


_KINDS: dict[str, Callable[[Any, Any], bool]] = {
    "matches": _matches,
    "differs": _differs,
    "among": _among,
    "not among": _not_among,
    ">=": lambda value, least: not _is_number(value) or value >= least,
    "<=": lambda value, most: not _is_number(value) or value <= most,
    ">": lambda value, bound: not _is_number(value) or value > bound,
    "<": lambda value, bound: not _is_number(value) or value < bound,
    "whole": lambda value, _: not _is_number(value) or value % 1 == 0,
}


@cache
def matcher(pattern: str) -> Callable[[Any], bool]:
    """What tells whether a pattern of Terraform's ``regex`` is found in a text.

    Terraform runs RE2, and Python's ``re`` differs from it in ``$``, flags and classes. Rust's
    engine has RE2's syntax and linear time.

    Raises:
        ValueError: the pattern means nothing, or perhaps something else, there.
    """
    if re.search(r"\\[bBPZ]|\\p[^C]|\{,|\(\?[^:)]*x", pattern):
        raise ValueError(pattern)
    return linear.matcher(linear.rewritten(pattern, _CLASSES))
