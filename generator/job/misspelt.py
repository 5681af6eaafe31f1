"""Keys that nobody reads and that are a slip away from one that dativo reads.

Job and asset files hold much that is not for dativo, so an unknown key is no fault by itself.
One that looks like a key of ours, holds what that key takes, and stands where that key is
missing was meant to be it: what it says would be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.errors import KeyPath, Location, Problem
from generator.job.variants import REGION_KEYS
from generator.model.asset import GOVERNANCE, Asset
from generator.model.job import Job
from generator.model.problems import LocationOf, dotted
from generator.text.hints import misspelt, question

TEXT, LIST, MAPPING = "text", "list", "mapping"
Shapes = frozenset[str]
_ANY = frozenset((TEXT, LIST, MAPPING))
_SECTION = frozenset((MAPPING,))
_DEFAULT = "default"
# minute hour day month weekday: what a schedule is called elsewhere.
_CRON_FIELDS = 5


def misspelt_keys(
    data: Mapping[str, Any],
    known: Mapping[str, Shapes],
    location_of: LocationOf,
    at: KeyPath = (),
) -> Iterator[Problem]:
    """The misspelt keys of one mapping.

    Args:
        data: the mapping as plain data.
        known: each key that is read, to what it may hold: text, list, mapping.
        location_of: from a path in the document (and whether the key is meant) to its place.
        at: the keys that lead to the mapping.
    """
    unknown = [(key, data[key]) for key in data if key not in known and data[key] is not None]
    if not unknown:
        return
    missing = tuple([key for key in known if key not in data])
    for key, value in unknown:
        meant = misspelt(key, missing)
        if meant is not None and _fits(value, known[meant]):
            where = f' in "{dotted(at)}"' if at else ""
            message = f'unknown key "{key}"{where}'
            location = location_of((*at, key), True)
            yield Problem("unknown-key", message, location, question(meant))


def misspelt_in(
    data: Mapping[str, Any], model: type[BaseModel], location_of: LocationOf, at: KeyPath = ()
) -> Iterator[Problem]:
    """The misspelt keys of a mapping and of the sections in it, as a model knows them.

    A model that refuses unknown keys says so itself and is left out.

    Args:
        data: the mapping as plain data.
        model: what it is validated as.
        location_of: see ``misspelt_keys``.
        at: likewise.
    """
    if model.model_config.get("extra") == "forbid":
        return
    yield from misspelt_keys(data, shapes(model), location_of, at)
    for name, below in _sections(model):
        value = data.get(name)
        if isinstance(value, dict):
            yield from misspelt_in(value, below, location_of, (*at, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield from misspelt_in(item, below, location_of, (*at, name, index))


# From a model, so the same for every job: saves 5 % of a run over 1,000 jobs.
@cache
def shapes(model: type[BaseModel]) -> Mapping[str, Shapes]:
    """The keys of a model, to what each may hold; where two names are one thing, both."""
    found: dict[str, Shapes] = {}
    for name, field in model.model_fields.items():
        shape = _shape(field.annotation)
        found[field.alias or name] = shape
        if field.alias is not None and model.model_config.get("populate_by_name"):
            found[name] = shape
    return found


# Likewise: saves 2 %.
@cache
def _sections(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel]], ...]:
    """The keys of a model that hold another one, or a list of them."""
    found = []
    for name, field in model.model_fields.items():
        below = _model_in(field.annotation)
        if below is not None:
            found.append((field.alias or name, below))
    return tuple(found)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if hasattr(annotation, "model_fields"):
        model: type[BaseModel] = annotation
        return model
    inner = () if get_origin(annotation) is dict else get_args(annotation)
    return next((found for one in inner if (found := _model_in(one)) is not None), None)


def _shape(annotation: Any) -> Shapes:
    if hasattr(annotation, "model_fields") or get_origin(annotation) is dict:
        return frozenset((MAPPING,))
    if get_origin(annotation) is tuple:
        return frozenset((LIST,)) if _model_in(annotation) else frozenset((LIST, TEXT))
    arguments = [one for one in get_args(annotation) if one is not type(None)]
    return _shape(arguments[0]) if arguments else frozenset((TEXT,))


def _fits(value: Any, shape: Shapes) -> bool:
    """Whether a value is of the kind that a key takes; a cron expression was meant for one."""
    if isinstance(value, dict):
        return MAPPING in shape
    if isinstance(value, list):
        return LIST in shape
    return TEXT in shape or len(str(value).split()) == _CRON_FIELDS


def misspelt_in_job(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Keys that are one or two edits away from one that dativo reads, and hold what that takes.

    In a file without ``infrastructure`` nothing else is read, so only that is looked for.

    Args:
        document: the canonical document.
        file: the job file, below the project folder.
    """

    def location(path: KeyPath, on_key: bool) -> Location:
        return Location(file, path, on_key)

    known = _of_job_file()
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
    parts += [
        ((*at, "regions", name), overlay)
        for at, part in parts
        for name, overlay in _mapping(part.get("regions"))
        if isinstance(overlay, dict)
    ]
    for at, part in parts:
        # What else an environment may not change is refused by name already.
        read = {key: part[key] for key in REGION_KEYS if key in part}
        yield from misspelt_in(read, Job, location, at)
        yield from _default(read.get("classification_overrides"), file, at)


# From the model, and so the same for every job.
@cache
def _of_job_file() -> Mapping[str, Shapes]:
    """The keys at the top of a job file."""
    several = {"tenants": frozenset((LIST,)), "environments": frozenset((MAPPING,))}
    return {**shapes(Job), **several, "regions": frozenset((LIST, MAPPING))}


def _mapping(value: Any) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, dict) else ()


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


def misspelt_in_asset(
    document: dict[str, Any], flat: dict[str, Any], file: str, location: LocationOf
) -> Iterator[Problem]:
    """Keys that are one or two edits away from one that becomes a tag.

    Args:
        document: the asset file as plain data.
        flat: the same in the flat shape.
        file: the asset file, below the project folder.
        location: from a path in the flat shape to the place in the file.
    """

    def written(path: tuple[str | int, ...], on_key: bool) -> Location:
        return Location(file, path, on_key)

    yield from misspelt_in(flat, Asset, location)
    nested = document.get("asset")
    outer, at = (nested, ("asset",)) if isinstance(nested, dict) else (document, ())
    if outer is not nested and shapes(Asset).keys().isdisjoint(document):
        yield from misspelt_keys(document, {"asset": _SECTION}, written)
    yield from misspelt_keys(outer, {"governance": _SECTION}, written, at)
    governance = outer.get("governance")
    if isinstance(governance, dict):
        sources = {source: _ANY for source, _, _ in GOVERNANCE}
        yield from misspelt_keys(governance, sources, written, (*at, "governance"))
