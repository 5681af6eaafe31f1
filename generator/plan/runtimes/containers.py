"""What the three container runtimes share: ECS Fargate, Cloud Run jobs, Container Apps jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.plan.runtimes import buckets
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.runtime import Faults, Input

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

# What of the things that exist reaches the environment.
REFERENCES = frozenset(
    {"references.database.endpoint", "references.database.port"}
    | {"references.database.database_name", "references.database.instance_id"}
    | {"references.cache.endpoint", "references.cache.cluster_id"}
    | {"references.queue.url", "references.queue.arn"}
)
HONOURS = REFERENCES | frozenset(
    {"runtime.image", "runtime.command", "runtime.args", "runtime.cpu", "runtime.memory"}
    | {"runtime.timeout_seconds", "runtime.max_retries", "runtime.scaling."}
    | {"runtime.environment", "runtime.secrets", "runtime.readable_secrets", "runtime.identity"}
    | {"network.subnet_ids", "network.private"}
    | {"storage.data_bucket", "storage.prefix", "storage.state_bucket", "storage.state_prefix"}
    | {"storage.kms_key_id", "storage.allow_delete", "access"}
    | {"monitoring.enabled", "monitoring.log_retention_days", "monitoring.alerts."}
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
    yield from variables(infrastructure, faults)
    if settings.identity:
        yield Input("identity", settings.identity, (*at, "identity"))
    yield from _limits(infrastructure, faults)


def variables(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """Plain variables, those of existing things among them, and references to secrets."""
    at = ("infrastructure", "runtime")
    settings, existing = infrastructure.runtime, references(infrastructure)
    _check_references(existing, infrastructure, faults)
    plain = {**existing, **settings.environment}
    if plain:
        path = (*at, "environment") if settings.environment else ("infrastructure", "references")
        yield Input("environment_variables", plain, path)
    if settings.secrets:
        yield Input("secrets", settings.secrets, (*at, "secrets"))


def check_variables(
    infrastructure: Infrastructure,
    faults: Faults,
    names: re.Pattern[str],
    words: str,
    reserved: frozenset[str] = frozenset(),
) -> None:
    """The names of environment variables, and that each has one origin.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        names: what a whole name matches.
        words: the same for people, to follow "must be".
        reserved: names that the cloud sets itself.
    """
    runtime = infrastructure.runtime
    for field, mapping in (("environment", runtime.environment), ("secrets", runtime.secrets)):
        for name in mapping:
            at = ("runtime", field, name)
            if not names.fullmatch(name):
                message = f'"{name}" is no name of an environment variable here'
                faults.add(at, message, words, on_key=True)
            elif name in reserved:
                message = f'"{name}" is set by the cloud itself'
                faults.add(at, message, "choose another name", on_key=True)
    for name in runtime.secrets:
        if name in runtime.environment:
            message = f'"{name}" stands in "environment" too'
            faults.add(("runtime", "secrets", name), message, "keep one of the two", on_key=True)


def _check_references(
    variables: dict[str, str], infrastructure: Infrastructure, faults: Faults
) -> None:
    runtime = infrastructure.runtime
    for field, mapping in (("environment", runtime.environment), ("secrets", runtime.secrets)):
        for name in variables.keys() & mapping.keys():
            message = f'"{name}" is set from "references" already'
            faults.add(("runtime", field, name), message, "choose another name", on_key=True)


def _limits(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """Time, retries and copies; a worker that never ends has neither of the first two."""
    at = ("infrastructure", "runtime")
    settings = infrastructure.runtime
    scaling = settings.scaling
    if scaling.max < scaling.min:
        message = f'"scaling.max" is {scaling.max}, less than "scaling.min"'
        given = "max" if "max" in scaling.model_fields_set else "min"
        faults.add(f"runtime.scaling.{given}", message, f"set scaling.max to {scaling.min} or more")
    if scaling.min > 0:
        for field in ("timeout_seconds", "max_retries"):
            if field in settings.model_fields_set:
                message = f'"{field}" has no effect on workers, which run until they are stopped'
                faults.idle(f"runtime.{field}", message, "leave it out, or set scaling.min to 0")
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


def watching(
    infrastructure: Infrastructure,
    faults: Faults,
    run_seconds: tuple[int, int | None] = (1, None),
) -> Iterator[Input]:
    """How long logs are kept, and who hears of failures.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        run_seconds: the least and the greatest length of a run that can be watched.
    """
    at = ("infrastructure", "monitoring")
    monitoring = infrastructure.monitoring
    if "log_retention_days" in monitoring.model_fields_set:
        yield Input(
            "log_retention_days", monitoring.log_retention_days, (*at, "log_retention_days")
        )
    yield from alerts(infrastructure, faults, run_seconds)


def storage(loaded: LoadedJob, faults: Faults, runtime: str) -> Iterator[Input]:
    """The buckets, named as the AWS and Google Cloud modules take them."""
    wanted = loaded.job.infrastructure.storage
    at = ("infrastructure", "storage")
    if locations := buckets.of_data(loaded):
        (first, prefix, path), *further = locations
        value: dict[str, Any] = {"bucket": first}
        value |= {"prefix": prefix} if prefix else {}
        for name in ("allow_delete", "state_bucket", "state_prefix"):
            if getattr(wanted, name):
                value[name] = getattr(wanted, name)
        if further:
            value["targets"] = [{"bucket": name, "prefix": below} for name, below, _ in further]
        origins = buckets.origins("bucket", locations)
        yield Input("storage", value, at if wanted.model_fields_set else path, origins=origins)
    elif wanted.state_bucket is not None:
        infrastructure = loaded.job.infrastructure
        alone = buckets.state_alone(infrastructure, "bucket", wanted.state_bucket)
        yield Input("storage", alone, at, origins=buckets.origins("bucket"))
    buckets.orphaned(loaded, faults, runtime)
    if wanted.kms_key_id is not None:
        yield Input("kms_key_id", wanted.kms_key_id, (*at, "kms_key_id"))


def number(value: float) -> int | float:
    """A whole number as int, so that it is written without a fraction."""
    return int(value) if value == int(value) else value
