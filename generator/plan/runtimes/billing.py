"""A bill of dativo.yaml: budgets by cost centre, and on AWS what splits costs by tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.concepts.table import CONCEPTS
from generator.errors import InputError, KeyPath, Problem, Problems
from generator.job.budgets import BILLING
from generator.job.loaded import LoadedJob
from generator.model.budgets import Bill, BudgetAlerts
from generator.model.infrastructure import Infrastructure
from generator.model.settings import TagSettings
from generator.plan.runtimes.field import Input, honours_of, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.tags.lengths import Fitted
from generator.tags.own_keys import format_for, own_keys
from generator.tags.rules import fit_value
from generator.text.hints import did_you_mean, question

_COST_CENTER = "cost_center"
_AT: KeyPath = ("cost_centers",)


def inputs(_: Infrastructure, loaded: LoadedJob, __: Faults) -> Iterator[Input]:
    """What no tag decides."""
    bill = Bill.model_validate(loaded.document)
    if bill.currency is not None:
        yield Input("currency", bill.currency, ("currency",))
    if bill.start is not None:
        yield Input("start", bill.start, ("start",))


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
    if bill.management:
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


_FIELDS = (*parts("", "account."), *parts("currency", "/currency"), *parts("start", "/start"))
RUNTIME = RuntimeSpec(
    fields=_FIELDS,
    inputs=inputs,
    of_tags=of_tags,
    cloud="aws",
    type=BILLING,
    module="aws-billing",
    title="AWS Budgets",
    honours=honours_of(_FIELDS),
    order={field.input: position for position, field in enumerate(_FIELDS)},
)
