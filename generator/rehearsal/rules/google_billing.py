"""Budgets, and the channels that hear of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import one_of
from generator.rehearsal.values import blocks

BILLING_ACCOUNT = re.compile(r"(?:billingAccounts/)?[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}")
CHANNEL = re.compile(r"projects/[^/]+/notificationChannels/[^/]+")
TOPIC = re.compile(r"projects/[^/]+/topics/[^/]+")
MOST_CHANNELS = 5
BASES = ("CURRENT_SPEND", "FORECASTED_SPEND")


def budget(kind: str, value: Resource) -> Iterator[Problem]:
    """Account, amount, one label, thresholds, and that somebody gets e-mail of them.

    Source: Cloud Billing Budget API, billingAccounts.budgets (Filter, NotificationsRule,
    ThresholdRule); google.type.Money.
    """
    account = value.get("billing_account")
    if isinstance(account, str) and not BILLING_ACCOUNT.fullmatch(account):
        yield f"{kind}: invalid billing_account", f"{account!r} is not XXXXXX-XXXXXX-XXXXXX."
    for amount in blocks(value, "amount"):
        for money in blocks(amount, "specified_amount"):
            yield from _money(kind, money)
    for one in blocks(value, "budget_filter"):
        labels = one.get("labels")
        if isinstance(labels, dict) and len(labels) > 1:
            yield f"{kind}: too many labels", f"{sorted(labels)}; the API takes one."
    rules = blocks(value, "threshold_rules")
    for rule in rules:
        yield from one_of(kind, rule, "spend_basis", BASES)
        share = rule.get("threshold_percent")
        if isinstance(share, int | float) and share < 0:
            yield f"{kind}: invalid threshold_percent", f"{share} is below 0."
    for told in blocks(value, "all_updates_rule"):
        yield from _told(kind, told, bool(rules))


def _money(kind: str, money: Resource) -> Iterator[Problem]:
    units, nanos = money.get("units"), money.get("nanos")
    if isinstance(units, str) and not re.fullmatch(r"-?\d{1,19}", units):
        yield f"{kind}: invalid units", f"{units!r} is no whole number."
    if isinstance(nanos, int | float) and not 0 <= nanos <= 999_999_999:
        yield f"{kind}: invalid nanos", f"{nanos} is outside 0 to 999999999."
    if units is None and not nanos:
        yield f"{kind}: no amount", "Neither units nor nanos are given."


def _told(kind: str, told: Resource, thresholds: bool) -> Iterator[Problem]:
    channels, topic = told.get("monitoring_notification_channels"), told.get("pubsub_topic")
    found = channels if isinstance(channels, list) else []
    if len(found) > MOST_CHANNELS:
        yield f"{kind}: too many channels", f"{len(found)}; the API takes {MOST_CHANNELS}."
    for name in found:
        if isinstance(name, str) and not CHANNEL.fullmatch(name):
            yield f"{kind}: invalid channel", f"{name!r} is no notification channel."
    if isinstance(topic, str) and not TOPIC.fullmatch(topic):
        yield f"{kind}: invalid pubsub_topic", f"{topic!r} is not projects/P/topics/T."
    if channels in (None, []) and thresholds and told.get("disable_default_iam_recipients") is True:
        yield f"{kind}: nobody gets e-mail", "Thresholds need channels or the default recipients."


def channel(kind: str, value: Resource) -> Iterator[Problem]:
    """An e-mail channel has one address.

    Source: Cloud Monitoring API, projects.notificationChannelDescriptors of type email.
    """
    labels = value.get("labels")
    if value.get("type") != "email" or not isinstance(labels, dict):
        return
    address = labels.get("email_address")
    if set(labels) != {"email_address"}:
        yield f"{kind}: invalid labels", f"{sorted(labels)}; a channel of e-mail has email_address."
    elif isinstance(address, str) and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        yield f"{kind}: invalid e-mail address", repr(address)
