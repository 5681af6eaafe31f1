"""``access`` of a job: what else its identity may read and write, as an input of the module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import KeyPath
from generator.model.infrastructure import Access, Infrastructure
from generator.model.variables import waits
from generator.plan.runtimes.access_kinds import REFUSED_ROLES, Kind, azure_mark, kinds_of
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.runtime import Faults
from generator.text.hints import did_you_mean
from generator.text.patterns import lazy

_DATASET = lazy(r"(?P<project>(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]+)\.(?P<dataset>[A-Za-z0-9_]+)")


def access(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """The list as modules take it: ``level`` on AWS and Google Cloud, ``role`` on Azure."""
    cloud = infrastructure.provider
    value: list[dict[str, Any]] = []
    origins: dict[KeyPath, KeyPath] = {}
    for index, wanted in enumerate(infrastructure.access):
        at: KeyPath = ("access", index)
        entry = (
            _azure(wanted, at, faults) if cloud == "azure" else _other(wanted, cloud, at, faults)
        )
        if entry is None:
            continue
        if entry in value:
            message = f'"{wanted.resource}" is listed twice with the same rights'
            faults.add((*at, "resource"), message, "keep one of the two")
        origins[len(value),] = ("infrastructure", *at)
        value.append(entry)
    if infrastructure.access:
        yield Input("access", value, ("infrastructure", "access"), origins=origins)


def _other(wanted: Access, cloud: str, at: KeyPath, faults: Faults) -> dict[str, Any] | None:
    if wanted.role is not None:
        message = '"role" names a role of Azure and has no effect here'
        faults.add((*at, "role"), message, "write level: read, or level: write", on_key=True)
        return None
    if wanted.level is None:
        _no_level(at, faults, "level: read, or level: write")
        return None
    resource = full_name(wanted.resource) if cloud == "gcp" else wanted.resource
    kind = _kind(resource, cloud, at, faults)
    if kind is not None and wanted.level not in kind.roles:
        possible = next(iter(kind.roles))
        message = f"{kind.title} has no level {wanted.level}, only {possible}"
        hint = "what comes in is read from a subscription" if possible == "write" else ""
        hint = hint or "what goes out is written to a topic"
        faults.add((*at, "level"), message, hint)
    return {"resource": resource, "level": wanted.level}


def full_name(resource: str) -> str:
    """``PROJECT.DATASET``, as BigQuery's own tools write it, as a full name; others as they are."""
    match = _DATASET.fullmatch(resource)
    return resource if match is None else f"projects/{match[1]}/datasets/{match[2]}"


def _azure(wanted: Access, at: KeyPath, faults: Faults) -> dict[str, Any] | None:
    resource, role = wanted.resource, wanted.role
    if role is not None and wanted.level is not None:
        message = '"level" and "role" are two ways to say one thing'
        faults.add((*at, "role"), message, "keep one of the two", on_key=True)
        return None
    if role is not None:
        if role.lower() in REFUSED_ROLES:
            message = f'with the role "{role}" a job could give itself any right'
            faults.add((*at, "role"), message, "name a role for data, such as one ... Data Reader")
        return {"resource": resource, "role": role}
    if wanted.level is None:
        _no_level(at, faults, "level: read or write, or role: the name of a role")
        return None
    kind = _kind(resource, "azure", at, faults)
    return None if kind is None else {"resource": resource, "role": kind.roles[wanted.level]}


def _no_level(at: KeyPath, faults: Faults, hint: str) -> None:
    faults.missing((*at, "level"), hint, "an entry of access")


def _kind(resource: str, cloud: str, at: KeyPath, faults: Faults) -> Kind | None:
    """The kind of a resource; None for one that waits for a variable, or is told to be wrong."""
    kinds = kinds_of(cloud)
    if waits(resource):
        if cloud == "azure":
            message = "which role a level is depends on the resource, whose kind is not known here"
            faults.add((*at, "level"), message, "name the role: `role: Storage Blob Data Reader`")
        return None
    found = next((kind for kind in kinds if kind.matches(resource)), None)
    if found is None:
        meant = did_you_mean(_mark(resource, cloud), [kind.mark for kind in kinds])
        near = next((kind for kind in kinds if kind.mark == meant), None)
        if near is not None:
            hint = f"did you mean {near.title}, {near.form}?"
        else:
            hint = "; ".join(f"{kind.title} is {kind.form}" for kind in kinds)
        hint += " For another kind name its `role`" if cloud == "azure" else ""
        message = f'"{resource}" is nothing that access can be given to'
        faults.add((*at, "resource"), message, hint)
    return found


def _mark(resource: str, cloud: str) -> str:
    """What of an address tells its kind, as far as one can see."""
    if cloud == "aws":
        parts = resource.split(":")
        kind = parts[5].split("/")[0] if len(parts) > 5 and "/" in parts[5] else ""
        return ":".join(filter(None, (parts[2] if len(parts) > 2 else resource, kind)))
    if cloud == "gcp":
        parts = resource.split("/")
        return parts[2] if len(parts) > 3 else resource
    return azure_mark(resource.rpartition("/providers/")[2])
