"""What a job says it uses and no shipped module lets it use: warnings, each at its line."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from generator.errors import KeyPath, Problem
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.problems import shown
from generator.model.variables import waits
from generator.plan.runtimes.buckets import of_data
from generator.plan.runtimes.runtime import RuntimeSpec
from generator.plan.runtimes.target import named, written_to
from generator.plan.runtimes.ways_out import GROUPS, ways
from generator.tags.rules import TAG_RULES

# What an identity must be able to do by itself, for each field that asks for a right.
_NEEDS = {
    "runtime.secrets": "read these secrets",
    "runtime.readable_secrets": "read these secrets",
    "runtime.key_vaults": "read secrets of these vaults",
    "runtime.registry_id": "pull images from this registry",
    "references.secrets.secret_manager_arn": "read this secret",
    "references.secrets.kms_key_id": "decrypt with this key",
    "storage.kms_key_id": "encrypt and decrypt with this key",
}


def unreached(loaded: LoadedJob, runtime: RuntimeSpec) -> list[Problem]:
    """Warnings about rights and ways that the job lacks; a module of one's own says its own.

    Args:
        loaded: the job.
        runtime: its row in the table of runtimes.
    """
    infrastructure = loaded.job.infrastructure
    if infrastructure.terraform.module is not None:
        return []
    found = list(_of_others(loaded, runtime))
    if infrastructure.runtime.identity is not None and runtime.ungranted:
        found += _ungranted(loaded, runtime, infrastructure.runtime.identity)
    if runtime.honours >= GROUPS and _makes_group(infrastructure):
        found += _shut_in(loaded)
    return found


def _warning(
    loaded: LoadedJob, path: KeyPath, message: str, hint: str, on_key: bool = False
) -> Problem:
    return Problem("not-granted", message, loaded.locations.location(path, on_key), hint, "warning")


def _ungranted(loaded: LoadedJob, runtime: RuntimeSpec, identity: str) -> Iterator[Problem]:
    """An identity that exists already is somebody else's, and is left as it is."""
    infrastructure = loaded.job.infrastructure
    # The name at the end of an ARN or a resource id.
    who = f'"{identity.rpartition("/")[2]}", which exists already'
    for field, need in _NEEDS.items():
        if field in runtime.ungranted and attrgetter(field)(infrastructure):
            path: KeyPath = ("infrastructure", *field.split("."))
            message = f'"{field}" gives no right to {who}'
            yield _warning(loaded, path, message, f"it must be able to {need} already", True)
    if buckets := of_data(loaded):
        locations = [f"{name}/{prefix}".rstrip("/") for name, prefix, _ in buckets]
        state = infrastructure.storage.state_bucket
        locations += [f"{state}/{infrastructure.storage.state_prefix}".rstrip("/")] if state else []
        of_storage = bool(infrastructure.storage.model_fields_set)
        path = ("infrastructure", "storage") if of_storage else buckets[0].path
        message = f'"{"storage" if of_storage else "target"}" gives no right to {who}'
        hint = f"it must be able to read and write {', '.join(locations)} already"
        yield _warning(loaded, path, message, hint, True)
    if infrastructure.access:
        wanted = [f"{one.role or one.level} {one.resource}" for one in infrastructure.access]
        message = f'"access" gives no right to {who}'
        hint = f"it must have these already: {', '.join(wanted)}"
        yield _warning(loaded, ("infrastructure", "access"), message, hint, True)


def _of_others(loaded: LoadedJob, runtime: RuntimeSpec) -> Iterator[Problem]:
    """Buckets that the runner writes to, and the job's identity cannot be let into."""
    infrastructure = loaded.job.infrastructure
    cloud, own = infrastructure.provider, infrastructure.runtime
    # Whoever brings credentials needs no rights of the identity.
    if own.secrets or own.readable_secrets:
        return
    for found in written_to(loaded):
        hint = "put credentials for it into runtime.secrets, or name a bucket of this cloud"
        if found.cloud != cloud:
            there, here = TAG_RULES[found.cloud].title, TAG_RULES[cloud].title
            message = f"the job writes to {shown(found.bucket)} of {there}, where an identity of"
            yield _warning(loaded, found.path, f"{message} {here} has no rights", hint)
        elif not (named(found) or waits(found.bucket) or "{{" in found.bucket):
            message = (
                f"{shown(found.bucket)} is no name of a bucket on {TAG_RULES[cloud].title}, so"
            )
            yield _warning(loaded, found.path, f"{message} the job gets no rights on it", hint)
        elif runtime.type == "kubernetes" and _is_nobody(infrastructure):
            message = f"the job writes to {shown(found.bucket)}, and nothing says as whom"
            hint = "name runtime.identity, or kubernetes.service_account, that may write there"
            yield _warning(loaded, found.path, message, hint)


def _is_nobody(infrastructure: Infrastructure) -> bool:
    named_account = infrastructure.kubernetes.service_account is not None
    return infrastructure.runtime.identity is None and not named_account


def _makes_group(infrastructure: Infrastructure) -> bool:
    """Whether the module makes a security group that could shut the job in."""
    wanted, emr = infrastructure.network, infrastructure.runtime.type == "emr"
    if emr:
        return infrastructure.runtime.cluster_name is None
    return bool(wanted.subnet_ids) and not wanted.security_group_ids


def _shut_in(loaded: LoadedJob) -> Iterator[Problem]:
    """Ways of which no port is known."""
    for way in ways(loaded.job.infrastructure):
        if not way.ports:
            message = f'"{way.field}" names no port, so the security group lets out HTTPS alone'
            hint = 'add "port"' if way.name == "database" else "write it as HOST:PORT"
            path = ("infrastructure", "references", *way.field.split("."))
            yield _warning(loaded, path, message, hint)
