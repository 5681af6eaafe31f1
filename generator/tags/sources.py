"""Reads the values of tags where the table of tags says that they stand in a job or an asset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from generator.concepts.table import CONCEPTS
from generator.concepts.table import IDENTITY as IDENTITY_GROUP
from generator.job.loaded import LoadedJob
from generator.model.asset import Asset, Column
from generator.model.job import Job
from generator.tags.factory import Found
from generator.tags.tag_set import ASSET, DERIVED, IDENTITY, JOB


class _Source(NamedTuple):
    """Where a layer reads a tag.

    Attributes:
        concept: the tag.
        path: the keys that lead to the value in the file.
        attributes: those that lead to it in the model.
        convert: makes the tag's value of what is there, if that is not it already.
    """

    concept: str
    path: tuple[str, ...]
    attributes: tuple[str, ...]
    convert: Callable[[Any, LoadedJob], Any] | None


def found_in(layer: str, document: BaseModel, loaded: LoadedJob) -> Iterator[Found]:
    """The values that a layer's sources have.

    Args:
        layer: "derived", "asset", "job" or "identity".
        document: the asset for the layer of this name, the job for all others.
        loaded: the job with its asset.

    Returns:
        Concept, value, and the keys that lead to it in the file; nothing for what is not set.
    """
    for concept, path, attributes, convert in _SOURCES[layer]:
        value: Any = document
        for name in attributes:
            value = getattr(value, name, None)
        if value is not None and convert is not None:
            value = convert(value, loaded)
        if value is not None:
            yield concept, value, path


def module_name(source: str) -> str:
    """The last part of a module's address: ``git::https://x/y.git//modules/emr?ref=v1`` to emr."""
    return source.partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".git")


def _module_version(version: str, loaded: LoadedJob) -> str | None:
    """A version without a source is no module of the job's own."""
    return version if loaded.job.infrastructure.terraform.own_module else None


def _overridden_classes(classes: dict[str, str], loaded: LoadedJob) -> list[str] | None:
    """The classes of single fields: the job's over those of its asset."""
    own = {name: value for name, value in sorted(classes.items()) if name != "default"}
    below = _classes(loaded.asset.columns or ()) if loaded.asset else {}
    return _pairs({**below, **own}) if own else None


def _classes(columns: Iterable[Column]) -> dict[str, str]:
    """Name to class of the classified columns."""
    return {c.name: c.classification for c in columns if c.name and c.classification}


def _pairs(classes: dict[str, str]) -> list[str]:
    return [f"{name}:{value}" for name, value in classes.items() if value.strip()]


# Sources whose value is not the tag's value as it stands.
_CONVERSIONS: dict[str, Callable[[Any, LoadedJob], Any]] = {
    "job infrastructure.terraform.module.source": lambda source, _: module_name(source),
    "job infrastructure.terraform.module.version": _module_version,
    "job infrastructure.orchestrator.type": lambda name, _: None if name == "none" else name,
    "job classification_overrides.default": lambda classes, _: classes.get("default"),
    "job classification_overrides": _overridden_classes,
    "asset schema[].classification": lambda columns, _: _pairs(_classes(columns)),
}


def _sources() -> dict[str, list[_Source]]:
    """Layer to what it reads, by the sources that the table of tags has."""
    found: dict[str, list[_Source]] = {DERIVED: [], ASSET: [], JOB: [], IDENTITY: []}
    for concept in CONCEPTS.values():
        for source in reversed(concept.sources):  # of one layer the last tag wins
            document, _, keys = source.partition(" ")
            path = tuple(keys.partition("[]")[0].split("."))
            attributes = _attributes(Asset if document == "asset" else Job, path)
            row = _Source(concept.name, path, attributes, _CONVERSIONS.get(source))
            found[_layer(document, path, concept.group)].append(row)
    return found


def _attributes(model: type[BaseModel], path: tuple[str, ...]) -> tuple[str, ...]:
    """The attributes that a path goes through, as far as there are models."""
    names: list[str] = []
    for key in path:
        fields = model.model_fields
        name = {field.alias or name: name for name, field in fields.items()}[key]
        names.append(name)
        annotation = fields[name].annotation
        inner = [t for t in (annotation, *get_args(annotation)) if _is_model(t)]
        if not inner:
            break
        model = inner[0]
    return tuple(names)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _layer(document: str, path: tuple[str, ...], group: str) -> str:
    if document == "asset":
        return ASSET
    if group == IDENTITY_GROUP:
        return IDENTITY
    return DERIVED if path[0] == "infrastructure" else JOB


_SOURCES = _sources()
