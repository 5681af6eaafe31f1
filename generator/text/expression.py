"""The few HCL expressions a root needs beyond plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True, slots=True)
class Reference:
    """A traversal such as ``local.tags`` or ``module.job.id``; made by us, never by a user."""

    text: str


@dataclass(frozen=True, slots=True)
class Interpolation:
    """A string with references inside: literal parts and references in turn."""

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one of Terraform's functions, chosen by us."""

    function: str
    arguments: tuple[Value, ...]


Value = Union[
    str,
    int,
    float,
    bool,
    None,
    Reference,
    Interpolation,
    Call,
    "list[Value]",
    "tuple[Value, ...]",
    "dict[str, Value]",
]


def references(*values: Value) -> frozenset[str]:
    """The references that values hold, wherever in them."""
    found: set[str] = set()
    waiting: list[Value] = [*values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):  # most are, and asking for all the others first takes long
            continue
        if isinstance(value, Reference):
            found.add(value.text)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, Interpolation):
            waiting += value.parts
        elif isinstance(value, Call):
            waiting += value.arguments
    return frozenset(found)
