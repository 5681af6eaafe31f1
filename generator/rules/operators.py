"""Operators: what is asked of one value, and why it is not so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from generator.model.policy_fields import LIST, MAPPING, SIZE, JobField
from generator.model.problems import shown
from generator.model.when import Operators
from generator.text.linear import whole

_LONGEST_VALUE = 10_000
_NOT_SET = "is not set"


class Value:
    """A value of a job, as operators see it; of a list or mapping each item counts.

    Args:
        known: its field.
        value: what the job has; None for nothing.
        any_case: whether upper and lower case are alike in it.
    """

    def __init__(self, known: JobField, value: Any, any_case: bool = False) -> None:
        self.known, self.value, self.any_case = known, value, any_case
        self.is_many = known.kind in (LIST, MAPPING) or isinstance(value, list | tuple | dict)
        self.items: list[Any] = [] if value is None else [value]
        if isinstance(value, dict):
            self.items = list(value.values())
        elif self.is_many and value is not None:
            self.items = list(value)

    @property
    def present(self) -> bool:
        """Whether there is something."""
        return bool(self.items) and self.items != [""]

    def is_one_of(self, item: Any, texts: Sequence[str]) -> bool:
        """Whether an item is one of some values of a policy."""
        if self.known.type is None or self.is_many:
            return self.fold(item) in map(self.fold, texts)
        return any(item == _read(self.known, text) for text in texts)

    def holds(self, text: str) -> bool:
        """Whether it has an item or a key, or a text in it."""
        if self.is_many:
            held = self.value if isinstance(self.value, dict) else self.items
            return self.fold(text) in map(self.fold, held)
        return self.fold(text) in self.fold(self.value)

    def fold(self, value: Any) -> str:
        """Text to compare."""
        return self.text(value).lower() if self.any_case else self.text(value)

    def plain(self, items: Sequence[Any] | None = None) -> str:
        """What people may see of it, or of some items: what may be a secret is not repeated."""
        if self.known.secret:
            return "something else"
        told = (shown(self.text(item)) for item in (self.items if items is None else items))
        return ", ".join(dict.fromkeys(told))

    def text(self, value: Any) -> str:
        """An item as people write it."""
        if isinstance(value, bool):
            return str(value).lower()
        if self.known.kind == SIZE:
            return f"{value / 1024:g}Gi" if value >= 1024 else f"{value}Mi"
        return f"{value:g}" if isinstance(value, float) else str(value)


@lru_cache(maxsize=4096)
def _read(known: JobField, text: str) -> Any:
    return known.read(text)


class Unlike(NamedTuple):
    """Why a value is not as it should be.

    Attributes:
        found: the rest of a sentence about the value.
        wanted: what it has to be; empty where that is plain.
    """

    found: str
    wanted: str = ""


def unlike(asked: Operators, value: Value) -> Unlike | None:
    """Why a value is not as it should be; None where it is.

    Args:
        asked: the operators, checked; all have to hold. Without a value only ``present: false``
            and ``not`` do.
        value: of a job.
    """
    if asked.short is not None:
        return (_contains if value.is_many else _in)(value, asked.short)
    for name, check in _CHECKS.items():
        said = getattr(asked, name)
        if said is not None and (why := check(value, said)) is not None:
            return why
    if asked.not_ is not None and unlike(asked.not_, value) is None:
        return Unlike(f"is {value.plain()}, which it must not be" if value.present else _NOT_SET)
    return None


def _present(value: Value, said: bool) -> Unlike | None:
    if value.present == said:
        return None
    return Unlike(_NOT_SET) if said else Unlike(f"is {value.plain()}, and must not be set")


def _equals(value: Value, text: str) -> Unlike | None:
    return _each(value, lambda item: value.is_one_of(item, (text,)), f"it has to be {shown(text)}")


def _in(value: Value, texts: Sequence[str]) -> Unlike | None:
    wanted = f"it has to be {_or(texts)}"
    return _each(value, lambda item: value.is_one_of(item, texts), wanted)


def _pattern(value: Value, pattern: str) -> Unlike | None:
    matches = whole(pattern)

    def fits(item: Any) -> bool:
        text = value.text(item)
        return len(text) <= _LONGEST_VALUE and matches(text)

    return _each(value, fits, f"it has to match {pattern}")


def _each(value: Value, fits: Callable[[Any], bool], wanted: str) -> Unlike | None:
    if not value.present:
        return Unlike(_NOT_SET, wanted)
    wrong = [item for item in value.items if not fits(item)]
    return Unlike(f"is {value.plain(wrong)}", wanted) if wrong else None


def _contains(value: Value, texts: Sequence[str]) -> Unlike | None:
    wanted = f"it has to hold {_or(texts)}"
    if not value.present:
        return Unlike(_NOT_SET, wanted)
    return None if any(map(value.holds, texts)) else Unlike(f"is {value.plain()}", wanted)


def _or(texts: Sequence[str]) -> str:
    return " or ".join(map(shown, texts))


def _at_least(value: Value, text: str) -> Unlike | None:
    return _sized(value, text, lambda number, bound: number >= bound, "it has to be at least {}")


def _at_most(value: Value, text: str) -> Unlike | None:
    return _sized(value, text, lambda number, bound: number <= bound, "at most {} is allowed")


def _sized(
    value: Value, text: str, fits: Callable[[float, float], bool], words: str
) -> Unlike | None:
    def is_fine(item: Any) -> bool:
        try:
            number = float(item)
        except (TypeError, ValueError):
            return False
        return fits(number, _bound(value.known, text))

    return _each(value, is_fine, words.format(text))


def _bound(known: JobField, text: str) -> float:
    return float(text) if known.type is None else float(_read(known, text))


_CHECKS: dict[str, Callable[[Value, Any], Unlike | None]] = {
    "present": _present,
    "equals": _equals,
    "in_": _in,
    "pattern": _pattern,
    "contains": _contains,
    "at_least": _at_least,
    "at_most": _at_most,
}
