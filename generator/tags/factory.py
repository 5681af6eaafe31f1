"""Makes tags: a concept and a value get the key and the value that they have on the cloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from generator.concepts.styles import contains
from generator.concepts.table import CLASSES
from generator.errors import InputError, Location, Problems
from generator.tags.own_keys import OwnKeys, TagFormat
from generator.tags.rules import fit_value
from generator.tags.tag_set import Tag
from generator.tags.values import Values, values_of

Path = tuple[str | int, ...]
Found = tuple[str, Any, Path]


class TagFactory:
    """Makes the tags of one root.

    Attributes:
        format: how keys and values are written.
        own: the organisation's own keys, which are read back.
        problems: what was found wrong.
        altered: tags whose key or value the cloud does not take as it was written.
    """

    __slots__ = ("altered", "format", "own", "problems")

    def __init__(self, tag_format: TagFormat, own: OwnKeys) -> None:
        self.format, self.own = tag_format, own
        self.problems = Problems()
        self.altered: set[Tag] = set()

    def concept(self, key: str) -> str:
        """The concept that a key spells; for a key of the user's own the key itself."""
        return self.own.concept(key, self.format.namespace)

    def tag(self, layer: str, concept: str, values: Values, location: Location | None) -> Tag:
        """A tag; one without values takes its key away from the weaker layers."""
        key = self.format.key(concept)
        value = fit_value(self.format.cloud, values, self.format.shorten)
        tag = Tag(concept, values, layer, location, key.text, value.text)
        if key.note or key.refusal or value.note or value.refusal:
            self.altered.add(tag)
        return tag

    def tags(
        self, layer: str, found: Iterable[Found], location_of: Callable[[Path], Location]
    ) -> list[Tag]:
        """The tags of a layer; what is None or empty makes none.

        Args:
            layer: its name.
            found: concept, value, and where in its document the value is.
            location_of: turns the latter into a location.
        """
        tags = []
        for concept, value, path in found:
            if value is None:
                continue
            location = location_of(path)
            try:
                values = values_of(concept, value, location)
            except InputError as error:
                self.problems.keep(error)
                continue
            if values:
                tags.append(self.tag(layer, concept, values, location))
                if concept == CLASSES:
                    tags += self.classes(tags[-1])
        return tags

    def classes(self, tag: Tag, without: Iterable[str] = ()) -> list[Tag]:
        """A tag for each class of data that a classification names.

        Args:
            tag: the classification.
            without: concepts that the same mapping sets itself.
        """
        names = dict.fromkeys(contains(value) for value in tag.values)
        return [
            self.tag(tag.layer, name, ("true",), tag.location)
            for name in names
            if name not in without
        ]
