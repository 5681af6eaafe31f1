"""The layers under and over a job: defaults of dativo.yaml, the job, its environment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from generator.errors import InputError, KeyPath, Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import Layer, TagSource
from generator.job.merge import merge_all
from generator.job.project import Project
from generator.model.variables import fill, substitute
from generator.text.hints import misspelt, question

_BLOCK: KeyPath = ("infrastructure",)


def own_layers(file: str, document: dict[str, Any], environment: str) -> list[Layer]:
    """The job file itself, then what it says of the environment."""
    layers = [Layer(file, (), (), document)]
    overlay = (document.get("environments") or {}).get(environment)
    if overlay:
        layers.append(Layer(file, ("environments", environment), (), overlay))
    return layers


def own_blocks(own: list[Layer]) -> list[dict[str, Any]]:
    """The ``infrastructure`` blocks of the job's own layers, weakest first.

    Returns:
        None at all when the strongest layer that has the key says null.

    Raises:
        InputError: one is no mapping.
    """
    blocks: list[dict[str, Any]] = []
    for layer in own:
        if layer.target == _BLOCK:
            blocks.append(layer.data)
            continue
        block = layer.data.get("infrastructure")
        if block is None:
            blocks = [] if "infrastructure" in layer.data else blocks
            continue
        if not isinstance(block, dict):
            location = Location(layer.file, (*layer.prefix, "infrastructure"))
            raise InputError(
                Problem("invalid-value", '"infrastructure" must be a mapping', location)
            )
        blocks.append(block)
    return blocks


def default_layers(
    project: Project, own: list[dict[str, Any]], variables: Mapping[str, str]
) -> list[Layer]:
    """The defaults of dativo.yaml that apply, weakest first.

    Args:
        project: the repository.
        own: the job's own blocks, which may name the cloud.
        variables: TENANT_ID, ENVIRONMENT and the values of dativo.yaml.
    """
    defaults = project.settings.defaults
    tenant, environment = variables["TENANT_ID"], variables["ENVIRONMENT"]
    levels: list[tuple[KeyPath, Any]] = [
        (("defaults",), defaults),
        (("defaults", "tenants", tenant), defaults.tenants.get(tenant)),
        (("defaults", "environments", environment), defaults.environments.get(environment)),
    ]
    levels = [(path, level) for path, level in levels if level is not None]
    named = merge_all(map(_choices, (*(level.infrastructure for _, level in levels), *own)))
    cloud = substitute(named.get("provider"), variables)
    block = named.get("runtime")
    runtime = substitute(block.get("type"), variables) if isinstance(block, dict) else None
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


def module_layer(project: Project, infrastructure: dict[str, Any]) -> Layer | None:
    """``modules.inputs`` of dativo.yaml, under a job that names no module of its own.

    Args:
        project: the repository.
        infrastructure: the job's block, defaults merged under it.
    """
    inputs = project.settings.modules.inputs
    terraform = infrastructure.get("terraform")
    module = terraform.get("module") if isinstance(terraform, dict) else None
    if not inputs or (isinstance(module, dict) and module.get("source") is not None):
        return None
    target = ("infrastructure", "terraform", "module")
    return Layer(SETTINGS_FILE, ("modules",), target, {"inputs": inputs})


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
    clouds = [level.infrastructure.get("provider") for level in levels if level is not None]
    found = next((cloud for cloud in reversed(clouds) if cloud is not None), None)
    return found if isinstance(found, str) else None


def _choices(block: dict[str, Any]) -> dict[str, Any]:
    """What chooses further defaults: the cloud and the runtime."""
    return {key: block[key] for key in ("provider", "runtime") if key in block}


def without_tags(layer: Layer) -> dict[str, Any]:
    """A layer's mapping but for its tags, which are merged by rules of their own."""
    if "tags" not in layer.data:
        return layer.data
    return {key: value for key, value in layer.data.items() if key != "tags"}


def default_tags(
    defaults: list[Layer], own: list[dict[str, Any]], variables: Mapping[str, str]
) -> tuple[TagSource, ...]:
    """The tags of the layers of dativo.yaml, weakest first.

    Args:
        defaults: the layers; ``tags: null`` in one takes the tags of those before it away.
        own: the job's own blocks, whose ``tags: null`` takes all of them away.
        variables: as ``default_layers`` takes them.

    Raises:
        InputError: ``tags`` is no mapping.
    """
    if any("tags" in block and block["tags"] is None for block in own):
        return ()
    sources: list[TagSource] = []
    for layer in defaults:
        tags = layer.data.get("tags")
        if tags is None:
            sources = [] if "tags" in layer.data else sources
            continue
        location = Location(layer.file, (*layer.prefix, "tags"))
        if not isinstance(tags, dict):
            raise InputError(Problem("invalid-value", '"tags" must be a mapping', location))
        sources.append(TagSource(fill(tags, variables), location))
    return tuple(sources)


def own_tags(own: list[Layer]) -> dict[str, Any] | None:
    """The job's own tags: the environment's beside those of the file, nulls kept.

    A null takes a tag away that some other layer has, so it must reach the merge of tags;
    ``tags: null`` takes away what weaker layers of this kind have.

    Raises:
        InputError: ``tags`` is no mapping.
    """
    merged: dict[str, Any] = {}
    for layer in own:
        below = layer.target == _BLOCK
        block = layer.data if below else layer.data.get("infrastructure")
        if not isinstance(block, dict) or "tags" not in block:
            continue
        tags = block["tags"]
        if tags is not None and not isinstance(tags, dict):
            path = ("tags",) if below else ("infrastructure", "tags")
            location = Location(layer.file, (*layer.prefix, *path))
            message = '"infrastructure.tags" must be a mapping'
            raise InputError(Problem("invalid-value", message, location))
        merged = {**merged, **tags} if merged and tags else tags or {}
    return merged


def unused_defaults(
    project: Project, tenants: Collection[str], environments: Collection[str]
) -> Iterator[Problem]:
    """Names in ``defaults`` that are one or two edits away from one that jobs have.

    A warning only: there may be defaults before there is a job.

    Args:
        project: the repository.
        tenants: of all jobs.
        environments: likewise.
    """
    defaults = project.settings.defaults
    for section, kind, given, names in (
        ("tenants", "tenant", defaults.tenants, tenants),
        ("environments", "environment", defaults.environments, environments),
    ):
        without = [name for name in names if name not in given]
        for name in given:
            meant = None if name in names else misspelt(name, without)
            if meant is not None:
                message = f'no job has the {kind} "{name}", so these defaults have no effect'
                location = Location(SETTINGS_FILE, ("defaults", section, name), True)
                yield Problem("unused-defaults", message, location, question(meant), "warning")
