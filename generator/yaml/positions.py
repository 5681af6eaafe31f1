"""Lines and columns of a YAML file's nodes, found when an error asks for them."""

from __future__ import annotations

from contextlib import suppress

from generator.errors import KeyPath
from generator.yaml.tree import Node, Tree


class Positions:
    """Lines and columns of one file's nodes, as libyaml counts them."""

    def __init__(self, text: str) -> None:
        """Args: text: the file; where it is not YAML, everything stands at its start."""
        import yaml

        self._root: Node | None = None
        with suppress(yaml.YAMLError, RecursionError):
            self._root = Tree(text).root

    def find(self, path: KeyPath, on_key: bool = False) -> tuple[int, int]:
        """The 1-based line and column of the value (or key) at ``path``.

        A value behind an alias or a merge key is where it is written, not where it is used.
        Where the file has no such node, the position is that of the nearest one above it:
        of its key, if it has one.
        """
        if self._root is None:
            return (1, 1)
        node = self._root
        for item in path:
            below = node.meant.step(item)
            if below is None:
                on_key = True
                break
            node = below
        return node.key.position if on_key and node.key is not None else node.meant.position
