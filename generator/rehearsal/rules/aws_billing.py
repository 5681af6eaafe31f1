"""Budgets and what splits costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import one_of
from generator.rehearsal.values import blocks

PERIODS = ("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM")
TAG_FILTER = re.compile(r"(?:user|aws):[^$]{1,128}\$.{0,256}")
MOST_NOTIFICATIONS = 5
MOST_EMAILS = 10


def budget(kind: str, value: Resource) -> Iterator[Problem]:
    """Amount, period, five alerts, the filter by a tag.

    Source: Budgets API_CreateBudget, API_Notification and API_NotificationWithSubscribers.
    """
    yield from one_of(kind, value, "time_unit", PERIODS)
    yield from one_of(kind, value, "limit_unit", ("USD", "CNY"))
    amount = value.get("limit_amount")
    if isinstance(amount, str) and not (_number(amount) > 0):
        yield f"{kind}: invalid limit_amount", f"{amount!r} is no amount above 0."
    start = value.get("time_period_start")
    if isinstance(start, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d:\d\d", start):
        yield f"{kind}: invalid time_period_start", f"{start!r} is not YYYY-MM-DD_HH:MM."
    notifications = list(blocks(value, "notification"))
    if len(notifications) > MOST_NOTIFICATIONS:
        detail = f"{len(notifications)}; the API takes {MOST_NOTIFICATIONS}."
        yield f"{kind}: too many notifications", detail
    for one in notifications:
        yield from _notification(kind, one)
    for one in blocks(value, "cost_filter"):
        for text in _texts(one.get("values")):
            if one.get("name") == "TagKeyValue" and not TAG_FILTER.fullmatch(text):
                yield f"{kind}: invalid tag filter", f"{text!r} is not user:KEY$VALUE."


def _notification(kind: str, one: Resource) -> Iterator[Problem]:
    yield from one_of(kind, one, "comparison_operator", ("GREATER_THAN", "LESS_THAN", "EQUAL_TO"))
    yield from one_of(kind, one, "notification_type", ("ACTUAL", "FORECASTED"))
    yield from one_of(kind, one, "threshold_type", ("PERCENTAGE", "ABSOLUTE_VALUE"))
    emails = one.get("subscriber_email_addresses")
    topics = one.get("subscriber_sns_topic_arns")
    if isinstance(emails, list) and len(emails) > MOST_EMAILS:
        yield f"{kind}: too many e-mail addresses", f"{len(emails)}; the API takes {MOST_EMAILS}."
    if isinstance(topics, list) and len(topics) > 1:
        yield f"{kind}: too many topics", f"{len(topics)}; the API takes 1."
    if emails in (None, []) and topics in (None, []):
        yield f"{kind}: nobody is notified", "A notification needs a subscriber."
    for email in _texts(emails):
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            yield f"{kind}: invalid e-mail address", repr(email)


def _texts(values: object) -> list[str]:
    return [one for one in values if isinstance(one, str)] if isinstance(values, list) else []


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else 0.0


def cost_category(kind: str, value: Resource) -> Iterator[Problem]:
    """Source: Cost Explorer API_CreateCostCategoryDefinition, API_CostCategoryRule."""
    yield from one_of(kind, value, "rule_version", ("CostCategoryExpression.v1",))
    rules = list(blocks(value, "rule"))
    if not 1 <= len(rules) <= 500:
        yield f"{kind}: number of rules", f"{len(rules)}; the API takes 1 to 500."
    for rule in rules:
        inherited = list(blocks(rule, "inherited_value"))
        if rule.get("type") == "INHERITED_VALUE" and not inherited:
            yield f"{kind}: no inherited value", "INHERITED_VALUE needs one."
        for one in inherited:
            yield from one_of(kind, one, "dimension_name", ("LINKED_ACCOUNT_NAME", "TAG"))


def allocation_tag(kind: str, value: Resource) -> Iterator[Problem]:
    """Source: Cost Explorer API_CostAllocationTagStatusEntry."""
    yield from one_of(kind, value, "status", ("Active", "Inactive"))
    key = value.get("tag_key")
    if isinstance(key, str) and not 1 <= len(key) <= 1024:
        yield f"{kind}: invalid tag_key", f"{len(key)} characters; the API takes 1 to 1024."
