"""What a Terraform module declares: its variables and outputs."""

from __future__ import annotations

from typing import NamedTuple

from generator.modules.types import Type


class ModuleVariable(NamedTuple):
    """One ``variable`` block.

    Attributes:
        name: the variable.
        type: its type constraint; ``any`` where the block has none.
        text: the constraint as written, on one line.
        description: what the module says of it.
        required: it has no default.
        nullable: null may be passed.
        sensitive: its value is hidden in plans.
    """

    name: str
    type: Type
    text: str
    description: str
    required: bool
    nullable: bool
    sensitive: bool


class ModuleOutput(NamedTuple):
    """One ``output`` block."""

    name: str
    description: str
    sensitive: bool


class Interface(NamedTuple):
    """A module seen from outside, both mappings in alphabetical order."""

    variables: dict[str, ModuleVariable]
    outputs: dict[str, ModuleOutput]
