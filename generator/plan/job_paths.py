"""Paths of a job as people write them, ``infrastructure.runtime.cpu``, and what stands there."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.errors import KeyPath, Location, Problem
from generator.model.job import Job
from generator.plan.metadata import METADATA_FIELDS
from generator.text.hints import did_you_mean, question

# What a job has no value for.
UNSET: Any = type("Unset", (), {"__repr__": lambda _: "UNSET"})()
# What says how the root is made is no value for a module.
_APART = ("infrastructure.terraform", "infrastructure.resource_identifiers")


def value_at(job: Job, path: KeyPath) -> Any:
    """What the job says at a path: plain data, sizes in vCPUs and MiB; or ``UNSET``.

    Raises:
        LookupError: a job has no such field.
    """
    dotted = ".".join(map(str, path))
    known = known_paths()
    above = [dotted[:index] for index, char in enumerate(dotted) if char == "."]
    if dotted not in known and not any(known.get(one) for one in above):
        raise LookupError(dotted)
    value: Any = job
    for key in path:
        if isinstance(value, BaseModel):
            value = getattr(value, str(key))
        elif isinstance(value, dict):
            value = value.get(str(key))
        elif isinstance(value, list | tuple) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return UNSET
    return UNSET if value is None else plain(value)


def plain(value: Any) -> Any:
    """Plain data; of a part only what was written."""
    if isinstance(value, BaseModel):
        return plain(value.model_dump(exclude_unset=True, exclude_none=True))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return int(value) if isinstance(value, float) and value == int(value) else value


# A table of the whole format, asked for each ${...} of an output.
@cache
def known_paths() -> dict[str, bool]:
    """Every field of a job; True where it is a mapping or a list, which holds what it likes."""
    found: dict[str, bool] = {}
    _collect(Job, "", found)
    return found


def _collect(model: type[BaseModel], prefix: str, found: dict[str, bool]) -> None:
    for name, field in model.model_fields.items():
        path = prefix + name
        if path in _APART:
            continue
        kinds = _kinds(field.annotation)
        found[path] = any(get_origin(kind) in (dict, list, tuple) for kind in kinds)
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                _collect(kind, f"{path}.", found)


def _kinds(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, what annotates them taken off."""
    if hasattr(annotation, "__metadata__"):
        return _kinds(annotation.__origin__)
    if get_origin(annotation) in (dict, list, tuple) or not get_args(annotation):
        return [annotation]
    return [kind for one in get_args(annotation) for kind in _kinds(one)]


def unknown_source(text: str, location: Location) -> Problem:
    """The problem of a text that names nothing a module can be given."""
    fields = [f"metadata.{name}" for name in METADATA_FIELDS]
    known = [*known_paths(), *fields, "tags", "labels", "metadata"]
    below = f"infrastructure.{text}"
    meant = below if below in known else did_you_mean(text, known)
    hint = f"{question(meant)} " if meant else ""
    hint += "write {literal: …} for a text that is meant as it stands"
    return Problem("unknown-source", f'"{text}" is no path of a job', location, hint)
