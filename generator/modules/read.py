"""What was read from a module's files, as objects."""

from __future__ import annotations

from typing import Any

from generator.modules.interface import (
    Interface,
    ModuleOutput,
    ModuleVariable,
    Requirement,
)
from generator.modules.types import ANY, parse_type
from generator.modules.validations import Rule, Validation


def interface(data: dict[str, Any]) -> Interface:
    """The interface that ``parse`` found, as objects.

    A type constraint that we cannot read counts as ``any``: Terraform has the last word.
    """
    variables = {}
    for name, v in data["variables"].items():
        try:
            kind = parse_type(v["type"])
        except ValueError:
            kind = ANY
        validations = tuple(
            Validation(message, tuple(Rule(tuple(path), *rule) for path, *rule in rules))
            for message, rules in v["validations"]
        )
        flags = v["required"], v["nullable"], v["sensitive"]
        variables[name] = ModuleVariable(
            name, kind, v["type"], v["description"], *flags, validations
        )
    outputs = {
        name: ModuleOutput(name, o["description"], o["sensitive"], o.get("ephemeral", False))
        for name, o in data["outputs"].items()
    }
    requirements = tuple(Requirement(*one) for one in data.get("requirements", ()))
    return Interface(variables, outputs, requirements, tuple(data.get("aliases", ())))
