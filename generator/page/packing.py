"""Plain data as numbered nodes, of which equal ones are written once.

Of ten thousand roots, most facts and tags are those of others, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

LIST = 0


class Packer:
    """Collects nodes.

    A scalar is a node as it is. A list is ``[0, NODE, ...]`` and an object ``[SHAPE, NODE, ...]``,
    with the numbers of the nodes of its values in the order of the keys of ``shapes[SHAPE - 1]``.
    A node stands after those that it names.
    """

    def __init__(self) -> None:
        self.shapes: dict[tuple[str, ...], int] = {}
        self.nodes: dict[Any, int] = {}

    def add(self, value: Any) -> int:
        """The number of the node of some plain data.

        Raises:
            TypeError: JSON has no such value.
        """
        if isinstance(value, Mapping):
            return self._compound(self._shape(tuple(value)), value.values())
        if isinstance(value, list | tuple):
            return self._compound(LIST, value)
        if value is not None and not isinstance(value, str | int | float):
            raise TypeError(f"{type(value).__name__} has no place in JSON")
        # 1, 1.0 and true are equal as keys.
        return self._number((type(value), value))

    def list_of(self, values: Iterable[Any]) -> int:
        """The number of a list whose values need not be there at once."""
        return self._compound(LIST, values)

    def packed(self) -> dict[str, list[Any]]:
        """All shapes and nodes so far."""
        nodes = [[*key] if isinstance(key[0], int) else key[1] for key in self.nodes]
        return {"shapes": [[*keys] for keys in self.shapes], "nodes": nodes}

    def _compound(self, shape: int, values: Iterable[Any]) -> int:
        return self._number((shape, *(self.add(value) for value in values)))

    def _shape(self, keys: tuple[str, ...]) -> int:
        return self.shapes.setdefault(keys, len(self.shapes) + 1)

    def _number(self, key: Any) -> int:
        return self.nodes.setdefault(key, len(self.nodes))
