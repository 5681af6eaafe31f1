"""Conditions on jobs, as policies of dativo.yaml state them.

They are data and no language: a field or a tag, and what is asked of it. Which fields there are
and what they take is for ``policy_fields``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from generator.model.fields import Model, Text, Texts

Severity = Literal["error", "warning", "note"]
# Names of conditions to the field of a job that each stands for.
NAMED = {
    "tenant": "tenant_id",
    "environment": "environment",
    "job": "name",
    "cloud": "infrastructure.provider",
    "region": "infrastructure.region",
    "runtime": "infrastructure.runtime.type",
}
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}


class Operators(Model):
    """What is asked of one value; all of it has to hold."""

    equals: Text | None = Field(None, description="It is this value.")
    in_: Annotated[Texts, Field(min_length=1)] | None = Field(
        None, alias="in", description="It is one of these values."
    )
    pattern: Text | None = Field(
        None, description="A regular expression that the whole value matches."
    )
    contains: Annotated[Texts, Field(min_length=1)] | None = Field(
        None, description="A list or mapping that holds one of these; text with one of them in it."
    )
    present: bool | None = Field(None, description="It is set, and not empty; false: it is not.")
    at_least: Text | None = Field(None, description="A number, or a size, that is no smaller.")
    at_most: Text | None = Field(None, description="A number, or a size, that is no larger.")
    not_: Operators | None = Field(None, alias="not", description="What must not hold.")

    @property
    def short(self) -> tuple[str, ...] | None:
        """The values that stand for an operator."""
        return None

    @property
    def many(self) -> bool:
        """Whether those were written as a list."""
        return False


class Short(Operators):
    """Values in place of operators: one of them is asked for."""

    values: tuple[str, ...]
    listed: bool

    @property
    def short(self) -> tuple[str, ...] | None:
        """Those values."""
        return self.values

    @property
    def many(self) -> bool:
        """Whether they were written as a list."""
        return self.listed


def _operators(value: Any) -> Any:
    """A value alone, or a list of them, as what it is short for."""
    if isinstance(value, dict):
        if not value:
            raise PydanticCustomError("operators", "asks for nothing: name an operator")
        return value
    listed = isinstance(value, list | tuple)
    values = value if listed else [value]
    if not values or not all(isinstance(one, str | int | float) for one in values):
        raise PydanticCustomError(
            "operators", "must be a value, a list of values, or operators such as `present: true`"
        )
    texts = (str(one).lower() if isinstance(one, bool) else str(one) for one in values)
    return Short(values=tuple(texts), listed=listed)


class _OrShort:
    """The JSON Schema of operators, or of what stands for them."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}, handler(core)]}


Asked = Annotated[Operators, BeforeValidator(_operators), _OrShort()]


class Conditions(Model):
    """What a job is asked for; all of it has to hold."""

    tenant: Asked | None = Field(None, description="The field tenant_id.")
    environment: Asked | None = Field(None, description="The field environment.")
    job: Asked | None = Field(None, description="The field name.")
    cloud: Asked | None = Field(None, description="The field infrastructure.provider.")
    region: Asked | None = Field(None, description="The field infrastructure.region.")
    runtime: Asked | None = Field(None, description="The field infrastructure.runtime.type.")
    data_class: Texts | None = Field(
        None,
        alias="class",
        description="The data, or one of its fields, is of one of these classes, in any case.",
    )
    tag: dict[str, Asked] = Field({}, description="Tag to what is asked of its value.")
    field: dict[str, Asked] = Field(
        {},
        description="Field of the job, or of its asset as in asset.team.owner, dotted, to what is "
        "asked of its value.",
    )
    any: tuple[Conditions, ...] = Field((), description="One of these has to hold.")
