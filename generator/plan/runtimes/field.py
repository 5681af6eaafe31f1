"""How a field of a job becomes an input of a runtime's module: one row a field."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import commonpath
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.model.infrastructure import Infrastructure
from generator.plan.job_paths import plain


@dataclass(slots=True)
class Input:
    """One input of the module as the job gives it.

    Attributes:
        name: the module's variable.
        value: plain data; text may still hold ``${NAME}``.
        path: the field of the job it comes from.
        optional: a module of the user's own may lack it: the job does not ask for it by name.
        origins: keys of a part of the value to the field it comes from, where that is not at the
            same keys below ``path``.
    """

    name: str
    value: Any
    path: KeyPath
    optional: bool = False
    origins: Mapping[KeyPath, KeyPath] = dataclasses.field(default_factory=dict)


class Field(NamedTuple):
    """A field that has an effect on a runtime, and the input that it sets.

    Attributes:
        path: dotted, below ``infrastructure``. One that ends in a dot stands for all below it, one
            that starts with a slash is beside ``infrastructure``.
        input: the module's variable; empty for what the plan reads and no input says.
        convert: from the field's value to that of the input, None for none; itself None where
            ``Runtime.inputs`` makes the input.
        when: whether the field counts for a job, where it does not for each.
        written: only a value that somebody wrote counts, zero too: the module has its own default.
    """

    path: str
    input: str = ""
    convert: Callable[[Any], Any] | None = plain
    when: Callable[[Infrastructure], bool] | None = None
    written: bool = False


def parts(name: str, *paths: str) -> tuple[Field, ...]:
    """Fields of which ``Runtime.inputs`` makes one input, or without a name none."""
    return tuple(Field(path, name, None) for path in paths)


def honours_of(fields: Iterable[Field]) -> frozenset[str]:
    """The paths of fields below ``infrastructure``."""
    return frozenset(field.path for field in fields if field.path[0] != "/")


def given(fields: Iterable[Field], infrastructure: Infrastructure) -> Iterator[Input]:
    """The inputs that single fields set, each on its own.

    Args:
        fields: a runtime's table.
        infrastructure: the job's block.
    """
    for path, name, convert, when, written in _single(tuple(fields)):
        owner: Any = infrastructure
        for key in path[1:-1]:
            owner = getattr(owner, key)
        value = getattr(owner, path[-1])
        if value is None or (written and path[-1] not in owner.model_fields_set):
            continue
        if when is not None and not when(infrastructure):
            continue
        value = convert(value)
        if value or (written and value == 0):
            yield Input(name, value, path)


class _Single(NamedTuple):
    """A field that sets an input on its own, its path taken apart."""

    path: tuple[str, ...]
    input: str
    convert: Callable[[Any], Any]
    when: Callable[[Infrastructure], bool] | None
    written: bool


# The same for all jobs of a runtime.
@lru_cache(maxsize=64)
def _single(fields: tuple[Field, ...]) -> tuple[_Single, ...]:
    return tuple(
        _Single(
            ("infrastructure", *field.path.rstrip(".").split(".")),
            field.input,
            field.convert,
            field.when,
            field.written,
        )
        for field in fields
        if field.convert is not None
    )


def sources_of(fields: Iterable[Field]) -> dict[str, str]:
    """Each input to the field that sets it, or to the part of the job whose fields do.

    Where several parts do, the first in the table is meant.
    """
    found: dict[str, list[str]] = {}
    for field in fields:
        path = field.path.rstrip(".").replace(".", "/")
        same = found.setdefault(field.input, [])
        if not same or same[0].partition("/")[0] == path.partition("/")[0]:
            same.append(path)
    return {name: _dotted(commonpath(paths)) for name, paths in found.items() if name}


def _dotted(path: str) -> str:
    return path[:1] + path[1:].replace("/", ".")
