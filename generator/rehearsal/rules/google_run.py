"""Cloud Run: sizes, containers, networks, tasks.

Sources: Cloud Run documentation, "Configure CPU limits", "Configure memory limits",
"Set task timeout", "Environment variables" (reserved names); Cloud Run Admin API v2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import duration, in_range, one_of, unique
from generator.rehearsal.values import blocks, known

UNITS = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "k": 10**3, "M": 10**6, "G": 10**9, "": 1}
GIB = 2**30
WEEK = 7 * 24 * 3600
RESERVED = ("K_SERVICE", "K_REVISION", "K_CONFIGURATION", "CLOUD_RUN_JOB", "CLOUD_RUN_EXECUTION")
# More than so many GiB need at least so many vCPUs.
STEPS = ((24, 8), (16, 6), (8, 4), (4, 2), (1, 1), (0.5, 0.5))


def size_problems(limits: Resource, whole: bool = False) -> list[str]:
    """What is wrong with the ``limits`` of a container.

    Args:
        limits: CPU and memory, as Kubernetes quantities.
        whole: it takes no part of a vCPU: one container that answers no requests.
    """
    cpu, memory = limits.get("cpu"), limits.get("memory")
    gib = cores = None
    if memory is not None:
        found = re.fullmatch(r"(\d+)(Ki|Mi|Gi|k|M|G)?", str(memory))
        if not found:
            return [f"memory {memory!r} is not a Kubernetes quantity such as 512Mi or 4Gi."]
        gib = int(found[1]) * UNITS[found[2] or ""] / GIB
        if not 0.125 <= gib <= 32:
            return [f"memory {memory!r} is outside 128Mi to 32Gi."]
    if cpu is not None:
        found = re.fullmatch(r"(\d+)m|(\d+(?:\.\d+)?)", str(cpu))
        cores = (int(found[1]) / 1000 if found[1] else float(found[2])) if found else 0.0
        if cores not in (1, 2, 4, 6, 8) and (whole or not 0.08 <= cores < 1):
            return [f"cpu {cpu!r} is not 1, 2, 4, 6 or 8 vCPUs."]
    return _fit(cores, gib, f"{cpu} vCPUs with memory {memory}")


def _fit(cores: float | None, gib: float | None, size: str) -> list[str]:
    if cores is None or gib is None:
        return []
    need = next((vcpus for above, vcpus in STEPS if gib > above), 0)
    if cores < need:
        return [f"{size}: so much memory needs at least {need} vCPUs."]
    if gib < (4 if cores >= 6 else 2 if cores >= 4 else 0):
        return [f"{size}: so many vCPUs need more memory."]
    return []


def _containers(kind: str, template: Resource, serves: bool) -> Iterator[Problem]:
    containers = blocks(template, "containers")
    whole = not serves and len(containers) == 1
    if len(containers) > 1:
        yield from unique(kind, "container name", (c.get("name") for c in containers))
    for container in containers:
        for resources in blocks(container, "resources"):
            limits = resources.get("limits")
            if isinstance(limits, dict) and known(limits):
                problems = size_problems(limits, whole)
                yield from ((f"{kind}: no such size", problem) for problem in problems)
        variables = blocks(container, "env")
        yield from unique(kind, "environment variable", (v.get("name") for v in variables))
        for variable in variables:
            name = variable.get("name")
            if isinstance(name, str) and (not name or "=" in name or name in RESERVED):
                yield f"{kind}: invalid environment variable name", repr(name)
            if isinstance(name, str) and name.startswith("X_GOOGLE_"):
                yield f"{kind}: X_GOOGLE_ is reserved", repr(name)


def _network(kind: str, template: Resource) -> Iterator[Problem]:
    for access in blocks(template, "vpc_access"):
        yield from one_of(
            kind, access, "egress", ("ALL_TRAFFIC", "PRIVATE_RANGES_ONLY", "VPC_EGRESS_UNSPECIFIED")
        )
        if access.get("connector") and access.get("network_interfaces"):
            yield f"{kind}: connector or network_interfaces", "vpc_access takes one of the two."
        for interface in blocks(access, "network_interfaces"):
            if interface.get("network") is None and interface.get("subnetwork") is None:
                yield f"{kind}: network or subnetwork", "A network interface names one of them."


def job(kind: str, value: Resource) -> Iterator[Problem]:
    """Sizes, 10000 tasks, 10 retries, 168 hours."""
    for execution in blocks(value, "template"):
        yield from in_range(kind, execution, "task_count", 1, 10000)
        for task in blocks(execution, "template"):
            yield from in_range(kind, task, "max_retries", 0, 10)
            yield from duration(kind, task, "timeout", 1, WEEK)
            yield from _containers(kind, task, False)
            yield from _network(kind, task)


def service(kind: str, value: Resource) -> Iterator[Problem]:
    """Sizes, one hour a request, PORT set by Cloud Run alone."""
    for revision in blocks(value, "template"):
        yield from duration(kind, revision, "timeout", 1, 3600)
        yield from _containers(kind, revision, True)
        yield from _network(kind, revision)
        for variable in blocks(revision, "containers", "env"):
            if variable.get("name") == "PORT":
                yield f"{kind}: PORT is reserved", "Cloud Run sets it."


def worker_pool(kind: str, value: Resource) -> Iterator[Problem]:
    """Sizes; instances between minimum and maximum."""
    for revision in blocks(value, "template"):
        yield from _containers(kind, revision, False)
        yield from _network(kind, revision)
    for scaling in blocks(value, "scaling"):
        low, high = scaling.get("min_instance_count"), scaling.get("max_instance_count")
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high > 0:
            yield f"{kind}: min_instance_count over max_instance_count", f"{low} and {high}."
