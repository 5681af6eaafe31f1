"""A job as the later stages get it: the models, and where every value was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.errors import KeyPath, Place

if TYPE_CHECKING:
    from generator.job.asset import Asset
    from generator.job.job import Job


@dataclass(frozen=True, slots=True)
class Layer:
    """One mapping that a merged document came from.

    Attributes:
        file: the file it stands in, below the project folder.
        prefix: the keys that lead to the mapping inside that file.
        target: the keys in the merged document that the mapping is merged at.
        data: the mapping itself.
    """

    file: str
    prefix: KeyPath
    target: KeyPath
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layers:
    """The mappings of a merged document, weakest first."""

    layers: tuple[Layer, ...]

    def place(self, path: KeyPath, on_key: bool = False) -> Place:
        """The place of the value at ``path`` of the merged document.

        The strongest layer that has it decides; where none has, the strongest layer that has
        most of the path, so that a missing key is reported where it would be added.
        """
        best, best_depth = self.layers[-1], -1
        for layer in reversed(self.layers):
            depth = _depth(layer, path)
            if depth > best_depth:
                best, best_depth = layer, depth
        if len(path) <= len(best.target) and best_depth < len(path):
            return Place(best.file, best.prefix)
        below = path[len(best.target) :][: max(best_depth - len(best.target), 0)]
        missing = best_depth < len(path)
        return Place(best.file, best.prefix + below, on_key or missing)


def _depth(layer: Layer, path: KeyPath) -> int:
    """How many keys of ``path`` the layer has, counted from the top of the merged document."""
    target = layer.target
    if path[: len(target)] != target:
        return 0 if path[:1] != target[:1] else -1
    value: Any = layer.data
    for depth, key in enumerate(path[len(target) :], len(target)):
        if isinstance(key, int):
            found = isinstance(value, list | tuple) and key < len(value)
        else:
            found = isinstance(value, dict) and key in value
        if not found:
            return depth
        value = value[key]
    return len(path)


@dataclass(frozen=True, slots=True)
class TagSource:
    """A mapping of tags as one file has it.

    Attributes:
        data: keys as written to values as written (text, lists of text, or None).
        place: the mapping's own place; a tag's place is this one with its key added.
    """

    data: dict[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class LoadedJob:
    """One job for one tenant and environment.

    Attributes:
        job: the validated job, defaults, environment and variables filled in.
            ``infrastructure.tags`` holds the job's own tags only, not those of dativo.yaml.
        file: the job file, below the project folder.
        asset: the asset contract, if the job names one.
        asset_file: its file.
        default_tags: tags of dativo.yaml, weakest first: organisation, cloud, tenant, environment.
        places: where the job's values stand, paths as in the ``Job`` model.
        asset_moved: for a nested asset file, the new path of each moved value to the old one.
        text_has_outputs: the file mentions ``terraform_outputs``.
    """

    job: Job
    file: str
    asset: Asset | None
    asset_file: str | None
    default_tags: tuple[TagSource, ...]
    places: Layers
    asset_moved: dict[KeyPath, KeyPath]
    document: dict[str, Any]

    def asset_place(self, *path: str | int) -> Place:
        """The place of a value of the asset, path as in the flat shape of the file."""
        moved = self.asset_moved
        for length in range(len(path), 0, -1):
            if path[:length] in moved:
                return Place(self.asset_file or "", moved[path[:length]] + path[length:])
        return Place(self.asset_file or "", path)
