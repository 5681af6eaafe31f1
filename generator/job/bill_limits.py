"""What each cloud takes of a bill, one row a cloud, and what a bill has that its cloud refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import KeyPath, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.model.budgets import Bill, BudgetAlerts
from generator.text.patterns import lazy


class Channel(NamedTuple):
    """A sort of thing that alerts go to, besides addresses.

    Attributes:
        what: it, for people, in the plural.
        pattern: what its name is.
        most: of them on one budget.
    """

    what: str
    pattern: re.Pattern[str]
    most: int


class Limits(NamedTuple):
    """What one cloud takes of a bill.

    Attributes:
        title: the cloud, for people.
        channels: what alerts go to.
        such_as: a channel as it is written.
        most_emails: addresses on one budget.
        most_alerts: thresholds and forecasts of one budget together; 0 for any number.
        email_channels: the place among ``channels`` of what counts as an address.
        whole: thresholds are whole per cents.
        least: the smallest amount.
        first: the earliest start, where each cost centre may have one of its own.
        fields: those of a bill that this cloud has, and not each.
        needs: those of them without which nothing is made.
    """

    title: str
    channels: tuple[Channel, ...]
    such_as: str
    most_emails: int
    most_alerts: int = 0
    email_channels: int | None = None
    whole: bool = False
    least: float = 0
    first: str = ""
    fields: frozenset[str] = frozenset()
    needs: tuple[tuple[str, str], ...] = ()


# Sources. AWS Budgets API, CreateBudget and NotificationWithSubscribers:
# https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Operations_AWS_Budgets.html
# Cloud Billing Budget API, billingAccounts.budgets (NotificationsRule, ThresholdRule):
# https://docs.cloud.google.com/billing/docs/reference/budget/rest/v1/billingAccounts.budgets
# Microsoft.Consumption/budgets (notifications, timePeriod; of how many contacts: its description of
# 2018-06-30 in azure-rest-api-specs); amounts from 1 and whole per cents are what azurerm 5.2 has,
# consumption_budget_base.go:
# https://learn.microsoft.com/en-us/azure/templates/microsoft.consumption/2021-10-01/budgets
LIMITS = {
    "aws": Limits(
        "AWS",
        (Channel("channels", lazy(r".+"), 1),),
        "arn:aws:sns:us-east-1:123456789012:finops",
        most_emails=10,
        most_alerts=5,
        fields=frozenset(
            ("currency", "start", "management", "cost_allocation_tags", "cost_categories")
        ),
    ),
    "gcp": Limits(
        "Google Cloud",
        (
            Channel("topics", lazy(r"projects/[^/]+/topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}"), 1),
            Channel("e-mail channels", lazy(r"projects/[^/]+/notificationChannels/[0-9]+"), 5),
        ),
        "projects/acme/topics/budgets or projects/acme/notificationChannels/1234567890",
        most_emails=5,
        email_channels=1,
        fields=frozenset(("currency", "billing_account", "projects")),
        needs=(("billing_account", "the billing account, such as 01A2B3-C4D5E6-F7A8B9"),),
    ),
    "azure": Limits(
        "Azure",
        (
            Channel(
                "channels",
                lazy(
                    r"(?i:/subscriptions/[^/]+/resourceGroups/[^/]+"
                    r"/providers/Microsoft\.Insights/actionGroups/[^/]+)"
                ),
                50,
            ),
        ),
        "/subscriptions/.../providers/Microsoft.Insights/actionGroups/finops",
        most_emails=50,
        most_alerts=5,
        whole=True,
        least=1,
        # azurerm 5.2, consumption/validate/time_period.go
        first="2017-06-01",
        fields=frozenset(("start",)),
        needs=(("start", "the first day of the month from which budgets count"),),
    ),
}
_OF_ONE = frozenset().union(*(row.fields for row in LIMITS.values()))


def faults(bill: Bill, index: int) -> Problems:
    """What the cloud does not take of a bill.

    Args:
        bill: the bill.
        index: its place among all.
    """
    found = Problems()
    at: KeyPath = ("budgets", index)
    limits = LIMITS[bill.provider]
    found += _fields(bill, limits, at)
    billed = "CNY" if (bill.region or "").startswith("cn-") else "USD"
    if bill.provider == "aws" and bill.currency not in (None, billed):
        message = f"AWS counts in {billed} here, not in {bill.currency}"
        found.error("invalid-value", message, Location(SETTINGS_FILE, (*at, "currency")))
    found += _of_alerts(bill.alerts, limits, (*at, "alerts"))
    for number, one in enumerate(bill.cost_centers):
        own: KeyPath = (*at, "cost_centers", number)
        if one.alerts is not None:
            found += _of_alerts(one.alerts, limits, (*own, "alerts"))
        if one.amount < limits.least:
            message = f"{limits.title} takes amounts from {limits.least:g}"
            found.error("invalid-value", message, Location(SETTINGS_FILE, (*own, "amount")))
    return found


def _fields(bill: Bill, limits: Limits, at: KeyPath) -> Iterator[Problem]:
    """What the cloud has no use for, and what it cannot do without."""
    for field in sorted(_OF_ONE - limits.fields):
        if field in bill.model_fields_set and getattr(bill, field) is not None:
            message = f'"{field}" has no effect on {limits.title}'
            yield Problem("invalid-value", message, Location(SETTINGS_FILE, (*at, field), True))
    starts = [one.start for one in bill.cost_centers]
    for number, start in enumerate(starts):
        where: KeyPath = (*at, "cost_centers", number, "start")
        if start is not None and not limits.first:
            message = f'"start" of one cost centre has no effect on {limits.title}'
            yield Problem("invalid-value", message, Location(SETTINGS_FILE, where, True))
        else:
            yield from _too_early(start, limits, where)
    yield from _too_early(bill.start, limits, (*at, "start"))
    for field, what in limits.needs:
        if getattr(bill, field) is None and not (field == "start" and None not in starts):
            message = f'a bill of {limits.title} needs "{field}"'
            location = Location(SETTINGS_FILE, (*at, field), True)
            yield Problem("missing-key", message, location, what)


def _too_early(start: str | None, limits: Limits, path: KeyPath) -> Iterator[Problem]:
    if start and start < limits.first:
        message = f"{limits.title} has no budgets of before {limits.first}"
        yield Problem("invalid-value", message, Location(SETTINGS_FILE, path))


def _of_alerts(alerts: BudgetAlerts, limits: Limits, at: KeyPath) -> Iterator[Problem]:
    location = Location(SETTINGS_FILE, at, True)
    for number, most, what in _counts(alerts, limits):
        if number > most:
            message = f"these alerts have {number} {what}, {limits.title} takes {most} for a budget"
            yield Problem("invalid-value", message, location)
    if not alerts.emails and not alerts.channels:
        message, hint = "nobody hears of these alerts", "add `emails` or `channels`"
        yield Problem("invalid-value", message, location, hint)
    if not alerts.thresholds and not alerts.forecasts:
        message = "these alerts have neither thresholds nor forecasts"
        yield Problem("invalid-value", message, location, "leave one out for its default")
    for index, name in enumerate(alerts.channels):
        if not any(channel.pattern.fullmatch(name) for channel in limits.channels):
            message = f'"{name}" is nothing that alerts of {limits.title} go to'
            place = Location(SETTINGS_FILE, (*at, "channels", index))
            yield Problem("invalid-value", message, place, f"such as {limits.such_as}")
    for field in ("thresholds", "forecasts") if limits.whole else ():
        for index, value in enumerate(getattr(alerts, field)):
            if not isinstance(value, int):
                message = f"{limits.title} takes whole per cents, not {value}"
                place = Location(SETTINGS_FILE, (*at, field, index))
                yield Problem("invalid-value", message, place)


def _counts(alerts: BudgetAlerts, limits: Limits) -> Iterator[tuple[int, int, str]]:
    """How many there are of each sort, how many there may be, and what they are."""
    number = len(alerts.thresholds) + len(alerts.forecasts)
    yield number, limits.most_alerts or number, "thresholds and forecasts"
    names = [[n for n in alerts.channels if c.pattern.fullmatch(n)] for c in limits.channels]
    counted = limits.email_channels
    also = 0 if counted is None else len(names[counted])
    what = "emails" if counted is None else f"emails and {limits.channels[counted].what}"
    yield len(alerts.emails) + also, limits.most_emails, what
    for index, channel in enumerate(limits.channels):
        if index != counted:
            yield len(names[index]), channel.most, channel.what
