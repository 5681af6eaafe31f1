"""The layers under and over a job: defaults of dativo.yaml, the job, its environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from generator.errors import InputError, KeyPath, Place, Problem
from generator.job.loaded import Layer, TagSource
from generator.job.variables import fill
from generator.project import SETTINGS_FILE

if TYPE_CHECKING:
    from generator.project import Project


def own_layers(file: str, document: dict[str, Any], environment: str) -> list[Layer]:
    """The job file itself, then what it says of the environment."""
    layers = [Layer(file, (), (), document)]
    overlay = (document.get("environments") or {}).get(environment)
    if overlay:
        layers.append(Layer(file, ("environments", environment), (), overlay))
    return layers


def default_layers(
    project: Project, infrastructure: dict[str, Any], known: Mapping[str, str]
) -> list[Layer]:
    """The defaults of dativo.yaml that apply, weakest first.

    Args:
        project: the repository.
        infrastructure: the job's own block, which may name the cloud.
        known: TENANT_ID, ENVIRONMENT and the values of dativo.yaml.
    """
    defaults = project.settings.defaults
    tenant, environment = known["TENANT_ID"], known["ENVIRONMENT"]
    levels: list[tuple[KeyPath, Any]] = [
        (("defaults",), defaults),
        (("defaults", "tenants", tenant), defaults.tenants.get(tenant)),
        (("defaults", "environments", environment), defaults.environments.get(environment)),
    ]
    levels = [(path, level) for path, level in levels if level is not None]
    blocks_of = [level.infrastructure for _, level in levels]
    cloud = fill(_cloud(infrastructure, blocks_of), known)
    runtime = fill(_runtime(infrastructure, blocks_of), known)
    layers = []
    for path, level in levels:
        blocks = [((*path, "infrastructure"), level.infrastructure)]
        for key, chosen in (("clouds", cloud), ("runtimes", runtime)):
            offered = getattr(level, key)
            if isinstance(chosen, str) and chosen in offered:
                below = (*path, key, str(chosen), "infrastructure")
                blocks.append((below, offered[chosen].infrastructure))
        layers += [
            Layer(SETTINGS_FILE, at, ("infrastructure",), block) for at, block in blocks if block
        ]
    return layers


def default_provider(project: Project, document: dict[str, Any]) -> str | None:
    """The cloud that dativo.yaml has for a job that names none.

    Args:
        project: the repository.
        document: the job file in any dialect, for its tenant and environment.
    """
    defaults = project.settings.defaults
    levels: list[Any] = [defaults]
    for key, named in (("tenant_id", defaults.tenants), ("environment", defaults.environments)):
        name = document.get(key)
        levels.append(named.get(name) if isinstance(name, str) else None)
    found = _cloud({}, [level.infrastructure for level in levels if level is not None])
    return found if isinstance(found, str) else None


def _cloud(own: dict[str, Any], defaults: list[dict[str, Any]]) -> Any:
    """The provider that the job names, or the strongest default."""
    named = [block.get("provider") for block in (*defaults, own)]
    return next((name for name in reversed(named) if name is not None), None)


def _runtime(own: dict[str, Any], defaults: list[dict[str, Any]]) -> Any:
    """The type of runtime that the job names, or the strongest default."""
    blocks = [block.get("runtime") for block in (*defaults, own)]
    named = [block.get("type") for block in blocks if isinstance(block, dict)]
    return next((name for name in reversed(named) if name is not None), None)


def without_tags(layer: Layer) -> dict[str, Any]:
    """A layer's mapping but for its tags, which are merged by rules of their own."""
    if "tags" not in layer.data:
        return layer.data
    return {key: value for key, value in layer.data.items() if key != "tags"}


def default_tags(defaults: list[Layer], known: Mapping[str, str]) -> tuple[TagSource, ...]:
    """The tags of the layers of dativo.yaml, weakest first.

    Raises:
        InputError: ``tags`` is no mapping.
    """
    sources = []
    for layer in defaults:
        tags = layer.data.get("tags")
        if tags is None:
            continue
        place = Place(layer.file, (*layer.prefix, "tags"))
        if not isinstance(tags, dict):
            raise InputError(Problem("invalid-value", '"tags" must be a mapping', place))
        sources.append(TagSource(fill(tags, known), place))
    return tuple(sources)


def own_tags(own: list[Layer]) -> dict[str, Any] | None:
    """The job's own tags: the environment's beside those of the file, nulls kept.

    A null takes a tag away that some other layer has, so it must reach the merge of tags.

    Raises:
        InputError: ``tags`` is no mapping.
    """
    merged: dict[str, Any] = {}
    for layer in own:
        block = layer.data.get("infrastructure")
        tags = block.get("tags") if isinstance(block, dict) else None
        if tags is None:
            continue
        if not isinstance(tags, dict):
            place = Place(layer.file, (*layer.prefix, "infrastructure", "tags"))
            message = '"infrastructure.tags" must be a mapping'
            raise InputError(Problem("invalid-value", message, place))
        merged = {**merged, **tags} if merged else tags
    return merged
