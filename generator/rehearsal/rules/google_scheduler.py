"""Cloud Scheduler. Source: Cloud Scheduler API reference, projects.locations.jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import duration, exactly_one, in_range, one_of, unix_cron
from generator.rehearsal.values import blocks

METHODS = ("POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")
TARGETS = ("http_target", "pubsub_target", "app_engine_http_target")
TIME_ZONE = r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"


def scheduler_job(kind: str, value: Resource) -> Iterator[Problem]:
    """A cron expression, a time zone, one target, a deadline of 15 s to 30 min."""
    expression = value.get("schedule")
    if isinstance(expression, str) and not unix_cron(expression):
        yield f"{kind}: invalid schedule", f"{expression!r} is not a five-field cron expression."
    zone = value.get("time_zone")
    if isinstance(zone, str) and not re.fullmatch(TIME_ZONE, zone):
        yield f"{kind}: invalid time_zone", repr(zone)
    yield from exactly_one(kind, value, *TARGETS)
    yield from duration(kind, value, "attempt_deadline", 15, 1800)
    description = value.get("description")
    if isinstance(description, str) and len(description) > 500:
        yield f"{kind}: description is too long", f"{len(description)}; the API takes 500."
    for retry in blocks(value, "retry_config"):
        yield from in_range(kind, retry, "retry_count", 0, 5)
    for target in blocks(value, "http_target"):
        yield from one_of(kind, target, "http_method", METHODS)
        uri = target.get("uri")
        if isinstance(uri, str) and not re.match(r"https?://[^/\s]+", uri):
            yield f"{kind}: invalid http_target.uri", repr(uri)
        if target.get("oauth_token") and target.get("oidc_token"):
            yield f"{kind}: oauth_token or oidc_token", "Not both."
        oauth = bool(target.get("oauth_token"))
        if oauth and isinstance(uri, str) and not re.match(r"https://[^/]*\.googleapis\.com/", uri):
            yield f"{kind}: oauth_token is for *.googleapis.com", repr(uri)
