"""Budgets of a subscription."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of
from generator.rehearsal.values import blocks

GRAINS = (
    *("Monthly", "Quarterly", "Annually"),
    *("BillingMonth", "BillingQuarter", "BillingAnnual"),
)
START = re.compile(r"(\d{4}-\d\d)-01T00:00:00Z")
FIRST = "2017-06"
MOST_NOTIFICATIONS = 5
MOST_CONTACTS = 50


def budget(kind: str, value: Resource) -> Iterator[Problem]:
    """Amount, period, start, five alerts that somebody hears.

    Sources: Microsoft.Consumption/budgets (notifications, timePeriod); azurerm 5.2,
    ``consumption_budget_base.go`` (amounts from 1, whole per cents).
    """
    yield from in_range(kind, value, "amount", 1, float("inf"))
    yield from one_of(kind, value, "time_grain", GRAINS)
    for period in blocks(value, "time_period"):
        start = period.get("start_date")
        found = START.fullmatch(start) if isinstance(start, str) else None
        if isinstance(start, str) and (found is None or found[1] < FIRST):
            detail = f"{start!r} is no first day of a month from June 2017 on."
            yield f"{kind}: invalid start_date", detail
    notifications = list(blocks(value, "notification"))
    if len(notifications) > MOST_NOTIFICATIONS:
        detail = f"{len(notifications)}; the API takes {MOST_NOTIFICATIONS}."
        yield f"{kind}: too many notifications", detail
    for one in notifications:
        yield from _notification(kind, one)


def _notification(kind: str, one: Resource) -> Iterator[Problem]:
    yield from one_of(kind, one, "operator", ("EqualTo", "GreaterThan", "GreaterThanOrEqualTo"))
    yield from one_of(kind, one, "threshold_type", ("Actual", "Forecasted"))
    yield from in_range(kind, one, "threshold", 0, 1000)
    threshold = one.get("threshold")
    if isinstance(threshold, float) and threshold != int(threshold):
        yield f"{kind}: invalid threshold", f"{threshold} is no whole number."
    contacts = [one.get(f"contact_{sort}") for sort in ("emails", "groups", "roles")]
    for found in contacts:
        if isinstance(found, list) and len(found) > MOST_CONTACTS:
            yield f"{kind}: too many contacts", f"{len(found)}; the API takes {MOST_CONTACTS}."
    if all(found in (None, []) for found in contacts):
        yield f"{kind}: nobody is notified", "A notification needs a contact."
