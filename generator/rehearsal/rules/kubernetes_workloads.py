"""Cron jobs, jobs, deployments and what scales or guards them.

Source: Kubernetes API reference, CronJob, Job, Deployment, HorizontalPodAutoscaler v2,
PodDisruptionBudget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import exactly_one, in_range, one_of, unix_cron
from generator.rehearsal.values import blocks, is_unknown, mapping

MACROS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
MOST = 2**31 - 1
MAX_INDEXED = 100_000
# A cron job adds a hyphen and the minute of the start to the names of its jobs.
CRON_SUFFIX, HOSTNAME = 11, 63
# A pod has these from what makes it; k8s.io/kubernetes, pkg/apis/batch/validation.
_OF_JOBS: tuple[str, ...] = ("job-name", "batch.kubernetes.io/job-name")
_OF_JOBS += ("controller-uid", "batch.kubernetes.io/controller-uid")
_METRICS = {"Resource": "resource", "ContainerResource": "container_resource", "Pods": "pods"}
_METRICS |= {"Object": "object", "External": "external"}


# Reads a file of tzdata, 2 ms for each cron job otherwise.
@cache
def _zones() -> frozenset[str]:
    """The names of time zones; the API server is built with the tz database."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def cron_job(kind: str, value: Resource) -> Iterator[Problem]:
    """A cron expression without a time zone in it, a zone beside it, and the job."""
    for spec in blocks(value, "spec"):
        expression, zone = spec.get("schedule"), spec.get("timezone")
        # Sunday is 0 alone.
        cron = isinstance(expression, str) and (
            (unix_cron(expression.replace("?", "*")) and "7" not in expression.split()[4])
            or expression in MACROS
        )
        every = isinstance(expression, str) and re.fullmatch(r"@every \d+[smh]", expression)
        if isinstance(expression, str) and not cron and not every:
            detail = f"{expression!r} is not a five-field cron expression."
            yield f"{kind}: invalid schedule", detail
        # "Local" and the empty zone are refused by name.
        if isinstance(zone, str) and zone not in _zones():
            yield f"{kind}: invalid timezone", repr(zone)
        yield from one_of(kind, spec, "concurrency_policy", ("Allow", "Forbid", "Replace"))
        for name in ("starting_deadline_seconds", "successful_jobs_history_limit"):
            yield from in_range(kind, spec, name, 0, MOST)
        yield from in_range(kind, spec, "failed_jobs_history_limit", 0, MOST)
        for inner in blocks(spec, "job_template", "spec"):
            yield from _job(kind, inner, _name_of(value), CRON_SUFFIX)


def job(kind: str, value: Resource) -> Iterator[Problem]:
    """A job on its own."""
    for spec in blocks(value, "spec"):
        yield from _job(kind, spec, _name_of(value), 0)


def _name_of(value: Resource) -> object:
    return next((meta.get("name") for meta in blocks(value, "metadata")), None)


def _job(kind: str, spec: Resource, name: object, suffix: int) -> Iterator[Problem]:
    for attribute in ("active_deadline_seconds", "backoff_limit", "completions", "parallelism"):
        yield from in_range(kind, spec, attribute, 0, MOST)
    yield from one_of(kind, spec, "completion_mode", ("NonIndexed", "Indexed"))
    yield from in_range(kind, spec, "backoff_limit_per_index", 0, MOST)
    for meta in blocks(spec, "template", "metadata"):
        for key in mapping(meta.get("labels")):
            if key in _OF_JOBS:
                yield f"{kind}: a label of the job controller", f"{key}: no pod would be made."
    if spec.get("completion_mode") != "Indexed":
        limit = spec.get("backoff_limit_per_index")
        if isinstance(limit, int) and limit and spec.get("completion_mode") == "NonIndexed":
            yield f"{kind}: backoff_limit_per_index without Indexed", "There are no indexes."
        return
    completions = spec.get("completions")
    yield from in_range(kind, spec, "parallelism", 0, MAX_INDEXED)
    if completions is None:
        yield f"{kind}: Indexed needs completions", "They are counted from 0."
    elif isinstance(completions, int) and isinstance(name, str):
        longest = len(name) + suffix + len(f"-{max(completions - 1, 0)}")
        if longest > HOSTNAME:
            detail = f"its last pod's hostname has {longest} characters; {HOSTNAME} are allowed."
            yield f"{kind}: name is too long for an indexed job", detail


def deployment(kind: str, value: Resource) -> Iterator[Problem]:
    """A selector that chooses the pods of the template, and a strategy that can move on."""
    for spec in blocks(value, "spec"):
        replicas = spec.get("replicas")
        if isinstance(replicas, str) and replicas and not replicas.isdigit():
            yield f"{kind}: invalid replicas", repr(replicas)
        selectors = blocks(spec, "selector")
        known = not is_unknown(spec.get("selector"))
        if known and not any(_chooses(selector) for selector in selectors):
            yield f"{kind}: empty selector", "It must choose the pods of the template."
        for selector in selectors:
            yield from _matches(kind, mapping(selector.get("match_labels")), spec)
        for update in blocks(spec, "strategy", "rolling_update"):
            if update.get("max_surge") in ("0", "0%") == update.get("max_unavailable"):
                yield f"{kind}: no room to roll", "max_surge and max_unavailable are both 0."
        for strategy in blocks(spec, "strategy"):
            yield from one_of(kind, strategy, "type", ("RollingUpdate", "Recreate"))
            if strategy.get("type") == "Recreate" and blocks(strategy, "rolling_update"):
                yield f"{kind}: Recreate with rolling_update", "The API takes one of the two."


def _chooses(selector: Resource) -> bool:
    return any(selector.get(name) for name in ("match_labels", "match_expressions"))


def _matches(kind: str, wanted: Resource, spec: Resource) -> Iterator[Problem]:
    for meta in blocks(spec, "template", "metadata"):
        if is_unknown(meta.get("labels")):
            continue
        labels = mapping(meta.get("labels"))
        for key, value in wanted.items():
            given = labels.get(key)
            if not is_unknown(value) and not is_unknown(given) and value != given:
                detail = f"{key} = {value!r}, but the template has {given!r}."
                yield f"{kind}: selector does not match template labels", detail


def autoscaler(kind: str, value: Resource) -> Iterator[Problem]:
    """Bounds in order, and metrics with the block of their type."""
    for spec in blocks(value, "spec"):
        low, high = spec.get("min_replicas"), spec.get("max_replicas")
        for name in ("min_replicas", "max_replicas"):
            yield from in_range(kind, spec, name, 1, MOST)
        if isinstance(low, int) and isinstance(high, int) and low > high:
            yield f"{kind}: min_replicas above max_replicas", f"{low} and {high}."
        for metric in blocks(spec, "metric"):
            yield from one_of(kind, metric, "type", _METRICS)
            inner = _METRICS.get(str(metric.get("type")))
            if inner and not metric.get(inner):
                yield f"{kind}: metric without its block", f"{metric['type']} needs {inner}."
            for target in blocks(metric, "resource", "target"):
                yield from one_of(kind, target, "type", ("Utilization", "AverageValue"))
                if target.get("type") == "Utilization":
                    yield from in_range(kind, target, "average_utilization", 1, MOST)


def disruption_budget(kind: str, value: Resource) -> Iterator[Problem]:
    """Either of the two bounds, as a number or a percentage."""
    for spec in blocks(value, "spec"):
        yield from exactly_one(kind, spec, "min_available", "max_unavailable")
        for name in ("min_available", "max_unavailable"):
            bound = spec.get(name)
            if isinstance(bound, str) and bound and not re.fullmatch(r"\d+|\d{1,2}%|100%", bound):
                yield f"{kind}: invalid {name}", repr(bound)
