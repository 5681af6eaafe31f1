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
