"""Cloud Logging and Cloud Monitoring.

Sources: Cloud Logging API reference (projects.locations.buckets, sinks); Cloud Monitoring
API reference, projects.alertPolicies, and "Alerting limits".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import duration, in_range, one_of, present
from generator.rehearsal.values import blocks

DESTINATION = (
    r"(storage\.googleapis\.com/[^/]+"
    r"|bigquery\.googleapis\.com/projects/[^/]+/datasets/[^/]+"
    r"|pubsub\.googleapis\.com/projects/[^/]+/topics/[^/]+"
    r"|logging\.googleapis\.com/projects/[^/]+(/locations/[^/]+/buckets/[^/]+)?)"
)
CONDITIONS = (
    *("condition_absent", "condition_matched_log", "condition_monitoring_query_language"),
    *("condition_prometheus_query_language", "condition_sql", "condition_threshold"),
)
DAY = 86400


def log_bucket(kind: str, value: Resource) -> Iterator[Problem]:
    """Logs are kept for 1 to 3650 days."""
    yield from in_range(kind, value, "retention_days", 1, 3650)


def log_sink(kind: str, value: Resource) -> Iterator[Problem]:
    """A destination is a bucket, a data set, a topic, a log bucket or a project."""
    destination = value.get("destination")
    if isinstance(destination, str) and not re.fullmatch(DESTINATION, destination):
        yield f"{kind}: invalid destination", repr(destination)
    text = value.get("filter")
    if isinstance(text, str) and len(text) > 20000:
        yield f"{kind}: filter is too long", f"{len(text)}; the API takes 20000."


def alert_policy(kind: str, value: Resource) -> Iterator[Problem]:
    """One to six conditions, each of one sort; whole minutes; limits of a strategy."""
    yield from one_of(kind, value, "combiner", ("AND", "OR", "AND_WITH_MATCHING_RESOURCE"))
    conditions = blocks(value, "conditions")
    if len(conditions) > 6:
        yield f"{kind}: too many conditions", f"{len(conditions)}; the API takes 6."
    for condition in conditions:
        yield from _condition(kind, condition)
    matched = any(c.get("condition_matched_log") for c in conditions)
    for strategy in blocks(value, "alert_strategy"):
        yield from duration(kind, strategy, "auto_close", 1800, 7 * DAY)
        limited = strategy.get("notification_rate_limit")
        if present(limited) and bool(limited) != matched:
            detail = "notification_rate_limit goes with a log match condition, and only with it."
            yield f"{kind}: invalid alert_strategy", detail
    if matched and len(conditions) > 1:
        yield f"{kind}: too many conditions", "A log match condition stands alone."


def _condition(kind: str, condition: Resource) -> Iterator[Problem]:
    found = [sort for sort in CONDITIONS if condition.get(sort)]
    if len(found) != 1:
        yield f"{kind}: a condition is of one sort", f"Set: {', '.join(found) or 'none'}."
    for threshold in blocks(condition, "condition_threshold"):
        for attribute in ("filter", "denominator_filter"):
            text = threshold.get(attribute) or None
            if isinstance(text, str) and not ("metric.type" in text and "resource.type" in text):
                yield f"{kind}: filter names metric.type and resource.type", repr(text)
            if isinstance(text, str) and len(text) > 2048:
                yield f"{kind}: {attribute} is too long", f"{len(text)}; the API takes 2048."
        yield from _minutes(kind, threshold, "duration", 0, DAY)
        above, below = (
            blocks(threshold, name) for name in ("aggregations", "denominator_aggregations")
        )
        for aggregation in (*above, *below):
            yield from _minutes(kind, aggregation, "alignment_period", 60, 25 * 3600)
        if (
            below
            and above
            and above[-1].get("alignment_period") != below[-1].get("alignment_period")
        ):
            yield f"{kind}: a ratio of unlike periods", "Both sides need one alignment_period."


def _minutes(kind: str, value: Resource, attribute: str, low: int, high: int) -> Iterator[Problem]:
    yield from duration(kind, value, attribute, low, high)
    text = value.get(attribute)
    if isinstance(text, str) and text[:-1].isdigit() and int(text[:-1]) % 60:
        yield f"{kind}: invalid {attribute}", f"{text!r} is not a multiple of 60s."
