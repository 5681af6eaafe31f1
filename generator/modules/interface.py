"""What a Terraform module declares: its variables and outputs."""

from __future__ import annotations

from dataclasses import dataclass

from generator.modules.types import Type


@dataclass(frozen=True, slots=True)
class ModuleVariable:
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


@dataclass(frozen=True, slots=True)
class ModuleOutput:
    """One ``output`` block."""

    name: str
    description: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Interface:
    """A module seen from outside, both mappings in alphabetical order."""

    variables: dict[str, ModuleVariable]
    outputs: dict[str, ModuleOutput]
