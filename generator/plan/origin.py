"""Where an argument of the module call comes from: looked up only when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.errors import KeyPath, Location

# The commit hook reads plans' types, and must not wait for pydantic.
if TYPE_CHECKING:
    from generator.job.loaded import Layer, LoadedJob


class Told(NamedTuple):
    """An origin that is known already.

    Attributes:
        source: for people.
        location: where it was written; None for what is derived.
    """

    source: str
    location: Location | None = None


class OfField(NamedTuple):
    """A field of a job; one that nobody set is a default of dativo.

    Attributes:
        loaded: the job.
        path: the field.
        null: what the argument passes is null, which somebody may have written.
    """

    loaded: LoadedJob
    path: KeyPath
    null: bool

    @property
    def source(self) -> str:
        """For people: "infrastructure.runtime.cpu in jobs/x.yaml"."""
        layer = self._layer()
        if layer is None:
            return f"default of {dotted(self.path)}"
        if layer.file == self.loaded.file:
            return dotted(self.path)
        return f"{dotted(self.path)} in {layer.file}"

    @property
    def location(self) -> Location | None:
        """Where it was written; None for a default of dativo."""
        layer = self._layer()
        if layer is None:
            return None
        return Location(layer.file, layer.prefix + self.path[len(layer.target) :])

    def _layer(self) -> Layer | None:
        locations = self.loaded.locations
        return locations.written(self.path) if self.null else locations.given(self.path)


def dotted(path: KeyPath) -> str:
    """A path as people write it."""
    return ".".join(map(str, path))
