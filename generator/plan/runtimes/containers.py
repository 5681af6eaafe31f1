"""What the three container runtimes share: ECS Fargate, Cloud Run jobs, Container Apps jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from generator.errors import KeyPath
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.runtime import Scaling
from generator.plan.runtimes import buckets
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults

# Things that exist already, as environment variables.
_VARIABLES = {
    "DATABASE_ENDPOINT": "database.endpoint",
    "DATABASE_PORT": "database.port",
    "DATABASE_NAME": "database.database_name",
    "DATABASE_INSTANCE_ID": "database.instance_id",
    "CACHE_ENDPOINT": "cache.endpoint",
    "CACHE_CLUSTER_ID": "cache.cluster_id",
    "QUEUE_URL": "queue.url",
    "QUEUE_ARN": "queue.arn",
}


def has_runs(infrastructure: Infrastructure) -> bool:
    """Whether the job ends, and is no worker."""
    return infrastructure.runtime.scaling.min == 0


def has_workers(infrastructure: Infrastructure) -> bool:
    """Whether copies always run."""
    return infrastructure.runtime.scaling.min > 0


def several(copies: int) -> int | None:
    """Copies side by side, where there is more than one."""
    return copies if copies > 1 else None


def _bounds(scaling: Scaling) -> dict[str, int]:
    return {"min": scaling.min, "max": scaling.max}


VARIABLES = parts(
    "environment_variables",
    "runtime.environment",
    *(f"references.{path}" for path in _VARIABLES.values()),
)
IMAGE = (
    Field("runtime.image", "image"),
    Field("runtime.command", "command"),
    Field("runtime.args", "args"),
)
IDENTITY = Field("runtime.identity", "identity")
SIZE = (Field("runtime.cpu", "cpu"), Field("runtime.memory", "memory_mib"))
SECRETS = Field("runtime.secrets", "secrets")
READABLE_SECRETS = Field("runtime.readable_secrets", "readable_secrets")
LIMITS = (
    Field("runtime.timeout_seconds", "timeout_seconds", when=has_runs),
    Field("runtime.max_retries", "max_retries", when=has_runs),
    Field("runtime.scaling.", "workers", _bounds, has_workers),
    Field("runtime.scaling.max", "parallelism", several, has_runs),
)
CONTAINER = (*IMAGE, *SIZE, *VARIABLES, SECRETS, IDENTITY, *LIMITS)
BUCKETS = (
    *parts("storage", "storage.data_bucket", "storage.prefix", "storage.state_bucket"),
    *parts("storage", "storage.state_prefix", "storage.allow_delete"),
)
KEY = Field("storage.kms_key_id", "kms_key_id")
ACCESS = parts("access", "access")
STORAGE = (*BUCKETS, KEY, *ACCESS)
SCHEDULE = parts("schedule", "/schedule")
WATCHING = (
    Field("monitoring.log_retention_days", "log_retention_days", written=True),
    *parts("alerts", "monitoring.alerts."),
)


def check_container(infrastructure: Infrastructure, faults: Faults) -> None:
    """An image, and copies of it that make sense."""
    if infrastructure.runtime.image is None:
        faults.missing("runtime.image", "a container image with a tag or digest")
    _check_scaling(infrastructure, faults)


def variables(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """Plain variables, those of existing things among them."""
    at = ("infrastructure", "runtime")
    settings, existing = infrastructure.runtime, references(infrastructure)
    _check_references(existing, infrastructure, faults)
    plain = {**existing, **settings.environment}
    if plain:
        path = (*at, "environment") if settings.environment else ("infrastructure", "references")
        yield Input("environment_variables", plain, path)


def check_variables(infrastructure: Infrastructure, faults: Faults) -> None:
    """Each environment variable has one origin."""
    runtime = infrastructure.runtime
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


def _check_scaling(infrastructure: Infrastructure, faults: Faults) -> None:
    """A worker that never ends has neither a time limit nor retries."""
    settings = infrastructure.runtime
    scaling = settings.scaling
    if scaling.max < scaling.min:
        message = f'"scaling.max" is {scaling.max}, less than "scaling.min"'
        given = "max" if "max" in scaling.model_fields_set else "min"
        faults.add(f"runtime.scaling.{given}", message, f"set scaling.max to {scaling.min} or more")
    for field in ("timeout_seconds", "max_retries") if scaling.min > 0 else ():
        if field in settings.model_fields_set:
            message = f'"{field}" has no effect on workers, which run until they are stopped'
            faults.idle(f"runtime.{field}", message, "leave it out, or set scaling.min to 0")


def references(infrastructure: Infrastructure) -> dict[str, str]:
    """Things that exist already, as environment variables of the container."""
    found = {name: attrgetter(path)(infrastructure.references) for name, path in _VARIABLES.items()}
    return {name: str(value) for name, value in found.items() if value is not None}


def storage(
    loaded: LoadedJob,
    faults: Faults,
    name: str = "bucket",
    read: Callable[[str, KeyPath], str] = lambda text, _: text,
) -> Iterator[Input]:
    """The buckets as modules take them; one for the state alone is the module's one bucket.

    Args:
        loaded: the job.
        faults: collects what is wrong.
        name: the module's attribute for a bucket.
        read: from a bucket as the job writes it, and where, to the module's form.
    """
    infrastructure = loaded.job.infrastructure
    wanted = infrastructure.storage
    at: KeyPath = ("infrastructure", "storage")
    buckets.orphaned(loaded, faults)
    further: dict[str, Any] = {}
    if locations := buckets.of_data(loaded):
        (bucket, prefix, path), *others = locations
        further = {"prefix": prefix, "allow_delete": wanted.allow_delete}
        if wanted.state_bucket is not None:
            further[f"state_{name}"] = read(wanted.state_bucket, (*at, "state_bucket"))
        further["state_prefix"] = wanted.state_prefix
        further["targets"] = [{name: read(text, of), "prefix": below} for text, below, of in others]
    elif wanted.state_bucket is not None:
        bucket, path = wanted.state_bucket, (*at, "state_bucket")
        # Every run writes its state anew, and on Google Cloud to overwrite is to delete.
        delete = wanted.allow_delete or infrastructure.provider == "gcp"
        further = {"prefix": wanted.state_prefix, "allow_delete": delete}
    else:
        return
    value = {name: read(bucket, path)} | {key: one for key, one in further.items() if one}
    origins = buckets.origins(name, locations)
    yield Input("storage", value, at if wanted.model_fields_set else path, origins=origins)
