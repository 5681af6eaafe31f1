"""Rules of one's own for jobs: the block ``policies`` of dativo.yaml.

Validated by ``generator.job.policies``, which is imported where there is such a block.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.model.fields import Filled, Model, Text, Texts
from generator.model.ready_policies import ReadyPolicies
from generator.model.when import Conditions, Severity
from generator.text.patterns import lazy

_NAME = lazy(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DAY = lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 80
READY = frozenset(field.alias or name for name, field in ReadyPolicies.model_fields.items())


def _name(name: str) -> str:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise PydanticCustomError(
            "policy_name", "is no name of a policy: lower-case words with hyphens between them"
        )
    if name in READY:
        raise PydanticCustomError("policy_name", "is the name of a policy of `policies.ready`")
    return name


def day(text: str) -> str:
    """A day of the calendar, as ISO 8601 has it.

    Raises:
        PydanticCustomError: it is none.
    """
    from datetime import date

    try:
        date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise PydanticCustomError("day", "is no day such as 2027-03-31") from None
    return text


class Policy(Model):
    """What jobs must be like."""

    when: Conditions | None = Field(None, description="The jobs that it is for; all without it.")
    require: Conditions = Field(description="What has to hold for them.")
    severity: Severity = Field("error", description="An error stops, the others are told.")
    message: Filled | None = Field(
        None, description="What is wrong, and what to do, in a sentence."
    )


class Exemption(Model):
    """Jobs that need not keep a policy."""

    policies: Annotated[Texts, Field(min_length=1)] = Field(description="Names of policies.")
    jobs: Annotated[Texts, Field(min_length=1)] = Field(
        description="Patterns of tenant/job/environment: acme/orders/*; ** is any text."
    )
    reason: Filled = Field(description="Why they need not.")
    approved_by: Filled | None = Field(None, description="Who agreed to it.")
    until: Annotated[Text, AfterValidator(day)] | None = Field(
        None, description="Its last day: 2027-03-31; see `dativo validate --as-of`."
    )


class Policies(Model):
    """Rules for jobs, those that are ready and one's own, and who is exempt from which."""

    # One object for all jobs of a run: what is made ready of it is found by identity.
    __hash__ = object.__hash__

    ready: ReadyPolicies = Field(
        ReadyPolicies(), description="Policies that come with dativo, by name; see docs/rules.md."
    )
    rules: dict[Annotated[str, AfterValidator(_name)], Policy] = Field(
        {}, description="Policies of one's own, by name."
    )
    exemptions: tuple[Exemption, ...] = Field(
        (), description="Who need not keep which policy; a job cannot say so itself."
    )
