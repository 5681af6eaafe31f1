"""Who hears of what: ``monitoring.alerts`` as the input of that name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import KeyPath
from generator.model.infrastructure import Alerts, Infrastructure
from generator.plan.job_paths import plain
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.runtime import Faults

# Thresholds that count runs, of which a worker has none.
_OF_RUNS = {
    "run_seconds": "too long",
    "error_rate": "counted",
    "timeout_rate": "counted",
    "records_processed_min": "too small",
}
_THRESHOLDS = ("failed_runs", "error_lines", "run_seconds", "error_rate", "timeout_rate")
_AT = "monitoring.alerts"
_FEW = f"{_AT}.thresholds.records_processed_min"


def alerts(
    infrastructure: Infrastructure, faults: Faults, longest: int | None = None
) -> Iterator[Input]:
    """What raises an alert, and who hears of it; nothing where monitoring is off.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        longest: seconds of a run that is not stopped yet.
    """
    wanted = infrastructure.monitoring.alerts
    if wanted is None or not infrastructure.monitoring.enabled:
        return
    if infrastructure.runtime.scaling.min > 0:
        _check_worker(wanted, faults)
    elif longest is not None:
        _check_length(wanted, faults, longest)
    value: dict[str, Any] = {"channels": list(wanted.channels)} if wanted.channels else {}
    for name in _THRESHOLDS:
        if name in wanted.thresholds.model_fields_set:
            value[name] = plain(getattr(wanted.thresholds, name))
    if _counts_records(wanted, faults):
        value["records_field"] = wanted.records_field
        value["records_processed_min"] = wanted.thresholds.records_processed_min
    at = ("infrastructure", "monitoring", "alerts")
    origins: dict[KeyPath, KeyPath] = {
        (name,): (*at, "thresholds", name) for name in (*_THRESHOLDS, "records_processed_min")
    }
    yield Input("alerts", value, at, origins=origins)


def _counts_records(wanted: Alerts, faults: Faults) -> bool:
    """Whether runs with few records raise an alert; a warning where half of it is there."""
    least, field = wanted.thresholds.records_processed_min, wanted.records_field
    if least is not None and field is None:
        message = '"records_processed_min" has no effect: nothing says how many records a run had'
        hint = "let each run log them as JSON, and name the key in monitoring.alerts.records_field"
        faults.warn(_FEW, message, hint)
    if field is not None and least is None:
        message = '"records_field" has no effect without a limit'
        hint = "set thresholds.records_processed_min, or remove it"
        faults.warn(f"{_AT}.records_field", message, hint)
    return least is not None and field is not None


def _check_worker(wanted: Alerts, faults: Faults) -> None:
    for name, which in _OF_RUNS.items():
        if getattr(wanted.thresholds, name) is not None:
            message = f"a worker has no runs that could be {which}"
            faults.add(f"{_AT}.thresholds.{name}", message, "remove it")


def _check_length(wanted: Alerts, faults: Faults, longest: int) -> None:
    given = wanted.thresholds.run_seconds
    if given is not None and given > longest:
        message = f'"run_seconds" must be from 1 to {longest} on this cloud'
        faults.add(f"{_AT}.thresholds.run_seconds", message)
