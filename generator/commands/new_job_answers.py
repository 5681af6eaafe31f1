"""What is typed for an option of ``dativo new job``, on the command line or as an answer."""

from __future__ import annotations

from typing import Any

from generator.commands.asking import pairs
from generator.errors import UsageError
from generator.new_job.fields import Field


def answer(field: Field, given: Any) -> Any:
    """What was typed, as the document of the job has it.

    Args:
        field: the option.
        given: text, or a list of text for an option that may be given again.

    Raises:
        UsageError: it is empty, or no KEY=VALUE where it has to be one.
    """
    from generator.yaml.scalars import PlainScalar

    if any(not text.strip() for text in ([given] if isinstance(given, str) else given)):
        raise UsageError(f"{field.option} is empty")
    if field.kind == "value":
        return PlainScalar(given)
    if field.kind == "map":
        return pairs(field.option, given)
    if field.kind == "values":
        return {key: _value(field, text) for key, text in pairs(field.option, given).items()}
    return given


def _value(field: Field, text: str) -> Any:
    """A value as YAML reads it: a number, true, a list."""
    from generator.errors import InputError
    from generator.yaml.load import load_yaml
    from generator.yaml.scalars import typed

    try:
        return typed(load_yaml(text.encode(), field.option))
    except InputError as error:
        raise UsageError(f"{field.option} {text}: {error.problems[0].message}") from None
