"""The bills of dativo.yaml, each as a job of its own: the file that makes it is dativo.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import KeyPath, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import Layer, LoadedJob
from generator.job.project import Project
from generator.job.variants import Variant
from generator.model.budgets import Bill, BudgetAlerts

# The value of ``runtime.type`` that no job file can have.
BILLING = "billing"
_BLOCK = ("provider", "region", "account", "tags", "terraform")
# Where the APIs of budgets are, which have no region; a provider must have one.
_REGION = "us-east-1"
# Of one budget: AWS Budgets API, CreateBudget and NotificationWithSubscribers.
# https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Operations_AWS_Budgets.html
_MOST_ALERTS, _MOST_EMAILS, _MOST_CHANNELS = 5, 10, 1


def bills(project: Project) -> Iterator[tuple[Bill, Variant, list[Layer]]]:
    """Each bill with what a job file would say of it, and where that stands.

    Args:
        project: the repository.
    """
    written = project.document.get("budgets") or ()
    for index, bill in enumerate(project.settings.budgets):
        at, data = ("budgets", index), written[index]
        block = {key: data[key] for key in _BLOCK if data.get(key) is not None}
        block.setdefault("region", _REGION)
        block["runtime"] = {"type": BILLING}
        own = [
            Layer(SETTINGS_FILE, at, (), data),
            Layer(SETTINGS_FILE, at, ("infrastructure",), block),
        ]
        tenant = Location(SETTINGS_FILE, (*at, "tenant_id"))
        stage = Location(SETTINGS_FILE, (*at, "environment"))
        yield bill, Variant(bill.tenant_id, bill.environment, tenant, stage), own


def faults(bill: Bill, index: int) -> Problems:
    """What AWS does not take of a bill.

    Args:
        bill: the bill.
        index: its place among all.
    """
    found = Problems()
    at = ("budgets", index)
    billed = "CNY" if (bill.region or "").startswith("cn-") else "USD"
    if bill.currency not in (None, billed):
        message = f"AWS counts in {billed} here, not in {bill.currency}"
        found.error("invalid-value", message, Location(SETTINGS_FILE, (*at, "currency")))
    found += _of_alerts(bill.alerts, (*at, "alerts"))
    for number, one in enumerate(bill.cost_centers):
        if one.alerts is not None:
            found += _of_alerts(one.alerts, (*at, "cost_centers", number, "alerts"))
    return found


def _of_alerts(alerts: BudgetAlerts, at: KeyPath) -> Iterator[Problem]:
    location = Location(SETTINGS_FILE, at, True)
    for number, most, what in (
        (len(alerts.thresholds) + len(alerts.forecasts), _MOST_ALERTS, "thresholds and forecasts"),
        (len(alerts.emails), _MOST_EMAILS, "emails"),
        (len(alerts.channels), _MOST_CHANNELS, "channels"),
    ):
        if number > most:
            message = f"these alerts have {number} {what}, AWS takes {most} for a budget"
            yield Problem("invalid-value", message, location)
    if not alerts.emails and not alerts.channels:
        message, hint = "nobody hears of these alerts", "add `emails` or `channels`"
        yield Problem("invalid-value", message, location, hint)
    if not alerts.thresholds and not alerts.forecasts:
        message = "these alerts have neither thresholds nor forecasts"
        yield Problem("invalid-value", message, location, "leave one out for its default")


def once(jobs: list[LoadedJob]) -> Iterator[Problem]:
    """Two bills of one account: each tag is activated, and each category made, by one of them."""
    first: dict[str, LoadedJob] = {}
    for loaded in jobs:
        of = loaded.job.infrastructure.account.account_id
        if of is None:
            continue
        other = first.setdefault(of, loaded)
        if other is not loaded:
            message = f'the bill of account {of} is that of "{other.job.name}" already'
            location = loaded.locations.location(("name",))
            yield Problem("two-bills", message, location, "put their cost centres into one")
