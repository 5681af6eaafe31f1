"""What a job needs of other jobs: an entry of ``needs``, and what dativo.yaml says of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.fields import Filled, Model, Part, Texts
from generator.model.variables import piece_of

_STEPS = ("tenant", "job", "environment")


class Need(Part):
    """Another job, whose root is applied before this one's."""

    job: Filled = Field(description="The job's name.")
    tenant: Filled | None = Field(None, description="Its tenant; that of this job unless given.")
    environment: Filled | None = Field(
        None, description="Its environment; that of this job unless given."
    )


def _entry(value: Any) -> Any:
    """An entry that is text: the job, or tenant/job/environment."""
    if not isinstance(value, str):
        return value
    steps = value.split("/")
    if len(steps) == len(_STEPS) and all(steps):
        return dict(zip(_STEPS, (piece_of(value, step) for step in steps), strict=True))
    if len(steps) > 1:
        raise PydanticCustomError("need", "is neither a job nor tenant/job/environment")
    return {"job": value}


def _a_list(value: Any) -> Any:
    return (value,) if isinstance(value, str | dict) else value


_NAME: dict[str, Any] = {"type": "string", "minLength": 1}
_ENTRY = [
    {**_NAME, "description": "The name of a job, or tenant/job/environment."},
    {
        "type": "object",
        "properties": {
            name: {**_NAME, "description": field.description}
            for name, field in Need.model_fields.items()
        },
        "required": ["job"],
        "additionalProperties": False,
    },
]
Needs = Annotated[
    tuple[Annotated[Need, BeforeValidator(_entry)], ...],
    BeforeValidator(_a_list),
    WithJsonSchema({"anyOf": [*_ENTRY, {"type": "array", "items": {"anyOf": _ENTRY}}]}),
]


class Across(Model):
    """Whom jobs may need beyond their own tenant and environment."""

    environments: dict[str, Texts] = Field(
        {}, description="Environment, or *, to the environments whose jobs its jobs may need."
    )
    tenants: dict[str, Texts] = Field(
        {}, description="Tenant, or *, to the tenants whose jobs its jobs may need."
    )


class NeedsSettings(Model):
    """How jobs that need others come by what those put out."""

    read: Literal["state", "variable"] = Field(
        "state",
        description="state: a data source reads the other root's state. variable: whoever applies "
        "hands the value in, and needs no right on that state.",
    )
    across: Across = Across()
