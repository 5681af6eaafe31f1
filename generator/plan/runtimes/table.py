"""All runtimes on all clouds, each read from its own file."""

from __future__ import annotations

from importlib import import_module

from generator.model.runtime_types import RUNTIME_TYPES, RuntimeType
from generator.plan.runtimes.field import honours_of
from generator.plan.runtimes.runtime import RuntimeSpec


def _runtime(row: RuntimeType, cloud: str) -> RuntimeSpec:
    found: RuntimeSpec = import_module(f"generator.plan.runtimes.{row.file or row.type}").RUNTIME
    service = found.services.get(cloud)
    title = f"{row.title} ({service})" if service else row.title
    honours = honours_of(found.fields)
    inputs = dict.fromkeys(field.input for field in found.fields)
    return found._replace(
        cloud=cloud,
        type=row.type,
        module=row.module,
        title=title,
        honours=honours,
        order={name: position for position, name in enumerate(inputs)},
    )


RUNTIMES: dict[tuple[str, str], RuntimeSpec] = {
    (cloud, row.type): _runtime(row, cloud)
    for row in RUNTIME_TYPES.values()
    for cloud in row.clouds
}
TYPES = tuple(RUNTIME_TYPES)


def types_of(cloud: str) -> tuple[str, ...]:
    """The runtime types that a cloud has."""
    return tuple(row.type for row in RUNTIME_TYPES.values() if cloud in row.clouds)
