"""Azure Container Apps: apps and jobs.

Sources: Container Apps documentation, "Containers" (vCPU and memory allocations), "Jobs",
"Manage secrets", "Set scaling rules"; REST API, Jobs - Create Or Update.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import exactly_one, in_range, present, unique, unix_cron
from generator.rehearsal.values import blocks

TRIGGERS = ("event_trigger_config", "manual_trigger_config", "schedule_trigger_config")
REFERENCE = r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?"
CONTAINER_NAME = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
CONSUMPTION = (None, "", "Consumption")


def container_app_job(kind: str, value: Resource) -> Iterator[Problem]:
    """One trigger; a cron expression of five fields; sizes and secrets."""
    yield from exactly_one(kind, value, *TRIGGERS)
    yield from in_range(kind, value, "replica_timeout_in_seconds", 1, 2**31 - 1)
    yield from in_range(kind, value, "replica_retry_limit", 0, 2**31 - 1)
    for trigger in blocks(value, "schedule_trigger_config"):
        expression = trigger.get("cron_expression")
        if isinstance(expression, str) and not unix_cron(expression):
            yield f"{kind}: invalid cron_expression", f"{expression!r} has not five cron fields."
    for sort in TRIGGERS:
        for trigger in blocks(value, sort):
            parallel = trigger.get("parallelism")
            if isinstance(parallel, int | float) and parallel < 1:
                yield f"{kind}: invalid parallelism", f"{parallel} is less than 1."
    for scale in blocks(value, "event_trigger_config", "scale"):
        low, high = scale.get("min_executions"), scale.get("max_executions")
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield f"{kind}: min_executions over max_executions", f"{low} and {high}."
        yield from unique(kind, "scale rule", (r.get("name") for r in blocks(scale, "rules")))
    yield from _template(kind, value)
    yield from _secrets(kind, value)


def container_app(kind: str, value: Resource) -> Iterator[Problem]:
    """Replicas between minimum and maximum; sizes and secrets."""
    for template in blocks(value, "template"):
        low, high = template.get("min_replicas"), template.get("max_replicas")
        yield from in_range(kind, template, "min_replicas", 0, 1000)
        yield from in_range(kind, template, "max_replicas", 1, 1000)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield f"{kind}: min_replicas over max_replicas", f"{low} and {high}."
    yield from _template(kind, value)
    yield from _secrets(kind, value)


def _template(kind: str, value: Resource) -> Iterator[Problem]:
    containers = blocks(value, "template", "container")
    yield from unique(kind, "container name", (c.get("name") for c in containers))
    declared = {s.get("name") for s in blocks(value, "secret")}
    for container in containers:
        name = container.get("name")
        if isinstance(name, str) and not re.fullmatch(CONTAINER_NAME, name):
            yield f"{kind}: invalid container name", repr(name)
        variables = blocks(container, "env")
        yield from unique(kind, "environment variable", (v.get("name") for v in variables))
        for variable in variables:
            secret = variable.get("secret_name")
            if isinstance(secret, str) and secret and secret not in declared:
                yield f"{kind}: no such secret", f"{variable.get('name')} reads {secret!r}."
    if value.get("workload_profile_name") in CONSUMPTION and present(value.get("template")):
        yield from _size(kind, containers)


def _size(kind: str, containers: list[Resource]) -> Iterator[Problem]:
    """The containers together: quarters of a vCPU up to 4, and twice as many GiB."""
    sizes = [(c.get("cpu"), c.get("memory")) for c in containers]
    if not sizes or not all(present(cpu) and present(memory) for cpu, memory in sizes):
        return
    text = ", ".join(f"cpu {cpu} with memory {memory}" for cpu, memory in sizes)
    found = [re.fullmatch(r"(\d+(?:\.\d+)?)Gi", str(memory)) for _, memory in sizes]
    total = sum(float(str(cpu)) for cpu, _ in sizes)
    gib = sum(float(f[1]) for f in found if f)
    fits = all(found) and 0.25 <= total <= 4 and total * 4 % 1 == 0
    if not fits or abs(gib - 2 * total) > 1e-9:
        detail = f"{text}: quarters of a vCPU up to 4, and twice as many Gi."
        yield f"{kind}: no such size", detail


def _secrets(kind: str, value: Resource) -> Iterator[Problem]:
    secrets = blocks(value, "secret")
    yield from unique(kind, "secret", (s.get("name") for s in secrets))
    assigned = [i for b in blocks(value, "identity") for i in (b.get("identity_ids") or [])]
    all_known = present(assigned) and present(value.get("identity"))
    for secret in secrets:
        name = secret.get("name")
        if isinstance(name, str) and not re.fullmatch(REFERENCE, name):
            yield f"{kind}: invalid secret name", f"{name!r}: a-z, 0-9, - and . only."
        if secret.get("key_vault_secret_id") and secret.get("identity") is None:
            yield f"{kind}: a Key Vault secret needs an identity", repr(name)
        if secret.get("key_vault_secret_id") is None and secret.get("value") is None:
            yield f"{kind}: a secret needs value or key_vault_secret_id", repr(name)
    for user in (*secrets, *blocks(value, "registry")):
        own = user.get("identity")
        if not all_known or not isinstance(own, str) or not own or own.lower() == "system":
            continue
        if own not in assigned:
            yield f"{kind}: identity is not assigned", f"{own!r} is not in identity_ids."
