"""What the three container runtimes share: ECS Fargate, Cloud Run jobs, Container Apps jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from generator.plan.cron import normalise
from generator.plan.runtimes.runtime import Faults, Input

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure, Monitoring
    from generator.job.loaded import LoadedJob

HONOURS = frozenset(
    ("runtime.image", "runtime.command", "runtime.args", "runtime.cpu", "runtime.memory")
    + ("runtime.timeout_seconds", "runtime.max_retries", "runtime.scaling.", "runtime.environment")
    + ("runtime.secrets", "runtime.readable_secrets", "runtime.identity")
    + ("network.subnet_ids", "network.private")
    + ("storage.data_bucket", "storage.prefix", "storage.state_bucket", "storage.state_prefix")
    + ("storage.kms_key_id", "storage.allow_delete")
    + ("references.database.", "references.cache.", "references.queue.")
    + ("monitoring.enabled", "monitoring.log_retention_days", "monitoring.alerts.")
)


def container(infrastructure: Infrastructure, faults: Faults, runtime: str) -> Iterator[Input]:
    """Image, size, limits, variables and secrets."""
    at = ("infrastructure", "runtime")
    settings = infrastructure.runtime
    if settings.image is None:
        faults.missing("runtime.image", runtime, "a container image with a tag or digest")
    else:
        yield Input("image", settings.image, (*at, "image"))
    for name in ("command", "args"):
        if value := getattr(settings, name):
            yield Input(name, list(value), (*at, name))
    yield Input("cpu", number(settings.cpu), (*at, "cpu"))
    yield Input("memory_mib", settings.memory, (*at, "memory"))
    variables = {**references(infrastructure), **settings.environment}
    if variables:
        path = (*at, "environment") if settings.environment else ("infrastructure", "references")
        yield Input("environment_variables", variables, path)
    for field, name in (("secrets", "secrets"), ("identity", "identity")):
        if value := getattr(settings, field):
            yield Input(name, value, (*at, field))
    yield from _limits(infrastructure, faults)


def _limits(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """Time, retries and copies; a worker that never ends has neither of the first two."""
    at = ("infrastructure", "runtime")
    settings = infrastructure.runtime
    scaling = settings.scaling
    if scaling.max < max(scaling.min, 1):
        faults.add(
            "runtime.scaling.max", f'"scaling.max" is {scaling.max}, less than "scaling.min"'
        )
    if scaling.min > 0:
        for field in ("timeout_seconds", "max_retries"):
            if field in settings.model_fields_set:
                message = f'"{field}" has no effect on workers, which run until they are stopped'
                faults.add(f"runtime.{field}", message, "leave it out, or set scaling.min to 0")
        yield Input("workers", {"min": scaling.min, "max": scaling.max}, (*at, "scaling"))
        return
    yield Input("timeout_seconds", settings.timeout_seconds, (*at, "timeout_seconds"))
    if settings.max_retries:
        yield Input("max_retries", settings.max_retries, (*at, "max_retries"))
    if scaling.max > 1:
        yield Input("parallelism", scaling.max, (*at, "scaling", "max"))


def references(infrastructure: Infrastructure) -> dict[str, str]:
    """Things that exist already, as environment variables of the container."""
    found = infrastructure.references
    named = {
        "DATABASE_ENDPOINT": found.database.endpoint,
        "DATABASE_PORT": found.database.port,
        "DATABASE_NAME": found.database.database_name,
        "DATABASE_INSTANCE_ID": found.database.instance_id,
        "CACHE_ENDPOINT": found.cache.endpoint,
        "CACHE_CLUSTER_ID": found.cache.cluster_id,
        "QUEUE_URL": found.queue.url,
        "QUEUE_ARN": found.queue.arn,
    }
    return {name: str(value) for name, value in named.items() if value is not None}


def schedule(
    loaded: LoadedJob,
    faults: Faults,
    convert: Callable[[str], str] = normalise,
    utc_only: bool = False,
) -> Iterator[Input]:
    """The schedule in the cloud's own syntax; an orchestrator keeps its schedule to itself."""
    wanted, infrastructure = loaded.job.schedule, loaded.job.infrastructure
    if wanted is None:
        return
    place = loaded.places.place
    if infrastructure.runtime.scaling.min > 0:
        message = '"schedule" has no effect on workers, which always run'
        faults.problems.append(_problem(message, place(("schedule",)), "set scaling.min to 0"))
        return
    try:
        expression = convert(wanted.cron)
    except ValueError as error:
        faults.problems.append(_problem(f'"cron" {error}', place(("schedule", "cron")), ""))
        return
    if fault := timezone_fault(wanted.timezone, utc_only):
        faults.problems.append(_problem(f'"timezone" {fault}', place(("schedule", "timezone")), ""))
        return
    if infrastructure.orchestrator.type != "none":
        return
    value: dict[str, Any] = {"expression": expression, "timezone": wanted.timezone}
    if not wanted.enabled:
        value["enabled"] = False
    yield Input("schedule", value, ("schedule",))


def timezone_fault(name: str, utc_only: bool) -> str | None:
    """What is wrong with a time zone name; zones as the tzdata package lists them."""
    if name == "UTC":
        return None
    if utc_only:
        return f'must be UTC, which is all that the scheduler of this cloud knows, not "{name}"'
    from importlib.resources import files

    zones = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    if name in zones:
        return None
    from generator.hints import did_you_mean

    meant = did_you_mean(name, zones)
    return f'is no IANA time zone: "{name}"' + (f', did you mean "{meant}"?' if meant else "")


def watching(monitoring: Monitoring) -> Iterator[Input]:
    """How long logs are kept, and who hears of failures."""
    at = ("infrastructure", "monitoring")
    if "log_retention_days" in monitoring.model_fields_set:
        yield Input(
            "log_retention_days", monitoring.log_retention_days, (*at, "log_retention_days")
        )
    alerts = monitoring.alerts
    if alerts is None or not monitoring.enabled:
        return
    value: dict[str, Any] = {"channels": list(alerts.channels)} if alerts.channels else {}
    for name in ("failed_runs", "error_lines", "run_seconds"):
        if name in alerts.thresholds.model_fields_set:
            value[name] = getattr(alerts.thresholds, name)
    yield Input("alerts", value, (*at, "alerts"))


def storage(infrastructure: Infrastructure, faults: Faults, runtime: str) -> Iterator[Input]:
    """The buckets, named as the AWS and Google Cloud modules take them."""
    wanted = infrastructure.storage
    at = ("infrastructure", "storage")
    if wanted.data_bucket is not None:
        value: dict[str, Any] = {"bucket": wanted.data_bucket}
        for name in ("prefix", "allow_delete", "state_bucket", "state_prefix"):
            if getattr(wanted, name):
                value[name] = getattr(wanted, name)
        yield Input("storage", value, at)
    else:
        orphaned(infrastructure, faults, runtime)
    if wanted.kms_key_id is not None:
        yield Input("kms_key_id", wanted.kms_key_id, (*at, "kms_key_id"))


def orphaned(infrastructure: Infrastructure, faults: Faults, runtime: str) -> None:
    """Storage fields that mean nothing without a data bucket."""
    for name in ("prefix", "allow_delete", "state_bucket", "state_prefix"):
        if name in infrastructure.storage.model_fields_set:
            faults.missing(
                "storage.data_bucket", runtime, f'"storage.{name}" has no effect without it'
            )
            return


def number(value: float) -> int | float:
    """A whole number as int, so that it is written without a fraction."""
    return int(value) if value == int(value) else value


def _problem(message: str, place: Any, hint: str) -> Any:
    from generator.errors import Problem

    return Problem("invalid-value", message, place, hint)
