"""Databricks jobs and who may do what with them.

Source: Databricks REST API reference, "Create a new job" and "Set object permissions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource, Rule
from generator.rehearsal.rules.common import (
    check_name,
    exactly_one,
    in_range,
    one_of,
    present,
    unique,
)
from generator.rehearsal.rules.databricks_cluster import cluster, tags
from generator.rehearsal.rules.quartz import is_quartz
from generator.rehearsal.values import blocks, is_unknown, known, mapping, text

JOB_NAME_BYTES = 4096
JOB_TAGS = 25
DESTINATIONS = 3
KEY = (100, r"[A-Za-z0-9_-]+")
ADDRESS = r"[^@\s]+@[^@\s]+"
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
TIME_ZONE = r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"
PAUSE = ("PAUSED", "UNPAUSED")
METRICS = (
    *("RUN_DURATION_SECONDS", "STREAMING_BACKLOG_BYTES", "STREAMING_BACKLOG_RECORDS"),
    *("STREAMING_BACKLOG_SECONDS", "STREAMING_BACKLOG_FILES"),
)
EVENTS = (
    *("on_start", "on_success", "on_failure", "on_duration_warning_threshold_exceeded"),
    "on_streaming_backlog_exceeded",
)
CLUSTERS = ("existing_cluster_id", "job_cluster_key", "new_cluster", "environment_key")
PYTHON = r"(?:/|dbfs:/|s3://|abfss://|gs://).+"
LEVELS = ("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE", "IS_OWNER")
PRINCIPALS = ("group_name", "user_name", "service_principal_name")


def job(kind: str, value: Resource) -> Iterator[Problem]:
    """The job itself: name, tags, runs side by side, time zone and cron of its schedule."""
    name = text(value.get("name"))
    if len(name.encode()) > JOB_NAME_BYTES:
        detail = f"{len(name.encode())} bytes; the API takes {JOB_NAME_BYTES}."
        yield f"{kind}: name is too long", detail
    yield from tags(kind, "tags", mapping(value.get("tags")), JOB_TAGS)
    yield from in_range(kind, value, "max_concurrent_runs", 0, 1000)
    for schedule in blocks(value, "schedule"):
        expression = schedule.get("quartz_cron_expression")
        if isinstance(expression, str) and not is_quartz(expression):
            detail = f"{expression!r} is not a Quartz cron expression."
            yield f"{kind}: invalid quartz_cron_expression", detail
        zone = schedule.get("timezone_id")
        if isinstance(zone, str) and not re.fullmatch(TIME_ZONE, zone):
            yield f"{kind}: invalid timezone_id", repr(zone)
        yield from one_of(kind, schedule, "pause_status", PAUSE)
    for run_as in blocks(value, "run_as"):
        principal = run_as.get("service_principal_name")
        if isinstance(principal, str) and not re.fullmatch(UUID, principal):
            yield f"{kind}: service_principal_name is no application id", repr(principal)


def tasks(kind: str, value: Resource) -> Iterator[Problem]:
    """Each task has one thing to run, on one cluster, and that cluster is there."""
    known_clusters = [block.get("job_cluster_key") for block in blocks(value, "job_cluster")]
    yield from unique(kind, "job_cluster_key", known_clusters)
    found = blocks(value, "task")
    yield from unique(kind, "task_key", [task.get("task_key") for task in found])
    for block in found:
        rule = {kind: ("task_key", *KEY)}
        yield from check_name(rule, kind, block)
        yield from exactly_one(f"{kind}.task", block, *_sorts(block))
        given = [name for name in CLUSTERS if not is_unknown(block.get(name)) and block.get(name)]
        if len(given) > 1:
            yield f"{kind}.task: more than one cluster", ", ".join(given)
        key = block.get("job_cluster_key")
        if isinstance(key, str) and key not in known_clusters:
            yield f"{kind}.task: no such job_cluster_key", repr(key)
        yield from in_range(kind, block, "max_retries", -1, 2**31 - 1)
        yield from _task(kind, block)
    for path in (("job_cluster", "new_cluster"), ("task", "new_cluster")):
        for block in blocks(value, *path):
            yield from cluster(kind, block)


def _sorts(block: Resource) -> list[str]:
    return [name for name in block if name.endswith("_task")]


def _task(kind: str, block: Resource) -> Iterator[Problem]:
    for notebook in blocks(block, "notebook_task"):
        path = notebook.get("notebook_path")
        if isinstance(path, str) and notebook.get("source") != "GIT" and not path.startswith("/"):
            yield f"{kind}: notebook_path must be absolute", repr(path)
    for script in blocks(block, "spark_python_task"):
        file = script.get("python_file")
        if isinstance(file, str) and script.get("source") != "GIT" and not re.match(PYTHON, file):
            yield f"{kind}: invalid python_file", repr(file)
    for wheel in blocks(block, "python_wheel_task"):
        if not (present(wheel.get("package_name")) or is_unknown(wheel.get("package_name"))):
            yield f"{kind}: python_wheel_task needs package_name", "Nothing says what is run."
        if known(block.get("library")) and not block.get("library"):
            yield f"{kind}: python_wheel_task needs a library", "No wheel is installed."


def watching(kind: str, value: Resource) -> Iterator[Problem]:
    """Who is told of what, and the rules that raise a warning."""
    for mails in blocks(value, "email_notifications"):
        for event in EVENTS:
            for address in mails.get(event) or []:
                if isinstance(address, str) and not re.fullmatch(ADDRESS, address):
                    yield f"{kind}: invalid address in {event}", repr(address)
    for hooks in blocks(value, "webhook_notifications"):
        for event in EVENTS:
            given = blocks(hooks, event)
            if len(given) > DESTINATIONS:
                detail = f"{len(given)}; the API takes {DESTINATIONS}."
                yield f"{kind}: too many destinations in {event}", detail
            yield from unique(kind, f"destination in {event}", [hook.get("id") for hook in given])
    rules = blocks(value, "health", "rules")
    for rule in rules:
        yield from one_of(kind, rule, "metric", METRICS)
        yield from one_of(kind, rule, "op", ("GREATER_THAN",))
        yield from in_range(kind, rule, "value", 0, 2**63 - 1)
    yield from _warned(kind, value, [rule.get("metric") for rule in rules])


def _warned(kind: str, value: Resource, metrics: list[Any]) -> Iterator[Problem]:
    event = "on_duration_warning_threshold_exceeded"
    for sort in ("email_notifications", "webhook_notifications"):
        told = any(block.get(event) for block in blocks(value, sort))
        if told and "RUN_DURATION_SECONDS" not in metrics and not any(map(is_unknown, metrics)):
            yield f"{kind}: {event} needs a rule for RUN_DURATION_SECONDS", sort


def permissions(kind: str, value: Resource) -> Iterator[Problem]:
    """Levels that a job has, one principal in each entry, and one owner that is no group."""
    entries = blocks(value, "access_control")
    for entry in entries:
        yield from exactly_one(f"{kind}.access_control", entry, *PRINCIPALS)
        if present(value.get("job_id")) or is_unknown(value.get("job_id")):
            yield from one_of(kind, entry, "permission_level", LEVELS)
        if entry.get("group_name") == "admins":
            yield f"{kind}: the rights of admins cannot be changed", "group_name = 'admins'"
        if entry.get("permission_level") == "IS_OWNER" and present(entry.get("group_name")):
            yield f"{kind}: a group cannot own a job", repr(entry["group_name"])
    owners = [entry for entry in entries if entry.get("permission_level") == "IS_OWNER"]
    if len(owners) > 1:
        yield f"{kind}: a job has one owner", f"{len(owners)} have IS_OWNER."


RULES: dict[str, list[Rule]] = {
    "databricks_job": [job, tasks, watching],
    "databricks_permissions": [permissions],
}


def rules_for(kind: str) -> list[Rule]:
    """The rules that hold for a resource type."""
    return RULES.get(kind, [])
