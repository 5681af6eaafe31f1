"""What each layer has to say: one function a layer, weakest first as they stand by default.

``derived`` is below everything that somebody wrote, so that it overrules nobody;
``identity`` is above everything. Those between are ordered by ``tags.precedence``.
Where a layer reads its values is in the table of tags (``concepts.table``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.concepts.table import CONCEPTS, Concept
from generator.errors import InputError, Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob
from generator.model.asset import Asset
from generator.model.settings import LAYERS
from generator.tags import mapping
from generator.tags.check import check_secrets
from generator.tags.factory import Path, TagFactory
from generator.tags.own_keys import TagFormat
from generator.tags.sources import found_in
from generator.tags.tag_set import ASSET, DEFAULTS, DERIVED, IDENTITY, INFRASTRUCTURE, JOB, Tag
from generator.text.hints import suggest

_OVERRIDES = ("classification_overrides", "governance_overrides")


def order(precedence: tuple[str, ...]) -> tuple[str, ...]:
    """All layers, weakest first.

    Args:
        precedence: the four layers in the order that dativo.yaml asks for.

    Raises:
        InputError: a layer is missing or named twice.
    """
    if len(precedence) != len(LAYERS) or set(precedence) != set(LAYERS):
        message = f"tags.precedence must name each of {', '.join(LAYERS)} once"
        location = Location(SETTINGS_FILE, ("tags", "precedence"))
        raise InputError(Problem("tag-precedence", message, location))
    return (DERIVED, *precedence, IDENTITY)


def derived(loaded: LoadedJob, factory: TagFactory) -> list[Tag]:
    """What follows from the infrastructure block, and values that hold unless somebody says."""
    tags = factory.tags(DERIVED, found_in(DERIVED, loaded.job, loaded), _locations(loaded))
    usual = [concept for concept in CONCEPTS.values() if concept.usual and _holds(concept, loaded)]
    return [*tags, *(factory.tag(DERIVED, c.name, (c.usual,), None) for c in usual)]


def _holds(concept: Concept, loaded: LoadedJob) -> bool:
    """Whether the usual value of a tag holds: what dativo.yaml itself asks for moves no data."""
    return loaded.file != SETTINGS_FILE or concept.name == "managed_by"


def defaults(loaded: LoadedJob, factory: TagFactory) -> list[list[Tag]]:
    """The tags of dativo.yaml, one list for each mapping, weakest first."""
    read = []
    for source in loaded.default_tags:
        file, path = source.location.file, source.location.path

        def location_of(key: str, file: str = file, path: Path = path) -> Location:
            return Location(file, (*path, key))

        read.append(mapping.read(factory, DEFAULTS, source.data, location_of, lambda _: 0))
    return read


# Many jobs share an asset, and its tags are the same for all of them. The key has the identity
# of the asset, which the entry keeps alive.
_ASSETS: dict[tuple[int, str | None, TagFormat], tuple[Asset, list[Tag], TagFactory]] = {}
_MOST_ASSETS = 2048


def asset(loaded: LoadedJob, factory: TagFactory) -> list[Tag]:
    """What the asset contract says of the data, and who pays for it."""
    contract = loaded.asset
    if contract is None:
        return []
    key = (id(contract), loaded.asset_file, factory.format)
    entry = _ASSETS.get(key)
    if entry is None or entry[0] is not contract:
        own = TagFactory(factory.format, factory.own)
        found = found_in(ASSET, contract, loaded)
        tags = own.tags(ASSET, found, lambda path: loaded.asset_location(*path))
        own.problems += check_secrets(tags)
        if len(_ASSETS) >= _MOST_ASSETS:
            _ASSETS.clear()
        entry = _ASSETS[key] = (contract, tags, own)
    _, tags, own = entry
    factory.problems += own.problems
    factory.altered |= own.altered
    return tags


def job(loaded: LoadedJob, factory: TagFactory) -> list[Tag]:
    """What the job says of its run, who pays, and what it decides otherwise than its asset.

    An override that says nothing (``owner: ""``) takes away what the asset says.
    """
    found = list(found_in(JOB, loaded.job, loaded))
    tags = factory.tags(JOB, found, _locations(loaded))
    set_here = {tag.concept for tag in tags}
    for concept, _, path in found:
        if path[0] in _OVERRIDES and concept not in set_here:
            tags.append(factory.tag(JOB, concept, (), loaded.locations.location(path)))
    if loaded.job.classification_overrides:
        factory.problems += _unknown_fields(loaded)
    return tags


def infrastructure(loaded: LoadedJob, factory: TagFactory) -> list[Tag]:
    """The tags that the job writes as such."""
    layers = loaded.locations.layers
    location_of = _locations(loaded)

    def rank_of(location: Location) -> int:
        fits = [
            (len(layer.prefix), index)
            for index, layer in enumerate(layers)
            if layer.file == location.file and location.path[: len(layer.prefix)] == layer.prefix
        ]
        return max(fits)[1] if fits else -1

    return mapping.read(
        factory,
        INFRASTRUCTURE,
        loaded.job.infrastructure.tags,
        lambda key: location_of(("infrastructure", "tags", key)),
        rank_of,
    )


def identity(loaded: LoadedJob, factory: TagFactory) -> list[Tag]:
    """Whose root it is. Another value for one of these is an error anywhere."""
    return factory.tags(IDENTITY, found_in(IDENTITY, loaded.job, loaded), _locations(loaded))


def _locations(loaded: LoadedJob) -> Callable[[Path], Location]:
    """``loaded.locations.location`` with a short cut for what the job file itself has."""
    locations = loaded.locations
    own = [layer for layer in reversed(locations.layers) if not layer.target]

    def location_of(path: Path) -> Location:
        for layer in own:
            value: Any = layer.data
            for key in path:
                if not isinstance(value, dict) or key not in value:
                    break
                value = value[key]
            else:
                return Location(layer.file, layer.prefix + path)
        return locations.location(path)

    return location_of


def _unknown_fields(loaded: LoadedJob) -> Iterator[Problem]:
    """A class for a field that the asset does not have is likely a misspelling."""
    columns = loaded.asset and loaded.asset.columns
    names = {column.name for column in columns or ()}
    for name in sorted(loaded.job.classification_overrides) if names else ():
        if name != "default" and name not in names:
            yield Problem(
                "unknown-field",
                f'the asset has no field "{name}"',
                loaded.locations.location(("classification_overrides", name)),
                suggest(name, [known for known in names if known]),
                "warning",
            )
