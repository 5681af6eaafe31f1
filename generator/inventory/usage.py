"""How often a root's job runs in a month, and how long at most: what its call says, no guess."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from generator.inventory.month import HOURS_A_MONTH
from generator.inventory.schedules import Clock, Start, timing
from generator.inventory.zones import MONTHS, minutes_ahead
from generator.job.loaded import LoadedJob
from generator.model.runtime_types import RUNTIME_TYPES
from generator.plan.root_plan import RootPlan
from generator.plan.runtimes.cloud_function import MAX_SCHEDULED_SECONDS
from generator.plan.runtimes.lambda_function import MAX_TIMEOUT_SECONDS
from generator.text.count import count

ALWAYS, BY_SCHEDULE, PAUSED, BY_HAND, BY_EVENT = "always", "schedule", "paused", "hand", "event"
# What a module takes where the call says nothing.
MODULE_TIMEOUTS = {
    "aws-lambda": MAX_TIMEOUT_SECONDS,
    "gcp-cloud-function": MAX_SCHEDULED_SECONDS,
}
# Lambda Developer Guide, "Configure Lambda function memory": the equivalent of one vCPU.
_LAMBDA_MIB_A_VCPU = 1769
# The input of a module that says how many runs go on at a time; each takes 1 without it. Of a run
# on ECS that finds another one going on nothing is started; Cloud Run and Container Apps start
# every run.
_AT_ONCE = {"aws-lambda": "reserved_concurrency", "gcp-cloud-function": "max_instances"}
# One start of these is one run, however many may go on at a time.
_ONE_COPY = frozenset(("lambda", "cloud_function"))
_EVENTS = ("queue_trigger", "event_trigger", "trigger")
_SIZED = ("container", "function")


class Usage(NamedTuple):
    """What a root's job may use in a month.

    Attributes:
        started_by: "schedule", "paused", "always" for workers, "event", "hand", or the
            orchestrator.
        schedule, timezone: as written; None without one.
        runs_a_month: on average; None where nothing says it. 0 of a schedule that is paused.
        starts: when runs start, by hour of that time zone.
        starts_utc: the same by hour of UTC, in January and in July; None where the time zone is
            none that is known.
        cpu: vCPUs of a copy.
        memory_gib: its memory.
        copies: side by side at most.
        timeout_seconds: after which a run is stopped; None of what always runs.
        max_retries: how often a failed run is tried again.
        hours: a month of one copy, at most, of all runs together; None where the plan does not
            bound them.
        vcpu_hours, gib_hours: likewise, of all copies.
        capped: why hours are fewer than runs that each last until the timeout come to.
        unknown: why there are none.
    """

    started_by: str
    schedule: str | None
    timezone: str | None
    runs_a_month: Fraction | None
    starts: tuple[Start, ...]
    starts_utc: Mapping[str, tuple[Start, ...]] | None
    cpu: Fraction | None
    memory_gib: Fraction | None
    copies: int | None
    timeout_seconds: int | None
    max_retries: int | None
    hours: Fraction | None
    vcpu_hours: Fraction | None
    gib_hours: Fraction | None
    capped: str
    unknown: str


def usage_of(loaded: LoadedJob, plan: RootPlan, module: str) -> Usage:
    """What a root's job may use.

    Args:
        loaded: the job.
        plan: of its root.
        module: the shipped module that is called; empty for one of the user's own.
    """
    given = {one.name: one.value for one in plan.module.arguments}
    started_by, expression, zone = _start(loaded, given)
    found = timing(expression) if expression is not None else None
    runs = found.runs_a_month if found is not None else None
    clock = found.clock if found is not None and started_by not in (PAUSED, ALWAYS) else None
    if started_by == PAUSED:
        runs = Fraction(0)
    kind = RUNTIME_TYPES[plan.runtime].kind
    cpu, memory = _size(given, plan.runtime, kind)
    copies, timeout, retries = _limits(given, module, plan.runtime, started_by)
    unknown = _unknown(kind, module, started_by, runs, (cpu, memory, copies))
    hours, capped = None, ""
    if not unknown and copies is not None:
        hours = _hours(started_by, runs, timeout, retries)
        unknown = "" if hours is not None else "the root does not bound how long a run takes"
        if hours is not None and started_by == BY_SCHEDULE:
            hours, capped = _capped(hours, _at_once(given, module))
    whole = None if hours is None or copies is None else hours * copies
    return Usage(
        started_by,
        loaded.job.schedule.cron if loaded.job.schedule and expression else expression,
        zone if expression is not None else None,
        runs,
        clock.starts() if clock is not None else (),
        _utc(clock, zone),
        cpu,
        memory,
        copies,
        timeout,
        retries,
        hours,
        None if whole is None or cpu is None else whole * cpu,
        None if whole is None or memory is None else whole * memory,
        capped,
        unknown,
    )


def _utc(clock: Clock | None, zone: str | None) -> Mapping[str, tuple[Start, ...]] | None:
    if clock is None or zone is None:
        return dict.fromkeys(MONTHS, ())
    ahead = minutes_ahead(zone)
    if ahead is None:
        return None
    return {month: clock.starts(minutes) for month, minutes in ahead.items()}


def _start(loaded: LoadedJob, given: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    """Who starts runs, with the expression and the time zone of the schedule if there is one."""
    infrastructure = loaded.job.infrastructure
    if given.get("workers") or infrastructure.runtime.scaling.min > 0:
        return ALWAYS, None, None
    schedule = given.get("schedule")
    wanted = loaded.job.schedule
    if isinstance(schedule, dict):
        expression, zone = schedule.get("expression"), schedule.get("timezone") or "UTC"
        enabled = schedule.get("enabled") is not False
    else:
        expression, zone = (wanted.cron, wanted.timezone) if wanted else (None, None)
        enabled = wanted is None or wanted.enabled
    by = infrastructure.orchestrator.type
    if isinstance(expression, str) and isinstance(zone, str):
        started_by = by if by != "none" else BY_SCHEDULE
        return started_by if enabled else PAUSED, expression, zone
    if by != "none":
        return by, None, None
    return (BY_EVENT if any(given.get(name) for name in _EVENTS) else BY_HAND), None, None


def _size(given: Mapping[str, Any], runtime: str, kind: str) -> tuple[Fraction | None, ...]:
    """VCPUs and GiB of one copy; None where its machines are chosen otherwise."""
    if kind == "machines":
        return None, None
    mib, cpu = _number(given.get("memory_mib")), _number(given.get("cpu"))
    if runtime == "lambda" and mib is not None:
        cpu = mib / _LAMBDA_MIB_A_VCPU
    return cpu, None if mib is None else mib / 1024


def _limits(
    given: Mapping[str, Any], module: str, runtime: str, started_by: str
) -> tuple[int | None, int | None, int | None]:
    """Copies, seconds and retries."""
    if started_by == ALWAYS:
        workers = given.get("workers")
        most = workers.get("max", workers.get("min")) if isinstance(workers, dict) else None
        return _whole(most), None, None
    timeout = _whole(given.get("timeout_seconds", MODULE_TIMEOUTS.get(module)))
    copies = 1 if runtime in _ONE_COPY else _whole(given.get("parallelism", 1))
    return copies, timeout, _whole(given.get("max_retries", 0))


def _unknown(
    kind: str,
    module: str,
    started_by: str,
    runs: Fraction | None,
    size: tuple[Fraction | int | None, ...],
) -> str:
    """Why the plan does not bound what is used; empty where it does."""
    if not module:
        return "what a module of your own makes of its inputs is not known"
    if kind not in _SIZED:
        return "the machines of a cluster are billed by their types and as long as they are there"
    if None in size:
        return "a size is known to Terraform alone"
    if started_by != ALWAYS and runs is None:
        return "no schedule says how often it runs"
    return ""


def _hours(
    started_by: str, runs: Fraction | None, timeout: int | None, retries: int | None
) -> Fraction | None:
    """Hours of one copy in a month, at most: each run, and each retry, up to the timeout."""
    if started_by == ALWAYS:
        return HOURS_A_MONTH
    if runs is None or timeout is None or retries is None:
        return None
    return runs * (1 + retries) * timeout / 3600


def _at_once(given: Mapping[str, Any], module: str) -> int | None:
    """How many runs a module lets go on at the same time; None where it sets no limit."""
    if module == "aws-ecs-fargate":
        return 1 if given.get("overlapping_runs", False) is False else None
    name = _AT_ONCE.get(module)
    return None if name is None else _whole(given.get(name, 1))


def _capped(hours: Fraction, at_once: int | None) -> tuple[Fraction, str]:
    """Hours of runs that cannot go on at the same time: no more than a month has."""
    if at_once is None or hours <= HOURS_A_MONTH * at_once:
        return hours, ""
    return (
        HOURS_A_MONTH * at_once,
        f"{count(at_once, 'run')} at most at the same time, all month long",
    )


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Fraction(str(value))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
