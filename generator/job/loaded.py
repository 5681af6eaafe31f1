"""A job as the later stages get it: the models, and where every value was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.errors import KeyPath, Location
from generator.job.merge import KIND_KEYS
from generator.model.asset import Asset
from generator.model.job import Job


class Layer(NamedTuple):
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


class Layers(NamedTuple):
    """The mappings of a merged document, weakest first."""

    layers: tuple[Layer, ...]

    def location(self, path: KeyPath, on_key: bool = False) -> Location:
        """The place of the value at ``path`` of the merged document.

        The strongest layer that has it decides. What none has is reported where it would be
        added: in the job file, at the key of the innermost mapping on the way to it.
        """
        layer = self.written(path)
        if layer is not None:
            return Location(layer.file, layer.prefix + path[len(layer.target) :], on_key)
        counting = list(self._counting(path))
        own = [layer for layer in counting if not layer.target] or counting
        nearest = max(reversed(own), key=lambda layer: _depth(layer, path))
        depth = max(_depth(nearest, path) - len(nearest.target), 0)
        return Location(nearest.file, nearest.prefix + path[len(nearest.target) :][:depth], True)

    def written(self, path: KeyPath) -> Layer | None:
        """The strongest layer that has a value at ``path``; None for a default of dativo.

        A layer that says null, or anything but a mapping, on the way there takes away what
        weaker layers have, as the merge does.
        """
        layers = self.layers if KIND_KEYS.keys().isdisjoint(path) else self._of_one_kind(path)
        for layer in reversed(layers):
            if (found := _has(layer, path)) is not None:
                return layer if found else None
        return None

    def raw(self, path: KeyPath) -> Any:
        """The value at ``path`` as its file has it, no ``${NAME}`` filled in; None for none."""
        layer = self.written(path)
        return None if layer is None else _value(layer, path)

    def given(self, path: KeyPath) -> Layer | None:
        """As ``written``, but where a null takes the value away nobody gave one."""
        layer = self.written(path)
        return None if layer is None or _value(layer, path) is None else layer

    def _counting(self, path: KeyPath) -> Iterator[Layer]:
        """The layers that ``written`` looks at, strongest first."""
        for layer in reversed(self._of_one_kind(path)):
            yield layer
            if _has(layer, path) is not None:
                return

    def _of_one_kind(self, path: KeyPath) -> tuple[Layer, ...]:
        """Without the layers whose backend or module is of another kind than a stronger one's."""
        at = next((index for index, key in enumerate(path) if key in KIND_KEYS), None)
        if at is None:
            return self.layers
        where = (*path[: at + 1], KIND_KEYS[path[at]])
        kind, first = None, 0
        for index in range(len(self.layers) - 1, -1, -1):
            said = _value(self.layers[index], where)
            if said is None:
                continue
            if kind is not None and said != kind:
                break
            kind, first = said, index
        return self.layers[first:]


def _has(layer: Layer, path: KeyPath) -> bool | None:
    """Whether a layer has a value at ``path``; the quick form of ``_depth`` for mappings.

    Returns:
        None where it leaves that to weaker layers; False where it takes the value away.
    """
    value: Any = layer.data
    target = layer.target
    if target:
        if path[: len(target)] != target:
            return None
        path = path[len(target) :]
    for key in path:
        if type(value) is not dict:
            return _depth(layer, target + path) == len(target) + len(path)
        if key not in value:
            if key == 0:  # a mapping stands for a list of one
                continue
            return None
        value = value[key]
    return True


def _value(layer: Layer, path: KeyPath) -> Any:
    """The value that a layer has at a path of mappings; None where it has none."""
    skipped = len(layer.target)
    value: Any = layer.data if path[:skipped] == layer.target else None
    for key in path[skipped:]:
        if isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        elif type(value) is dict:
            value = value if key == 0 else value.get(key)
        elif key != 0 or not isinstance(value, str):  # text stands for a list of one
            return None
    return value


def _depth(layer: Layer, path: KeyPath) -> int:
    """How many keys of ``path`` the layer has, counted from the top of the merged document."""
    target = layer.target
    skipped = len(target)
    if skipped and path[:skipped] != target:
        return -1
    value: Any = layer.data
    depth = skipped
    for key in path[skipped:] if skipped else path:
        if type(value) is dict:
            if key not in value and key != 0:
                return depth
            value = value if key == 0 else value[key]
        elif isinstance(key, int) and isinstance(value, list) and key < len(value):
            value = value[key]
        elif key != 0 or not isinstance(value, str):  # text stands for a list of one
            return depth
        depth += 1
    return depth


class TagSource(NamedTuple):
    """A mapping of tags as one file has it.

    Attributes:
        data: keys as written to values as written (text, lists of text, or None).
        location: the mapping's own place; a tag's place is this one with its key added.
    """

    data: dict[str, Any]
    location: Location


class Neighbour(NamedTuple):
    """A job that another one needs, as far as the other's root has to know.

    Attributes:
        tenant, job, environment: its identity.
        file: its job file, below the project folder.
        location: where it is listed as needed.
        folder: its root, below the output folder.
        backend: the type of its backend.
        arguments: those of its backend.
        offers: what its root can put out, to whether that is sensitive; None where nobody here
            can see its module.
        empty: outputs that have no value the way that job is, each with the reason.
    """

    tenant: str
    job: str
    environment: str
    file: str
    location: Location
    folder: str
    backend: str
    arguments: Mapping[str, Any]
    offers: Mapping[str, bool] | None
    empty: Mapping[str, str]

    @property
    def identity(self) -> str:
        """The job as people name it wherever they are."""
        return f"{self.tenant}/{self.job}/{self.environment}"


class LoadedJob(NamedTuple):
    """One job for one tenant and environment.

    Attributes:
        job: the validated job, defaults, environment and variables filled in.
            ``infrastructure.tags`` holds the job's own tags only, not those of dativo.yaml.
        file: the job file, below the project folder.
        asset: the asset contract, if the job names one.
        asset_file: its file.
        default_tags: tags of dativo.yaml, weakest first: organisation, cloud, tenant, environment.
        locations: where the job's values stand, paths as in the ``Job`` model.
        asset_moved: for a nested asset file, the new path of each moved value to the old one.
        document: the job file as plain data.
        mentions_outputs: False when nothing in the file speaks of outputs.
        mentions_jobs: False when nothing in the file can be a placeholder for another job's output.
        older: the file is written in an older dialect.
        region: the region as part of the root's names, in a job that lists several and is not at
            home in this one; else empty.
        platforms: cloud and runtime of every job of the file.
        neighbours: the jobs that it needs.
        from_state: their outputs are read from their states, not handed in as variables.
        asked: the outputs that other jobs take from its root.
    """

    job: Job
    file: str
    asset: Asset | None
    asset_file: str | None
    default_tags: tuple[TagSource, ...]
    locations: Layers
    asset_moved: dict[KeyPath, KeyPath]
    document: dict[str, Any]
    mentions_outputs: bool = True
    mentions_jobs: bool = True
    older: bool = False
    region: str = ""
    platforms: frozenset[tuple[str, str]] = frozenset()
    neighbours: tuple[Neighbour, ...] = ()
    from_state: bool = True
    asked: frozenset[str] = frozenset()

    @property
    def stage(self) -> str:
        """What tells the root from others of the job: the environment, with the region if any."""
        return f"{self.job.environment}-{self.region}" if self.region else self.job.environment

    @property
    def folder(self) -> str:
        """Its root, below the output folder; names are checked when the job is loaded."""
        return f"{self.job.tenant_id}/{self.job.name}/{self.stage}"

    @property
    def resource_name(self) -> str:
        """The name that names of resources are made from; a region's own, so that none clash."""
        name = self.job.infrastructure.terraform.name_for(self.job.name)
        return f"{name}-{self.region}" if self.region else name

    def asset_location(self, *path: str | int) -> Location:
        """The place of a value of the asset, path as in the flat shape of the file."""
        return Location(self.asset_file or "", written_path(path, self.asset_moved))


def written_path(path: KeyPath, moved: Mapping[KeyPath, KeyPath]) -> KeyPath:
    """Where a value of the flat shape of an asset stands in its file.

    Args:
        path: in the flat shape.
        moved: the new path of each moved value to the old one.
    """
    lengths = (length for length in range(len(path), 0, -1) if path[:length] in moved)
    length = next(lengths, 0)
    return moved[path[:length]] + path[length:] if length else path
