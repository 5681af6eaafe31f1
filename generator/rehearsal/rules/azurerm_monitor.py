"""Azure Monitor: workspaces, alerts, and what is collected.

Sources: REST API, Workspaces - Create Or Update; Metric Alerts - Create Or Update;
Scheduled Query Rules, Data Collection Rules and their associations, Diagnostic Settings - Create
Or Update.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import exactly_one, in_range, one_of
from generator.rehearsal.values import blocks

FREQUENCIES = ("PT1M", "PT5M", "PT15M", "PT30M", "PT1H")
WINDOWS = (*FREQUENCIES, "PT6H", "PT12H", "P1D")
QUERY_FREQUENCIES = (
    *("PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT45M"),
    *("PT1H", "PT2H", "PT3H", "PT4H", "PT5H", "PT6H", "P1D"),
)
QUERY_WINDOWS = (*QUERY_FREQUENCIES, "P2D")
SKUS = (
    *("PerGB2018", "CapacityReservation", "LACluster", "PerNode", "Premium"),
    *("Standalone", "Standard", "Unlimited", "Free"),
)


def workspace(kind: str, value: Resource) -> Iterator[Problem]:
    """Logs are kept for 30 to 730 days."""
    yield from one_of(kind, value, "sku", SKUS)
    if value.get("sku") != "Free":
        yield from in_range(kind, value, "retention_in_days", 30, 730)


def minutes(duration: object) -> int | None:
    """An ISO 8601 duration in minutes."""
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", str(duration))
    if not found:
        return None
    days, hours, rest = (int(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + rest


def _channels(kind: str, value: Resource) -> Iterator[Problem]:
    """Azure Monitor service limits: five action groups an alert rule."""
    groups = [group for action in blocks(value, "action") for group in _groups(action)]
    if len(groups) > 5:
        yield f"{kind}: too many action groups", f"{len(groups)} action groups; the API takes 5."


def _groups(action: Resource) -> list[object]:
    several = action.get("action_groups")
    return several if isinstance(several, list) else [action.get("action_group_id")]


def _window(kind: str, value: Resource, frequency: str, window: str) -> Iterator[Problem]:
    often, long = minutes(value.get(frequency)), minutes(value.get(window))
    if often and long and often > long:
        detail = f"{value[frequency]} is longer than {value[window]}."
        yield f"{kind}: {frequency} over {window}", detail


def metric_alert(kind: str, value: Resource) -> Iterator[Problem]:
    """Severity 0 to 4; steps of time; a window at least as long as the frequency."""
    yield from in_range(kind, value, "severity", 0, 4)
    yield from one_of(kind, value, "frequency", FREQUENCIES)
    yield from one_of(kind, value, "window_size", WINDOWS)
    yield from _window(kind, value, "frequency", "window_size")
    yield from _channels(kind, value)


def query_alert(kind: str, value: Resource) -> Iterator[Problem]:
    """The same, and a query in each criterion; one scope."""
    yield from in_range(kind, value, "severity", 0, 4)
    yield from one_of(kind, value, "evaluation_frequency", QUERY_FREQUENCIES)
    yield from one_of(kind, value, "window_duration", QUERY_WINDOWS)
    yield from _window(kind, value, "evaluation_frequency", "window_duration")
    yield from _channels(kind, value)
    scopes = value.get("scopes")
    if isinstance(scopes, list) and len(scopes) != 1:
        yield f"{kind}: one scope", f"{len(scopes)} are given."
    for criterion in blocks(value, "criteria"):
        if criterion.get("query") == "":
            yield f"{kind}: empty query", "A criterion needs one."
        for periods in blocks(criterion, "failing_periods"):
            yield from in_range(kind, periods, "number_of_evaluation_periods", 1, 6)


def collection_rule(kind: str, value: Resource) -> Iterator[Problem]:
    """What flows comes from a source, and goes to a destination that is declared."""
    kinds = blocks(value, "destinations")
    declared = {
        inner.get("name")
        for block in kinds
        for nested in block.values()
        for inner in (nested if isinstance(nested, list) else [])
        if isinstance(inner, dict)
    }
    for flow in blocks(value, "data_flow"):
        if flow.get("streams") == []:
            yield f"{kind}: a flow without streams", "streams is empty."
        names = flow.get("destinations")
        for name in names if isinstance(names, list) else []:
            if isinstance(name, str) and name not in declared:
                yield f"{kind}: no such destination", repr(name)


def collection_rule_association(kind: str, value: Resource) -> Iterator[Problem]:
    """A rule or an endpoint, and for an endpoint the one name that it has."""
    yield from exactly_one(kind, value, "data_collection_rule_id", "data_collection_endpoint_id")
    if value.get("data_collection_endpoint_id") and value.get("name") not in (
        *(None, "configurationAccessEndpoint"),
    ):
        yield f"{kind}: invalid name", "Of an endpoint it is configurationAccessEndpoint."


def diagnostic_setting(kind: str, value: Resource) -> Iterator[Problem]:
    """Something to send, and somewhere to send it to."""
    locations = (
        *("log_analytics_workspace_id", "storage_account_id"),
        *("eventhub_authorization_rule_id", "partner_solution_id"),
    )
    if all(value.get(location) is None for location in locations):
        yield f"{kind}: no destination", f"One of {', '.join(locations)} is needed."
    logs = blocks(value, "enabled_log")
    if not logs and not blocks(value, "enabled_metric"):
        yield f"{kind}: nothing to send", "enabled_log or enabled_metric is needed."
    for log in logs:
        yield from exactly_one(f"{kind}: enabled_log", log, "category", "category_group")
    yield from one_of(
        kind, value, "log_analytics_destination_type", ("Dedicated", "AzureDiagnostics")
    )
