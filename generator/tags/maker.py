"""From what a layer says to tags with the key and the value that they have on the cloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from generator.concepts.styles import contains
from generator.concepts.table import CLASSES
from generator.errors import InputError, Location, Problem
from generator.tags.clouds import Fitted, fit_value
from generator.tags.own_keys import Look, OwnKeys
from generator.tags.tag_set import Tag
from generator.tags.values import Values, values_of

Path = tuple[str | int, ...]
Found = tuple[str, Any, Path]


class _Keys(dict[str, Fitted]):
    """Concept to its key, for one cloud and style; worked out once a run."""

    __slots__ = ("look",)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look

    def __missing__(self, concept: str) -> Fitted:
        self[concept] = fitted = self.look.key(concept)
        return fitted


_keys = cache(_Keys)


class Maker:
    """Makes the tags of one root.

    Attributes:
        look: how keys and values are written.
        own: the organisation's own keys, which are read back.
        problems: what was found wrong.
        doubtful: tags whose key or value was changed, or does not fit.
    """

    __slots__ = ("_keys", "cloud", "doubtful", "look", "own", "problems", "shorten")

    def __init__(self, look: Look, own: OwnKeys) -> None:
        self.look, self.own = look, own
        self.cloud, self.shorten = look.cloud, look.shorten
        self.problems: list[Problem] = []
        self.doubtful: set[Tag] = set()
        self._keys = _keys(self.look)

    def concept(self, key: str) -> str:
        """The concept that a key spells; for a key of the user's own the key itself."""
        return self.own.concept(key, self.look.namespace)

    def tag(self, layer: str, concept: str, values: Values, location: Location | None) -> Tag:
        """A tag; one without values takes its key away from the weaker layers."""
        key = self._keys[concept]
        value = fit_value(self.cloud, values, self.shorten)
        tag = Tag(concept, values, layer, location, key[0], value[0])
        if key[1] or key[2] or value[1] or value[2]:
            self.doubtful.add(tag)
        return tag

    def tags(
        self, layer: str, found: Iterable[Found], location_of: Callable[[Path], Location]
    ) -> list[Tag]:
        """The tags of a layer; what is None or empty makes none.

        Args:
            layer: its name.
            found: concept, value, and where in its document the value is.
            location_of: turns the latter into a place.
        """
        tags = []
        for concept, value, path in found:
            if value is None:
                continue
            location = location_of(path)
            try:
                values = values_of(concept, value, location)
            except InputError as error:
                self.problems.extend(error.problems)
                continue
            if values:
                tags.append(self.tag(layer, concept, values, location))
                if concept == CLASSES:
                    tags += self.classes(tags[-1], ())
        return tags

    def classes(self, tag: Tag, said: Iterable[str]) -> list[Tag]:
        """A tag for each class of data that a classification names.

        Args:
            tag: the classification.
            said: concepts that the same mapping sets itself.
        """
        names = dict.fromkeys(contains(value) for value in tag.values)
        return [
            self.tag(tag.layer, name, ("true",), tag.location) for name in names if name not in said
        ]
