"""The bills of dativo.yaml, each as a job of its own: the file that makes it is dativo.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.errors import Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import Layer, LoadedJob
from generator.job.project import Project
from generator.job.variants import Variant
from generator.model.budgets import Bill, BudgetAlerts

# The value of ``runtime.type`` that no job file can have.
BILLING = "billing"
_BLOCK = ("provider", "region", "account", "tags", "terraform")
# Where the APIs of budgets are, which have no region: what a provider gets that must have one.
_REGIONS = {"aws": "us-east-1", "gcp": "us-central1", "azure": "eastus"}
_ONLY_AWS = ("management", "cost_allocation_tags", "cost_categories")


class _Limits(NamedTuple):
    """What a budget of a cloud takes at most.

    Attributes:
        alerts: thresholds and forecasts together.
        emails: e-mail addresses.
        channels: other receivers.
        source: where the cloud says so.
    """

    alerts: int
    emails: int
    channels: int


# https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html
# https://cloud.google.com/billing/docs/how-to/budgets: five channels, and e-mail addresses are such.
# https://learn.microsoft.com/rest/api/consumption/budgets/create-or-update
_LIMITS = {
    "aws": _Limits(alerts=5, emails=10, channels=1),
    "gcp": _Limits(alerts=100, emails=5, channels=5),
    "azure": _Limits(alerts=5, emails=50, channels=50),
}


def bills(project: Project) -> Iterator[tuple[Bill, Variant, list[Layer]]]:
    """Each bill with what a job file would say of it, and where that stands.

    Args:
        project: the repository.
    """
    written = project.document.get("budgets") or ()
    for index, bill in enumerate(project.settings.budgets):
        at, data = ("budgets", index), written[index]
        block = {key: data[key] for key in _BLOCK if data.get(key) is not None}
        block.setdefault("region", _REGIONS[bill.provider])
        block["runtime"] = {"type": BILLING}
        own = [
            Layer(SETTINGS_FILE, at, (), data),
            Layer(SETTINGS_FILE, at, ("infrastructure",), block),
        ]
        tenant, environment = Location(SETTINGS_FILE, (*at, "tenant_id")), Location(
            SETTINGS_FILE, (*at, "environment")
        )
        yield bill, Variant(bill.tenant_id, bill.environment, tenant, environment), own


def faults(bill: Bill, index: int) -> Problems:
    """What the cloud of a bill does not take."""
    found = Problems()
    at = ("budgets", index)

    def fault(key: str, message: str, hint: str = "", on_key: bool = False) -> None:
        found.error("invalid-value", message, Location(SETTINGS_FILE, (*at, key), on_key), hint)

    if bill.provider != "aws":
        for key in _ONLY_AWS:
            if key in bill.model_fields_set:
                fault(key, f'"{key}" has no effect on {bill.provider}', "remove it", on_key=True)
    _of_currency(bill, fault)
    if bill.provider == "gcp":
        if bill.start is not None:
            fault("start", '"start" has no effect on gcp', "remove it", on_key=True)
        if bill.billing_account is None:
            fault("billing_account", 'gcp needs "billing_account"', "gcloud billing accounts list")
    elif bill.billing_account is not None:
        message = f'"billing_account" has no effect on {bill.provider}'
        fault("billing_account", message, "remove it", on_key=True)
    if bill.provider == "azure" and bill.start is None:
        fault("start", 'azure needs "start"', "the first day of a month, such as 2026-11-01")
    found += _of_alerts(bill, bill.alerts, (*at, "alerts"))
    for number, one in enumerate(bill.cost_centers):
        if one.alerts is not None:
            found += _of_alerts(bill, one.alerts, (*at, "cost_centers", number, "alerts"))
    return found


def _of_currency(bill: Bill, fault: Any) -> None:
    if bill.provider == "aws":
        billed = "CNY" if (bill.region or "").startswith("cn-") else "USD"
        if bill.currency not in (None, billed):
            fault("currency", f"AWS counts in {billed} here, not in {bill.currency}")
    elif bill.provider == "azure" and bill.currency is not None:
        message = '"currency" has no effect on azure: amounts are in that of the subscription'
        fault("currency", message, "remove it", on_key=True)
    elif bill.provider == "gcp" and bill.currency is None:
        fault("currency", 'gcp needs "currency"', "that of the billing account, such as EUR")


def _of_alerts(bill: Bill, alerts: BudgetAlerts, at: tuple[str | int, ...]) -> Iterator[Problem]:
    most = _LIMITS[bill.provider]
    counted = {
        "thresholds": (len(alerts.thresholds) + len(alerts.forecasts), most.alerts),
        "emails": (len(alerts.emails), most.emails),
        "channels": (len(alerts.channels), most.channels),
    }
    if bill.provider == "gcp":
        number = len(alerts.emails) + len(alerts.channels)
        counted["channels"] = (number, most.channels)
        del counted["emails"]
    for key, (number, limit) in counted.items():
        if number > limit:
            kind = "thresholds and forecasts" if key == "thresholds" else key
            kind = "emails and channels" if key == "channels" and bill.provider == "gcp" else kind
            message = f"{number} {kind}, {bill.provider} takes {limit} for a budget"
            yield Problem("invalid-value", message, Location(SETTINGS_FILE, (*at, key), True))
    if not alerts.emails and not alerts.channels:
        hint = "add `emails` or `channels`"
        location = Location(SETTINGS_FILE, at, True)
        yield Problem("invalid-value", "nobody hears of these alerts", location, hint)
    if not alerts.thresholds and not alerts.forecasts:
        location = Location(SETTINGS_FILE, at, True)
        message = "these alerts have no threshold and no forecast"
        yield Problem("invalid-value", message, location, "remove one of the empty lists")


def once(jobs: list[LoadedJob]) -> Iterator[Problem]:
    """Two bills of one account: each tag is activated, and each category made, by one of them."""
    first: dict[tuple[str, ...], LoadedJob] = {}
    for loaded in jobs:
        block = loaded.job.infrastructure
        account = block.account
        of = loaded.document.get("billing_account") or account.account_id or account.subscription_id
        if of is None:
            continue
        other = first.setdefault((block.provider, of), loaded)
        if other is not loaded:
            message = f'the bill of {block.provider} {of} is that of "{other.job.name}" already'
            location = loaded.locations.location(("name",))
            yield Problem("two-bills", message, location, "put their cost centres into one")
