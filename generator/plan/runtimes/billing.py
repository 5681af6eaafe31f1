"""A bill of dativo.yaml: budgets by cost centre, and on AWS what splits costs by tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.concepts.table import CONCEPTS
from generator.errors import InputError, KeyPath, Problem, Problems
from generator.job.budgets import BILLING
from generator.job.loaded import LoadedJob
from generator.model.budgets import Bill, BudgetAlerts
from generator.model.infrastructure import Infrastructure
from generator.model.settings import TagSettings
from generator.plan.providers import counted_in_project, own
from generator.plan.root_plan import ProviderBlock
from generator.plan.runtimes.account import CLOUDS, check
from generator.plan.runtimes.field import Field, Input, honours_of, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.tags.lengths import Fitted
from generator.tags.own_keys import format_for, own_keys
from generator.tags.rules import fit_value
from generator.text.hints import did_you_mean, question

_COST_CENTER = "cost_center"
_AT: KeyPath = ("cost_centers",)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """What no tag decides."""
    bill = Bill.model_validate(loaded.document)
    _check_account(infrastructure, faults)
    if bill.billing_account is not None:
        yield Input("billing_account", bill.billing_account, ("billing_account",))
    if bill.currency is not None:
        yield Input("currency", bill.currency, ("currency",))
    if bill.projects:
        yield Input("projects", sorted(bill.projects), ("projects",))
    if bill.start is not None and bill.provider == "aws":
        yield Input("start", bill.start, ("start",))


def _check_account(infrastructure: Infrastructure, faults: Faults) -> None:
    """Nothing is made without a project or a subscription."""
    account = infrastructure.account
    check(infrastructure, faults)
    if infrastructure.provider == "gcp" and account.project_id is None:
        faults.missing(
            "account.project_id",
            "whose quota counts, and where e-mail channels are",
            "a bill of Google Cloud",
        )
    if infrastructure.provider == "azure" and account.subscription_id is None:
        faults.missing(
            "account.subscription_id", "the subscription whose costs count", "a bill of Azure"
        )


def of_tags(settings: TagSettings, loaded: LoadedJob) -> Iterator[Input]:
    """The budgets, and the keys of tags that are activated and split costs.

    Args:
        settings: how tags are written.
        loaded: the bill as a job.

    Raises:
        InputError: a name that no job has as a tag, or a value that the cloud does not take.
    """
    bill = Bill.model_validate(loaded.document)
    keys = _Keys(settings, bill.provider, loaded)
    yield Input("cost_center_key", keys.of(_COST_CENTER, _AT), _AT)
    yield Input("budgets", _budgets(bill, keys), _AT, origins=_origins(bill))
    if bill.provider == "aws" and bill.management:
        for field in ("cost_allocation_tags", "cost_categories"):
            found = [keys.of(name, (field, i)) for i, name in enumerate(getattr(bill, field))]
            yield Input(field, sorted(set(found)), (field,))


def _budgets(bill: Bill, keys: _Keys) -> dict[str, dict[str, Any]]:
    """The budgets by their cost centres as written.

    Raises:
        InputError: the cloud takes a cost centre not at all, or two for the same.
    """
    found, values = {}, dict[str, str]()
    problems = Problems()
    for index, one in enumerate(bill.cost_centers):
        path = (*_AT, index, _COST_CENTER)
        value = problems.attempt(keys.value, one.cost_center, path)
        if value is None:
            continue
        other = values.setdefault(value, one.cost_center)
        if other != one.cost_center:
            message = f'"{one.cost_center}" is "{value}" on {bill.provider}, as "{other}" is'
            problems.error("tag-value", message, keys.location(path), "make one budget of the two")
        found[one.cost_center] = {
            _COST_CENTER: value,
            "amount": one.amount,
            "period": one.period or bill.period,
            **({"start": one.start or bill.start} if bill.provider == "azure" else {}),
            "alerts": _alerts(one.alerts or bill.alerts),
        }
    problems.raise_any()
    return dict(sorted(found.items()))


def _origins(bill: Bill) -> dict[KeyPath, KeyPath]:
    """Where the parts of each budget stand."""
    places: dict[KeyPath, KeyPath] = {}
    for index, one in enumerate(bill.cost_centers):
        own: KeyPath = (*_AT, index)
        places[one.cost_center,] = own
        places[one.cost_center, "period"] = (*own, "period") if one.period else ("period",)
        places[one.cost_center, "alerts"] = (*own, "alerts") if one.alerts else ("alerts",)
        places[one.cost_center, "start"] = (*own, "start") if one.start else ("start",)
    return places


def _alerts(alerts: BudgetAlerts) -> dict[str, list[Any]]:
    return {
        "channels": sorted(alerts.channels),
        "emails": sorted(alerts.emails),
        "forecasts": sorted(alerts.forecasts),
        "thresholds": sorted(alerts.thresholds),
    }


class _Keys:
    """Keys and values of tags, as the resources of jobs have them on a cloud."""

    def __init__(self, settings: TagSettings, cloud: str, loaded: LoadedJob) -> None:
        self._format, self._own = format_for(settings, cloud), own_keys(settings)
        self.location = loaded.locations.location

    def of(self, name: str, path: KeyPath) -> str:
        """The key of a tag."""
        concept = self._own.concept(name, self._format.namespace)
        if concept not in CONCEPTS and (meant := did_you_mean(name, CONCEPTS)):
            message = f'jobs have no tag "{name}"'
            raise InputError(Problem("tag-key", message, self.location(path), question(meant)))
        if self._own.omits(concept):
            message = f'no job has the tag "{name}", which `tags.omit` leaves out'
            raise InputError(Problem("tag-key", message, self.location(path)))
        return self._fitted(self._format.key(concept), name, path)

    def value(self, text: str, path: KeyPath) -> str:
        """A value."""
        fitted = fit_value(self._format.cloud, (text,), self._format.shorten)
        return self._fitted(fitted, text, path)

    def _fitted(self, fitted: Fitted, written: str, path: KeyPath) -> str:
        if fitted.refusal:
            message = f'"{written}" is no tag: {fitted.refusal}'
            raise InputError(Problem("tag-value", message, self.location(path)))
        return fitted.text


def _bill(
    cloud: str,
    title: str,
    fields: tuple[Field, ...],
    providers: Callable[[Infrastructure], tuple[ProviderBlock, ...]] = own,
) -> RuntimeSpec:
    """What a bill is on one cloud."""
    return RuntimeSpec(
        fields=fields,
        inputs=inputs,
        of_tags=of_tags,
        providers=providers,
        cloud=cloud,
        type=BILLING,
        module=f"{cloud}-billing",
        title=title,
        honours=honours_of(fields),
        order={field.input: position for position, field in enumerate(fields)},
    )


_CURRENCY = parts("currency", "/currency")
_NO_PLACE = ("account.project_id", "account.subscription_id", "account.resource_group")


def _account(cloud: str) -> tuple[Field, ...]:
    """What the provider takes, as far as no input is made of it."""
    return parts("", *(path for path in CLOUDS[cloud].paths if path not in _NO_PLACE))


BILLS = {
    "aws": _bill("aws", "AWS Budgets", (*_account("aws"), *_CURRENCY, *parts("start", "/start"))),
    "gcp": _bill(
        "gcp",
        "Cloud Billing budgets",
        (
            *parts("billing_account", "/billing_account"),
            Field("account.project_id", "project_id"),
            *_account("gcp"),
            *_CURRENCY,
            *parts("projects", "/projects"),
        ),
        counted_in_project,
    ),
    "azure": _bill(
        "azure",
        "Consumption budgets",
        (Field("account.subscription_id", "subscription_id"), *_account("azure")),
    ),
}
