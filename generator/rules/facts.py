"""What policies can ask of one job and its asset: fields, tags, classes of data; and places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from generator.concepts.table import CLASSES, CONCEPTS, LISTS
from generator.errors import KeyPath, Location
from generator.job.loaded import LoadedJob
from generator.model.policy_fields import ASSET, JobField
from generator.tags.tag_set import Tag, TagSet

_CLASSIFIED = "classified_fields"
# Laws and classes are known in any case; every other value is held to its own.
_ANY_CASE = frozenset((CLASSES, "regulations", "compliance"))
_ANY_CASE_FIELDS = frozenset(
    ".".join((ASSET, keys))
    for concept in CONCEPTS.values()
    if concept.name in _ANY_CASE
    for document, _, keys in (source.partition(" ") for source in concept.sources)
    if document == ASSET
)
_TAGS: KeyPath = ("infrastructure", "tags")


class Fault(NamedTuple):
    """One condition that does not hold.

    Attributes:
        what: what there is, for people.
        wanted: what there has to be; empty where that is plain.
        location: where the value stands, or would.
    """

    what: str
    wanted: str
    location: Location


class Facts:
    """What is known of a job.

    Args:
        loaded: the job, without what has no effect on its runtime.
        tags: its tags.
        concept_of: from a tag as people write it to what it is called here.
    """

    def __init__(self, loaded: LoadedJob, tags: TagSet, concept_of: Callable[[str], str]) -> None:
        self.loaded, self.job = loaded, loaded.job
        self._concept_of = concept_of
        self._removed = tags.removed
        self._tags = {tag.concept: tag for tag in tags.merged.values()}

    def field(self, known: JobField) -> Any:
        """The value of a field; None where it has none, or the job has no asset."""
        value: Any = self.loaded.asset if known.in_asset else self.job
        for key in known.attributes or known.path:
            if value is None:
                return None
            value = value.get(key) if isinstance(value, dict) else getattr(value, key, None)
        return value

    def tag(self, name: str) -> tuple[str, ...] | None:
        """The values of a tag; None where the job has no such tag."""
        tag = self._tag(name)
        return None if tag is None else tag.values

    def is_many(self, name: str) -> bool:
        """Whether a tag may have, or has, several values."""
        return self._concept_of(name) in LISTS or len(self.tag(name) or ()) > 1

    def is_any_case(self, name: str) -> bool:
        """Whether upper and lower case are alike in values of a tag."""
        return self._concept_of(name) in _ANY_CASE

    def is_any_case_field(self, known: JobField) -> bool:
        """Whether upper and lower case are alike in a field, as in the tag that it becomes."""
        return known.name in _ANY_CASE_FIELDS

    def place(self, known: JobField) -> Location:
        """Where a field stands, or would be added; of a job without an asset, what names it."""
        if not known.in_asset:
            return self.loaded.locations.location(known.path)
        if self.loaded.asset is None:
            return self.loaded.locations.location(("asset_path",))
        keys = known.path[1:]
        if self.field(known) is not None:
            return self.loaded.asset_location(*keys)
        return self.loaded.asset_location(*keys[:-1])._replace(on_key=True)

    def place_of_tag(self, name: str) -> Location:
        """Where a tag was written, or taken away, or would be added."""
        concept = self._concept_of(name)
        removed = (tag for tag in self._removed.values() if tag.concept == concept)
        tag = self._tags.get(concept) or next(removed, None)
        if tag is not None and tag.location is not None:
            return tag.location
        return self.loaded.locations.location(_TAGS)

    def classes(self) -> dict[str, Location]:
        """Class of the data or of one of its fields, in lower case, to the place that says so."""
        found: dict[str, Location] = {}
        for name in (_CLASSIFIED, CLASSES):
            for value in self.tag(name) or ():
                of = value.rpartition(":")[2] if name == _CLASSIFIED else value
                found[of.strip().lower()] = self.place_of_tag(name)
        return found

    def _tag(self, name: str) -> Tag | None:
        return self._tags.get(self._concept_of(name))
