"""What the tag stage hands on: every tag with its value, its origin, and what it overrode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.errors import Location, Problem
from generator.model.settings import LAYERS

# The layers of tags.precedence, and those below and above them all.
DEFAULTS, ASSET, JOB, INFRASTRUCTURE = LAYERS
DERIVED, IDENTITY = "derived", "identity"


class Tag(NamedTuple):
    """One tag of one layer. A tuple, since a run makes tens of thousands of them.

    Attributes:
        concept: the canonical name in snake case (``cost_center``), or for a tag that is no
            known concept the key as the user wrote it.
        values: the value as written; a list has several items, a scalar one. Empty: the tag
            takes the key away from weaker layers; such a tag is only in ``TagSet.removed``.
        layer: "derived", "defaults", "asset", "job", "infrastructure" or "identity".
        location: where it was written; None for what stands nowhere (managed_by).
        key: the key on the cloud, in the chosen style.
        value: the value on the cloud, joined, translated and shortened.
    """

    concept: str
    values: tuple[str, ...]
    layer: str
    location: Location | None
    key: str
    value: str

    @property
    def written(self) -> str:
        """The key in the words of the file: as the user wrote it, else the concept."""
        if self.location is not None and self.layer in ("defaults", "infrastructure"):
            return str(self.location.path[-1])
        return self.concept


@dataclass(frozen=True, slots=True)
class TagLayer:
    """The tags of one layer, in the order of their keys.

    Attributes:
        name: "derived", "defaults", "asset", "job", "infrastructure" or "identity".
        files: the files that the tags were written in.
        tags: one for each key.
    """

    name: str
    files: tuple[str, ...]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class TagSet:
    """The tags of one root.

    Attributes:
        cloud: whose rules they follow: "aws", "gcp", "azure", "kubernetes" or "databricks".
        layers: weakest first, empty ones left out; merging their maps in order gives ``merged``.
        merged: key to the tag that wins, in the order of keys.
        overridden: key to the tags that lost, weakest first; also those that a null took away.
        warnings: what deserves a word but is no error.
        removed: key to the tag, without a value, whose null took the key away. Such a key is in
            no layer, since Terraform's merge() cannot take one away.
    """

    cloud: str
    layers: tuple[TagLayer, ...]
    merged: dict[str, Tag]
    overridden: dict[str, tuple[Tag, ...]]
    warnings: tuple[Problem, ...]
    removed: dict[str, Tag] = field(default_factory=dict)

    def as_map(self) -> dict[str, str]:
        """Key to value as they reach the cloud: what ``local.tags`` evaluates to."""
        return {key: tag.value for key, tag in self.merged.items()}

    def value_of(self, concept: str) -> str | None:
        """The winning value of a concept as written, lists joined with a comma; None when unset."""
        for tag in self.merged.values():
            if tag.concept == concept:
                return ", ".join(tag.values)
        return None

    def on_cloud(self, concept: str) -> str:
        """The winning value of a concept as the cloud has it; empty when unset."""
        return next((tag.value for tag in self.merged.values() if tag.concept == concept), "")
