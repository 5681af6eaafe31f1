"""Schedules and state machines.

Sources: EventBridge Scheduler User Guide, "Schedule types"; API_CreateSchedule;
Amazon States Language specification.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import CRON_WORDS, cron_field, in_range, one_of
from generator.rehearsal.values import blocks

RATE = r"rate\(([1-9]\d*) (minute|hour|day)(s?)\)"
AT = r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)"
SYNTAX = "cron(min hour day-of-month month day-of-week year) with one ?, rate(n unit) or at(time)"
DAY_OF_MONTH = r"L|\d{1,2}W|LW"
DAY_OF_WEEK = r"[1-7]L|L|[1-7]#[1-5]"
STATE_TYPES = ("Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map")


def valid_expression(expression: str, *, once: bool = True) -> bool:
    """True for an expression that EventBridge takes; ``once``: ``at(…)`` too."""
    if found := re.fullmatch(r"cron\((.*)\)", expression):
        return _valid_cron(found[1].split())
    if found := re.fullmatch(RATE, expression):
        return (found[1] == "1") == (found[3] == "")
    return once and bool(re.fullmatch(AT, expression))


def _valid_cron(parts: list[str]) -> bool:
    if len(parts) != 6 or (parts[2] == "?") == (parts[4] == "?"):
        return False
    minute, hour, day, month, weekday, year = parts
    return (
        cron_field(minute, 0, 59)
        and cron_field(hour, 0, 23)
        and (day == "?" or bool(re.fullmatch(DAY_OF_MONTH, day)) or cron_field(day, 1, 31))
        and cron_field(month, 1, 12, CRON_WORDS[3])
        and (
            weekday == "?"
            or bool(re.fullmatch(DAY_OF_WEEK, weekday))
            or cron_field(weekday, 1, 7, CRON_WORDS[4])
        )
        and cron_field(year, 1970, 2199)
    )


def schedule(kind: str, value: Resource) -> Iterator[Problem]:
    """Expression, time zone, window, and a target with a role and JSON for an input."""
    expression = value.get("schedule_expression")
    if isinstance(expression, str) and not valid_expression(expression):
        yield f"{kind}: invalid schedule_expression", f"{expression!r}: {SYNTAX}."
    zone = value.get("schedule_expression_timezone")
    if isinstance(zone, str) and not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", zone):
        yield f"{kind}: invalid schedule_expression_timezone", repr(zone)
    yield from one_of(kind, value, "state", ("ENABLED", "DISABLED"))
    for window in blocks(value, "flexible_time_window"):
        yield from one_of(kind, window, "mode", ("OFF", "FLEXIBLE"))
        yield from in_range(kind, window, "maximum_window_in_minutes", 1, 1440)
    for target in blocks(value, "target"):
        for attribute in ("arn", "role_arn"):
            arn = target.get(attribute)
            if isinstance(arn, str) and not arn.startswith("arn:"):
                yield f"{kind}: target.{attribute} is not an ARN", repr(arn)
        if isinstance(target.get("input"), str):
            yield from _json(kind, "target.input", target["input"])
        for retry in blocks(target, "retry_policy"):
            yield from in_range(kind, retry, "maximum_event_age_in_seconds", 60, 86400)
            yield from in_range(kind, retry, "maximum_retry_attempts", 0, 185)


def event_rule(kind: str, value: Resource) -> Iterator[Problem]:
    """A cron or rate expression; JSON for a pattern. Source: API_PutRule."""
    expression = value.get("schedule_expression")
    if isinstance(expression, str) and not valid_expression(expression, once=False):
        yield f"{kind}: invalid schedule_expression", f"{expression!r}: {SYNTAX}."
    if isinstance(value.get("event_pattern"), str):
        yield from _json(kind, "event_pattern", value["event_pattern"])


def _json(kind: str, what: str, text: str) -> Iterator[Problem]:
    try:
        json.loads(text)
    except ValueError as error:
        yield f"{kind}: {what} is not JSON", str(error)


def state_machine(kind: str, value: Resource) -> Iterator[Problem]:
    """A definition whose states exist and lead somewhere."""
    yield from one_of(kind, value, "type", ("STANDARD", "EXPRESS"))
    text = value.get("definition")
    if not isinstance(text, str):
        return
    problems = list(_json(kind, "definition", text))
    details = [] if problems else _machine(json.loads(text), "")
    yield from problems
    yield from ((f"{kind}: invalid definition", detail) for detail in details)


def _machine(machine: Any, within: str) -> Iterator[str]:
    states = machine.get("States") if isinstance(machine, dict) else None
    if not isinstance(states, dict) or not states:
        yield f"{within or 'the definition'} has no States"
        return
    if machine.get("StartAt") not in states:
        yield f"StartAt {machine.get('StartAt')!r} is no state"
    for name, state in states.items():
        yield from _state(name, state, states)


def _state(name: str, state: Any, states: dict[str, Any]) -> Iterator[str]:
    kind = state.get("Type") if isinstance(state, dict) else None
    if kind not in STATE_TYPES:
        yield f"{name}: Type {kind!r} is not one of {', '.join(STATE_TYPES)}"
        return
    branches = [*(state.get("Catch") or []), *(state.get("Choices") or [])]
    for target in [state.get("Next"), state.get("Default"), *(b.get("Next") for b in branches)]:
        if target is not None and target not in states:
            yield f"{name}: {target!r} is no state"
    ends = kind in ("Succeed", "Fail", "Choice")
    if not ends and bool(state.get("Next")) == bool(state.get("End")):
        yield f"{name}: either Next or End"
    if kind == "Task" and not state.get("Resource"):
        yield f"{name}: a Task needs a Resource"
    inner = [state.get("ItemProcessor") or state.get("Iterator")] if kind == "Map" else []
    for machine in [*inner, *(state.get("Branches") or [])]:
        yield from _machine(machine, name)
