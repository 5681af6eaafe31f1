"""How a field of a job becomes an input of a runtime's module: one row a field."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
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
    for field in fields:
        if field.convert is None or not (field.when is None or field.when(infrastructure)):
            continue
        keys = field.path.rstrip(".").split(".")
        owner: Any = infrastructure
        for key in keys[:-1]:
            owner = getattr(owner, key)
        value = getattr(owner, keys[-1])
        if value is None or (field.written and keys[-1] not in owner.model_fields_set):
            continue
        value = field.convert(value)
        if value or (field.written and value == 0):
            yield Input(field.input, value, ("infrastructure", *keys))


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
