"""Lines and columns of a YAML file's nodes, found when an error asks for them."""

from __future__ import annotations

from typing import Any

from generator.errors import KeyPath

_MAX_DEPTH = 64
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_Mark = tuple[int, int]


def composed(text: str) -> str:
    """Text in composed Unicode (NFC), as Terraform has every string.

    Two keys that look alike are one, and what the cloud counts and compares is what we do ("HCL
    Syntax-Agnostic Information Model", "Primitive Types").
    """
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


class _Node:
    """A node's start, and the nodes below it.

    Attributes:
        start: 1-based line and column.
        below: key or position, to the start of the key (None in a list) and the node.
        merges: the mappings that ``<<`` names, strongest first.
    """

    __slots__ = ("below", "merges", "start")

    def __init__(self, start: _Mark) -> None:
        self.start = start
        self.below: dict[str | int, tuple[_Mark | None, _Node]] = {}
        self.merges: list[_Node] = []

    def step(self, item: str | int) -> tuple[_Mark | None, _Node] | None:
        found = self.below.get(item)
        for source in self.merges:
            if found is not None:
                break
            found = source.step(item)
        return found


class Positions:
    """Lines and columns of one file's nodes, as libyaml counts them."""

    def __init__(self, text: str) -> None:
        """Args: text: the file; where it is not YAML, everything stands at its start."""
        import yaml

        try:
            self._root: _Node | None = _Reader(text).document()
        except (yaml.YAMLError, _TooDeepError):
            self._root = None

    def find(self, path: KeyPath, on_key: bool = False) -> tuple[int, int]:
        """The 1-based line and column of the value (or key) at ``path``.

        A value behind an alias or a merge key is where it is written, not where it is used.
        Where the file has no such node, the position is that of the nearest one above it:
        of its key, if it has one.
        """
        if self._root is None:
            return (1, 1)
        node, key = self._root, None
        for item in path:
            below = node.step(item)
            if below is None:
                on_key = True
                break
            key, node = below
        return key if on_key and key is not None else node.start

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself has a node at ``path``."""
        node = self._root
        for item in path if node is not None else ():
            below = node.step(item) if node is not None else None
            if below is None:
                return False
            node = below[1]
        return node is not None


class _TooDeepError(Exception):
    """A file that is nested deeper than any job file may be."""


class _Reader:
    """Builds the nodes from libyaml's events, with the rules of ``job_file.load``."""

    def __init__(self, text: str) -> None:
        import yaml

        self._next = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
        self._anchors: dict[str | None, _Node] = {}
        self._yaml = yaml

    def document(self) -> _Node | None:
        self._next()
        if type(self._next()) is self._yaml.StreamEndEvent:
            return None
        return self._node(self._next(), 0)

    def _node(self, event: Any, depth: int) -> _Node:
        node = _Node(_start(event))
        if type(event) is self._yaml.AliasEvent:
            return self._anchors.get(event.anchor, node)
        if depth > _MAX_DEPTH:
            raise _TooDeepError
        if type(event) is self._yaml.MappingStartEvent:
            self._mapping(node, depth)
        elif type(event) is self._yaml.SequenceStartEvent:
            index = 0
            while type(item := self._next()) is not self._yaml.SequenceEndEvent:
                node.below[index] = (None, self._node(item, depth + 1))
                index += 1
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _mapping(self, node: _Node, depth: int) -> None:
        while type(event := self._next()) is not self._yaml.MappingEndEvent:
            key_node = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if type(event) is not self._yaml.ScalarEvent:
                continue
            plain = event.tag is None and event.implicit[0]
            if plain and event.value == "<<":
                node.merges += (
                    [below[1] for below in value.below.values()] if _is_list(value) else [value]
                )
                continue
            key = "null" if plain and event.value in _NULLS else composed(event.value)
            node.below.setdefault(key, (key_node.start, value))


def _is_list(node: _Node) -> bool:
    return 0 in node.below


def _start(event: Any) -> _Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
