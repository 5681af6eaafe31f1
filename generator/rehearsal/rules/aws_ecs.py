"""ECS on Fargate: sizes, container definitions, services and their scaling."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, present, unique
from generator.rehearsal.values import blocks

# CPU units → MiB. Source: ECS Developer Guide, "Fargate task definition parameters: task size".
FARGATE: dict[int, set[int]] = {
    256: {512, 1024, 2048},
    512: set(range(1024, 4097, 1024)),
    1024: set(range(2048, 8193, 1024)),
    2048: set(range(4096, 16385, 1024)),
    4096: set(range(8192, 30721, 1024)),
    8192: set(range(16384, 61441, 4096)),
    16384: set(range(32768, 122881, 8192)),
}


def task_definition(kind: str, value: Resource) -> Iterator[Problem]:
    """What RegisterTaskDefinition refuses."""
    containers, problems = _containers(kind, value.get("container_definitions"))
    yield from problems
    if "FARGATE" in (value.get("requires_compatibilities") or []):
        yield from _fargate(kind, value, containers)


def _fargate(kind: str, value: Resource, containers: list[Any]) -> Iterator[Problem]:
    mode = value.get("network_mode")
    if mode is None or (isinstance(mode, str) and mode != "awsvpc"):
        yield f"{kind}: Fargate needs network_mode awsvpc", f"It is {mode!r}."
    cpu, memory = value.get("cpu"), value.get("memory")
    if present(cpu) and present(memory):
        try:
            fits = int(str(memory)) in FARGATE.get(int(str(cpu)), ())
        except ValueError:
            fits = False
        if not fits:
            yield f"{kind}: no such Fargate size", f"cpu {cpu} with memory {memory}."
    elif cpu is None or memory is None:
        yield f"{kind}: Fargate needs cpu and memory", "Both are set for the whole task."
    for storage in blocks(value, "ephemeral_storage"):
        yield from in_range(kind, storage, "size_in_gib", 21, 200)
    logs = any((c.get("logConfiguration") or {}).get("logDriver") == "awslogs" for c in containers)
    secrets = any(c.get("secrets") for c in containers)
    if (logs or secrets) and value.get("execution_role_arn") is None:
        what = "secrets" if secrets else "log driver awslogs"
        yield f"{kind}: Fargate needs execution_role_arn", f"The task uses {what}."


def _containers(kind: str, text: Any) -> tuple[list[dict[str, Any]], list[Problem]]:
    if not isinstance(text, str):
        return [], []
    try:
        found = json.loads(text)
    except ValueError as error:
        return [], [(f"{kind}: container_definitions is not JSON", str(error))]
    if not isinstance(found, list) or not found:
        return [], [(f"{kind}: no container", "container_definitions is not a list of them.")]
    containers = [c for c in found if isinstance(c, dict)]
    problems = list(unique(kind, "container name", (c.get("name") for c in containers)))
    for container in containers:
        problems += _container(kind, container)
    return containers, problems


def _container(kind: str, container: dict[str, Any]) -> Iterator[Problem]:
    """Source: API_ContainerDefinition."""
    if not container.get("image"):
        yield f"{kind}: container needs an image", repr(container.get("name"))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,255}", str(container.get("name") or "")):
        yield f"{kind}: invalid container name", repr(container.get("name"))
    variables = [*(container.get("environment") or []), *(container.get("secrets") or [])]
    yield from unique(kind, "environment variable", (v.get("name") for v in variables))
    for variable in container.get("environment") or []:
        if not isinstance(variable.get("value"), str):
            yield f"{kind}: environment values are strings", repr(variable)
    for secret in container.get("secrets") or []:
        if not secret.get("valueFrom"):
            yield f"{kind}: a secret needs valueFrom", repr(secret.get("name"))
    for part in ("command", "entryPoint"):
        if not all(isinstance(word, str) for word in container.get(part) or []):
            yield f"{kind}: {part} is a list of strings", repr(container[part])
    yield from in_range(kind, container, "stopTimeout", 0, 120)


def ecs_service(kind: str, value: Resource) -> Iterator[Problem]:
    """What CreateService refuses."""
    yield from one_of(
        kind, value, "propagate_tags", ("SERVICE", "TASK_DEFINITION", "NONE", "", None)
    )
    fargate = value.get("launch_type") == "FARGATE"
    if fargate and value.get("network_configuration") == []:
        yield f"{kind}: Fargate needs network_configuration", "Its tasks use awsvpc networking."
    if value.get("launch_type") and value.get("capacity_provider_strategy"):
        yield f"{kind}: launch_type or capacity_provider_strategy", "Not both."
    for network in blocks(value, "network_configuration"):
        for attribute, most in (("subnets", 16), ("security_groups", 5)):
            found = network.get(attribute)
            if isinstance(found, list) and len(found) > most:
                yield f"{kind}: too many {attribute}", f"{len(found)}; the API takes {most}."


def scaling_target(kind: str, value: Resource) -> Iterator[Problem]:
    """Minimum and maximum, and the service's address. Source: API_RegisterScalableTarget."""
    low, high = value.get("min_capacity"), value.get("max_capacity")
    if isinstance(low, int | float) and isinstance(high, int | float) and not 0 <= low <= high:
        yield f"{kind}: min_capacity over max_capacity", f"{low} and {high}."
    resource = value.get("resource_id")
    on_ecs = value.get("service_namespace") == "ecs" and isinstance(resource, str)
    if on_ecs and not re.fullmatch(r"service/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+", str(resource)):
        yield f"{kind}: invalid resource_id", f"{resource!r} is not service/CLUSTER/SERVICE."
