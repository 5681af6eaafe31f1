"""What a Terraform module declares: its variables, outputs, and what it asks of its caller."""

from __future__ import annotations

from typing import NamedTuple

from generator.modules.types import Type
from generator.modules.validations import Validation


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
        validations: those of its ``validation`` blocks that can be run here.
    """

    name: str
    type: Type
    text: str
    description: str
    required: bool
    nullable: bool
    sensitive: bool
    validations: tuple[Validation, ...] = ()


class ModuleOutput(NamedTuple):
    """One ``output`` block; an ephemeral one can be no output of a root."""

    name: str
    description: str
    sensitive: bool
    ephemeral: bool = False


class Requirement(NamedTuple):
    """A version constraint of a module.

    Attributes:
        name: the provider's local name; "terraform" for ``required_version``.
        source: the provider's address; empty where none is given.
        version: the constraint; empty where none is given.
        file, line: where it stands, below the module's folder.
    """

    name: str
    source: str
    version: str
    file: str
    line: int


class Interface(NamedTuple):
    """A module seen from outside.

    Attributes:
        variables, outputs: by name, in alphabetical order.
        requirements: of versions.
        aliases: the provider configurations that the caller has to pass: ``aws.us_east_1``.
    """

    variables: dict[str, ModuleVariable]
    outputs: dict[str, ModuleOutput]
    requirements: tuple[Requirement, ...] = ()
    aliases: tuple[str, ...] = ()


class UnreadError(Exception):
    """Files are there, but not all can be read, so that nothing is known of the module.

    Attributes:
        where: the file and its line, for people.
        why: what is wrong with it.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
