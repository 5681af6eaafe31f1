"""When a job runs: its cron expression and time zone as the cloud's scheduler takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.variables import finish
from generator.plan.cron import normalise
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.runtime import Faults
from generator.text.hints import did_you_mean, question

_UTC = ("UTC", "Etc/UTC")


def schedule(
    loaded: LoadedJob,
    faults: Faults,
    convert: Callable[[str], str] = normalise,
    utc_only: bool = False,
    regional: bool = False,
) -> Iterator[Input]:
    """The schedule in the cloud's own syntax; an orchestrator keeps its schedule to itself.

    Args:
        loaded: the job.
        faults: collects what is wrong.
        convert: from a five-field expression to the scheduler's; raises ValueError.
        utc_only: the scheduler knows no other time zone.
        regional: the scheduler may be in another region than the job.
    """
    wanted, infrastructure = loaded.job.schedule, loaded.job.infrastructure
    if wanted is None:
        return
    if infrastructure.runtime.scaling.min > 0:
        message = '"schedule" has no effect on workers, which always run'
        location = loaded.locations.location(("schedule",), True)
        hint = "remove it, or set scaling.min to 0"
        faults.error("no-effect", message, location, hint)
        return
    if infrastructure.orchestrator.type != "none":
        convert, utc_only, regional = normalise, False, False
    if wanted.region is not None and not regional:
        message = '"region" has no effect: nothing here makes a job of Cloud Scheduler'
        location = loaded.locations.location(("schedule", "region"), True)
        faults.error("no-effect", message, location, "remove it")
    expression = _read(loaded, faults, "cron", convert)
    zone = _read(loaded, faults, "timezone", lambda name: _zone(name, utc_only))
    if expression is None or zone is None or infrastructure.orchestrator.type != "none":
        return
    value: dict[str, Any] = {"expression": expression, "timezone": zone}
    if not wanted.enabled:
        value["enabled"] = False
    if wanted.region is not None and regional:
        value["region"] = wanted.region
    yield Input("schedule", value, ("schedule",))


def _read(
    loaded: LoadedJob, faults: Faults, field: str, convert: Callable[[str], str]
) -> str | None:
    """A field of the schedule, converted; None where it is wrong."""
    text: str = getattr(loaded.job.schedule, field)
    try:
        return convert(finish(text, lambda: loaded.locations.location(("schedule", field))))
    except ValueError as error:
        location = loaded.locations.location(("schedule", field))
        faults.error("invalid-value", f'"{field}" {error}', location)
        return None


def _zone(name: str, utc_only: bool) -> str:
    """The name of a time zone, if it is one.

    Raises:
        ValueError: tzdata lists no such zone, or the cloud knows none but UTC.
    """
    if name in _UTC:
        return name
    if utc_only:
        raise ValueError(
            f'must be UTC, which is all that the scheduler of this cloud knows, not "{name}"'
        )
    if name in zones():
        return name
    meant = did_you_mean(name, zones())
    hint = f", {question(meant)}" if meant else ""
    raise ValueError(f'is no IANA time zone: "{name}"{hint}')


# Reads a file of tzdata, 2 ms for each schedule otherwise.
@cache
def zones() -> frozenset[str]:
    """The names that the tzdata package has, the same on every machine."""
    from importlib.resources import files

    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())
