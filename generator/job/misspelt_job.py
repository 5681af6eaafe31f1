"""Misspelt keys of a job file: at its top, in its environments, and in the sections for tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import KeyPath, Location, Problem
from generator.job.misspelt import LIST, MAPPING, misspelt_in, misspelt_keys, shapes
from generator.job.variants import OVERLAY_KEYS
from generator.model.job import Job
from generator.text.hints import misspelt

_DEFAULT = "default"


def misspelt_in_job(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Keys that are one or two edits away from one that dativo reads, and hold what that takes.

    In a file without ``infrastructure`` nothing else is read, so only that is looked for.

    Args:
        document: the canonical document.
        file: the job file, below the project folder.
    """

    def location(path: KeyPath, on_key: bool) -> Location:
        return Location(file, path, on_key)

    known = {**shapes(Job), "tenants": frozenset((LIST,)), "environments": frozenset((MAPPING,))}
    if not has_infrastructure(document):
        some = {key: known[key] for key in ("infrastructure", "environments")}
        yield from misspelt_keys(document, some, location)
        return
    yield from misspelt_keys(document, known, location)
    overlays = document.get("environments")
    parts: list[tuple[KeyPath, Any]] = [((), document)]
    parts += [
        (("environments", name), overlay)
        for name, overlay in (overlays.items() if isinstance(overlays, dict) else ())
        if isinstance(overlay, dict)
    ]
    for at, part in parts:
        # What else an environment may not change is refused by name already.
        read = {key: part[key] for key in OVERLAY_KEYS if key in part}
        yield from misspelt_in(read, Job, location, at)
        yield from _default(read.get("classification_overrides"), file, at)


def has_infrastructure(document: Mapping[str, Any]) -> bool:
    """Whether a job file asks for a root, for all environments or for one."""
    if document.get("infrastructure") is not None:
        return True
    environments = document.get("environments")
    overlays = environments.values() if isinstance(environments, dict) else ()
    return any(isinstance(o, dict) and o.get("infrastructure") is not None for o in overlays)


def _default(overrides: Any, file: str, at: KeyPath) -> Iterator[Problem]:
    """The keys are columns of the data, but for one."""
    if not isinstance(overrides, dict) or _DEFAULT in overrides:
        return
    for key in overrides:
        if misspelt(key, (_DEFAULT,)):
            path = (*at, "classification_overrides", key)
            message = f'"{key}" in "classification_overrides" is read as a column of the data'
            hint = 'did you mean "default", which classifies all of it?'
            yield Problem("unknown-key", message, Location(file, path, True), hint)
