"""CloudWatch: log groups, metric filters and alarms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import exactly_one, one_of
from generator.rehearsal.values import blocks

# Days; 0 stands for ever. Source: CloudWatch Logs API_PutRetentionPolicy.
RETENTION = (
    *(0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545),
    *(731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
COMPARISONS = (
    *("GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold"),
    *("LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold"),
    *("LessThanLowerThreshold", "GreaterThanUpperThreshold"),
)
MISSING = ("missing", "ignore", "breaching", "notBreaching")
ACTIONS = ("alarm_actions", "ok_actions", "insufficient_data_actions")
DAY = 86400


def log_group(kind: str, value: Resource) -> Iterator[Problem]:
    """Retention comes in steps."""
    yield from one_of(kind, value, "retention_in_days", RETENTION)


def metric_filter(kind: str, value: Resource) -> Iterator[Problem]:
    """Dimensions exclude a default value, at most three. Source: API_MetricTransformation."""
    for metric in blocks(value, "metric_transformation"):
        dimensions = metric.get("dimensions")
        if isinstance(dimensions, dict) and dimensions:
            if metric.get("default_value") is not None:
                yield f"{kind}: dimensions or default_value", "Not both."
            if len(dimensions) > 3:
                yield f"{kind}: too many dimensions", f"{len(dimensions)}; the API takes 3."
            for field in dimensions.values():
                if isinstance(field, str) and not field.startswith("$"):
                    yield f"{kind}: a dimension selects a field", f"{field!r} is a constant."
        namespace = metric.get("namespace")
        if isinstance(namespace, str) and not re.fullmatch(r"[^:*$]{1,255}", namespace):
            yield f"{kind}: invalid namespace", repr(namespace)


def metric_alarm(kind: str, value: Resource) -> Iterator[Problem]:
    """Source: CloudWatch API_PutMetricAlarm."""
    yield from one_of(kind, value, "comparison_operator", COMPARISONS)
    yield from one_of(kind, value, "treat_missing_data", MISSING)
    yield from exactly_one(kind, value, "metric_name", "metric_query")
    yield from _periods(kind, value)
    yield from _queries(kind, value)
    for attribute in ACTIONS:
        actions = value.get(attribute)
        if isinstance(actions, list) and len(actions) > 5:
            yield f"{kind}: too many {attribute}", f"{len(actions)}; the API takes 5."
        for action in actions if isinstance(actions, list) else []:
            if isinstance(action, str) and not action.startswith("arn:"):
                yield f"{kind}: {attribute} are ARNs", repr(action)


def _queries(kind: str, value: Resource) -> Iterator[Problem]:
    """Metric math: names, what they refer to, one result. Source: API_MetricDataQuery."""
    queries = blocks(value, "metric_query")
    ids = [query["id"] for query in queries if isinstance(query.get("id"), str)]
    for name in ids:
        if not re.fullmatch(r"[a-z][A-Za-z0-9_]{0,254}", name):
            yield f"{kind}: invalid id of a metric_query", repr(name)
    if len(ids) == len(queries) > len(set(ids)):
        yield f"{kind}: a metric_query id twice", ", ".join(ids)
    if queries and sum(query.get("return_data") is True for query in queries) != 1:
        yield f"{kind}: one metric_query returns data", "The alarm looks at that one."
    for query in queries:
        yield from exactly_one(f"{kind}: metric_query", query, "expression", "metric")
        expression = query.get("expression")
        if isinstance(expression, str) and len(ids) == len(queries):
            bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", expression)
            for name in re.findall(r"\b[a-z][A-Za-z0-9_]*\b", bare):
                if name not in ids:
                    yield f"{kind}: an expression names no metric_query", f"{name!r}: {expression}"
        for metric in blocks(query, "metric"):
            again = {"evaluation_periods": value.get("evaluation_periods")}
            yield from _periods(kind, {**again, "period": metric.get("period")})


def _periods(kind: str, value: Resource) -> Iterator[Problem]:
    periods, period = value.get("evaluation_periods"), value.get("period")
    points = value.get("datapoints_to_alarm")
    if isinstance(period, int | float) and period not in (10, 20, 30) and period % 60:
        yield f"{kind}: invalid period", f"{period} is not 10, 20, 30 or a multiple of 60."
    if not isinstance(periods, int | float):
        return
    if periods < 1:
        yield f"{kind}: invalid evaluation_periods", f"{periods} is less than 1."
    if isinstance(points, int | float) and not 1 <= points <= periods:
        yield f"{kind}: invalid datapoints_to_alarm", f"{points} of {periods}."
    if isinstance(period, int | float):
        span = 7 * DAY if period >= 3600 else DAY
        if period * periods > span:
            yield f"{kind}: looks back too far", f"{period} s times {periods} is over {span} s."
