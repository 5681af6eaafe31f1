"""What may be spent: the block ``budgets`` of dativo.yaml, one bill and one root an item."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.fields import Filled, Model, Text
from generator.model.runtime_types import Cloud
from generator.model.variables import names_left
from generator.text.patterns import lazy

PERIODS = ("monthly", "quarterly", "annually")
# The tags that every job has, and the one that budgets are of.
ALLOCATED = ("cost_center", "environment", "job_name", "tenant_id")

# One mailbox as people write it: what AWS takes.
_EMAIL = lazy(
    r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_LONGEST_EMAIL = 254
# Above it no money is counted exactly in the floating point of JSON.
_MOST = 10**12
_MOST_THRESHOLD = 1000


def _email(value: str) -> str:
    if len(value) > _LONGEST_EMAIL or not _EMAIL.fullmatch(value):
        raise PydanticCustomError("email", "is not an e-mail address such as finops@acme.example")
    return value


def _number(value: Any) -> Any:
    """A number as written; text that YAML 1.1 would mangle arrives as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
        return float(value) if "." in value else int(value)
    return value


def _money(value: Any) -> float | int:
    number = _number(value)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise PydanticCustomError("money", "is not an amount of money such as 1500 or 99.50")
    if not 0 < number <= _MOST:
        raise PydanticCustomError("money", "is not an amount above 0 and up to 1000000000000")
    if abs(round(number, 2) - number) > 1e-9:
        raise PydanticCustomError("money", "is not an amount with two decimals at most")
    return int(number) if number == int(number) else float(number)


def _threshold(value: Any) -> float | int:
    number = _number(value)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise PydanticCustomError("threshold", "is not a number of per cent such as 80")
    if not 0 < number <= _MOST_THRESHOLD:
        raise PydanticCustomError("threshold", "is not a per cent above 0 and up to 1000")
    return int(number) if number == int(number) else float(number)


def _once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if twice := next((one for i, one in enumerate(values) if one in values[:i]), None):
        raise PydanticCustomError("twice", "lists {value} twice", {"value": str(twice)})
    return values


def _plain(value: str) -> str:
    if names_left(value) or not value.isprintable():
        raise PydanticCustomError("plain", "is taken as it stands, so it may hold no ${NAME}")
    return value


_Plain = Annotated[Filled, AfterValidator(_plain)]
_Start = Annotated[Text, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])-01$")]
_Email = Annotated[str, AfterValidator(_email)]
_Money = Annotated[
    float | int,
    BeforeValidator(_money),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": _MOST}),
]
_Threshold = Annotated[
    float | int,
    BeforeValidator(_threshold),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": _MOST_THRESHOLD}),
]
_Thresholds = Annotated[tuple[_Threshold, ...], AfterValidator(_once)]
_ProjectNumber = Annotated[_Plain, Field(pattern=r"^[0-9]{1,20}$")]
_Period = Literal["monthly", "quarterly", "annually"]


class BudgetAlerts(Model):
    """Who hears of what is spent, and when."""

    emails: Annotated[tuple[_Email, ...], AfterValidator(_once)] = Field(
        (), description="E-mail addresses."
    )
    channels: Annotated[tuple[_Plain, ...], AfterValidator(_once)] = Field(
        (),
        description="The ARN of an SNS topic; a Pub/Sub topic and e-mail channels of Cloud "
        "Monitoring, by their full names; ids of action groups (Azure).",
    )
    thresholds: _Thresholds = Field(
        (80, 100), description="Per cent of the amount that has been spent."
    )
    forecasts: _Thresholds = Field(
        (100,), description="Per cent of the amount that will be spent, as the cloud forecasts."
    )


class CostCenterBudget(Model):
    """What one cost centre may spend on this bill."""

    cost_center: _Plain = Field(description="The cost centre, as the jobs' tags have it.")
    amount: _Money = Field(description="How much in each period, in the currency of the bill.")
    period: _Period | None = Field(None, description="Instead of that of the bill.")
    start: _Start | None = Field(None, description="Instead of that of the bill (Azure).")
    alerts: BudgetAlerts | None = Field(None, description="Instead of those of the bill.")


def _cost_centers_once(budgets: tuple[CostCenterBudget, ...]) -> tuple[CostCenterBudget, ...]:
    if not budgets:
        raise PydanticCustomError("budgets", "must not be empty")
    _once(tuple(one.cost_center for one in budgets))
    return budgets


class Bill(Model):
    """The bill of an AWS account, a billing account of Google Cloud, or an Azure subscription.

    It becomes a root like that of a job; the keys of identity, account, tags and Terraform mean
    what they mean in one, and the defaults of its tenant, environment and cloud hold.
    """

    name: Filled = Field(description="Name of the root, as that of a job.")
    tenant_id: Filled = Field(description="Whose bill it is.")
    environment: Filled = Field(description="Whose defaults hold; part of the root's folder.")
    provider: Cloud = Field(description="The cloud.")
    region: Filled | None = Field(None, description="Region of the provider, which few need.")
    account: dict[str, Any] = Field({}, description="As that of a job: where the budgets are made.")
    billing_account: (
        Annotated[_Plain, Field(pattern=r"^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$")] | None
    ) = Field(None, description="Id of the billing account (Google Cloud).")
    projects: Annotated[tuple[_ProjectNumber, ...], AfterValidator(_once)] = Field(
        (),
        description="Numbers of the projects whose costs count, where not all do (Google Cloud).",
    )
    tags: dict[str, Any] = Field({}, description="Tags of the budgets themselves.")
    terraform: dict[str, Any] = Field({}, description="As that of a job: backend, module.")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(
        None, description="That of the bill, where it is checked (AWS, Google Cloud)."
    )
    period: _Period = Field("monthly", description="How long an amount lasts.")
    start: _Start | None = Field(
        None, description="First day of a month from which budgets count (AWS, Azure)."
    )
    management: bool = Field(
        True,
        description="False: the account of a member of an organization, whose management account "
        "activates tags and makes cost categories (AWS).",
    )
    cost_allocation_tags: Annotated[tuple[_Plain, ...], AfterValidator(_once)] = Field(
        ALLOCATED, description="Tags that are activated for cost allocation (AWS)."
    )
    cost_categories: Annotated[tuple[_Plain, ...], AfterValidator(_once)] = Field(
        ("cost_center",), description="Tags that a cost category each is made of (AWS)."
    )
    alerts: BudgetAlerts = Field(description="Who hears of what is spent, and when.")
    cost_centers: Annotated[tuple[CostCenterBudget, ...], AfterValidator(_cost_centers_once)] = (
        Field(description="One budget for each.")
    )
