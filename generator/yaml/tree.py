"""A YAML text as a tree of spans: where each key and each value stands, as it is written.

Read from libyaml's events, since a node of PyYAML does not say where a block really ends. Errors
point into it, ``resolve`` and ``migrate`` cut and move what it spans.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.text.characters import composed
from generator.yaml.scalars import MERGE, NULLS
from generator.yaml.source import MAX_DEPTH


class Node:
    """A value, or a key, with the nodes below it.

    Attributes:
        path: from the top of the document; for a key, that of its value.
        kind: "mapping", "list", "scalar" (an alias, too) or "key".
        value_start, value_end: the span in characters, anchor and tag included; of a block
            collection to the end of its last scalar.
        flow: it stands inside of brackets, or is a flow collection itself.
        key: the key that it is the value of; None in a list.
        parent: the collection it is in.
        text: what a scalar reads as; "" for others.
        style: of a scalar: "" (plain), "'", '"', "|" or ">".
        below: key or position to node. Of a key that stands twice the first one counts.
        merges: the mappings that ``<<`` names, strongest first.
        target: what an alias stands for, if this is one.
    """

    __slots__ = (
        *("path", "kind", "value_start", "value_end", "flow", "key", "parent"),
        *("text", "style", "below", "merges", "target", "_mark"),
    )

    def __init__(
        self,
        event: Any,
        path: KeyPath,
        kind: str,
        flow: bool,
        key: Node | None,
        parent: Node | None,
    ) -> None:
        """Args: event: where libyaml sees the value begin; the others are attributes."""
        self.path, self.kind, self.flow, self.key, self.parent = path, kind, flow, key, parent
        self._mark = event.start_mark
        self.value_start: int = self._mark.index
        self.value_end: int = event.end_mark.index
        self.text = self.style = ""
        self.below: dict[str | int, Node] = {}
        self.merges: tuple[Node, ...] = ()
        self.target: Node | None = None

    @property
    def position(self) -> tuple[int, int]:
        """Line and column of the value, from 1, as libyaml counts them."""
        return self._mark.line + 1, self._mark.column + 1

    @property
    def start(self) -> int:
        """Where its key begins; in a list, where the value does."""
        return self.value_start if self.key is None else self.key.value_start

    @property
    def inside_flow(self) -> bool:
        """Whether it stands inside of brackets."""
        return self.parent is not None and self.parent.flow

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or a list with a line for each entry."""
        return self.kind != "scalar" and not self.flow

    @property
    def meant(self) -> Node:
        """The node itself, or what it is an alias of."""
        return self.target or self

    def step(self, item: str | int) -> Node | None:
        """The node below a key or at a position, also where merge keys bring it in."""
        found = self.below.get(item)
        for source in self.merges:
            if found is not None:
                break
            found = source.step(item)
        return found

    def holds(self, index: int) -> bool:
        """Whether a character is inside of the value."""
        return self.value_start < index < self.value_end


class Scalar(NamedTuple):
    """A scalar as it is written, without its anchor and tag.

    Attributes:
        node: the key or value.
        start, end: its span in characters, quotes included; a block scalar's span begins at its
            ``|`` or ``>`` and ends after its last line.
    """

    node: Node
    start: int
    end: int


class Tree:
    """The nodes of the one document of a text.

    Attributes:
        text: the text.
        root: its top; None where there is no document.
        nodes: all values but the root, by path.
    """

    def __init__(self, text: str) -> None:
        """Read a text.

        Raises:
            yaml.YAMLError: it is not YAML.
            RecursionError: nested more than ``MAX_DEPTH`` levels deep.
        """
        import yaml

        self.text = text
        self.nodes: dict[KeyPath, Node] = {}
        self._scalars: list[Node] = []
        self._mapping_start, self._list_start = yaml.MappingStartEvent, yaml.SequenceStartEvent
        self._mapping_end: Any = yaml.MappingEndEvent
        self._list_end: Any = yaml.SequenceEndEvent
        self._scalar_event, self._alias = yaml.ScalarEvent, yaml.AliasEvent
        self._anchors: dict[str | None, Node] = {}
        self._loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._next: Callable[[], Any] = self._loader(text).get_event
        self._next()
        empty = type(self._next()) is yaml.StreamEndEvent
        self.root = None if empty else self._value(self._next(), (), None, None)

    @cached_property
    def tokens(self) -> list[Any]:
        """The tokens of the text: scalars without anchor and tag, between them the comments."""
        from yaml import scan

        return list(scan(self.text, Loader=self._loader))

    def scalars(self) -> list[Scalar]:
        """Every key and every scalar value that is written out, in the order of the text."""
        from yaml import ScalarToken

        tokens = [token for token in self.tokens if type(token) is ScalarToken]
        # Where nothing is written there is an empty scalar, but no token.
        nodes = [node for node in self._scalars if node.text or node.style]
        return [
            Scalar(node, token.start_mark.index, token.end_mark.index)
            for node, token in zip(nodes, tokens, strict=True)
        ]

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of a character ends, before its line break."""
        end = self.text.find("\n", index)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def _value(self, event: Any, path: KeyPath, key: Node | None, parent: Node | None) -> Node:
        kind = type(event)
        flow = parent is not None and parent.flow
        if kind in (self._mapping_start, self._list_start):
            if len(path) >= MAX_DEPTH:
                raise RecursionError(f"nested more than {MAX_DEPTH} levels deep")
            name = "list" if kind is self._list_start else "mapping"
            node = Node(event, path, name, flow or event.flow_style, key, parent)
        else:
            node = Node(event, path, "scalar", flow, key, parent)
        if path:
            self.nodes[path] = node
        if kind is self._mapping_start:
            self._mapping(node)
        elif kind is self._list_start:
            self._list(node)
        elif kind is self._alias:
            node.target = self._anchors.get(event.anchor)
            return node
        else:
            self._scalar(event, node)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _scalar(self, event: Any, node: Node) -> None:
        self._note(event, node)
        if node.key is not None and node.value_start == node.value_end:  # nothing is written
            node.value_start = node.value_end = node.key.value_end + 1
        raw = self.text[node.value_start : node.value_end]
        if raw.startswith(("|", ">")):
            node.value_end = node.value_start + len(raw.rstrip(" \r\n"))

    def _note(self, event: Any, node: Node) -> None:
        node.text, node.style = event.value, event.style or ""
        self._scalars.append(node)

    def _list(self, node: Node) -> None:
        end, index = node.value_start, 0
        while type(event := self._next()) is not self._list_end:
            item = self._value(event, (*node.path, index), None, node)
            node.below[index] = item
            end, index = item.value_end, index + 1
        node.value_end = event.end_mark.index if node.flow else end

    def _mapping(self, node: Node) -> None:
        end = node.value_start
        while type(event := self._next()) is not self._mapping_end:
            key, is_merge = self._key(event, node)
            value = self._value(self._next(), key.path, key, node)
            end = value.value_end
            if is_merge:
                source = value.meant
                sources = source.below.values() if source.kind == "list" else (source,)
                node.merges += tuple(one.meant for one in sources)
            elif type(event) is self._scalar_event:
                node.below.setdefault(key.path[-1], value)
        node.value_end = event.end_mark.index if node.flow else end

    def _key(self, event: Any, node: Node) -> tuple[Node, bool]:
        """A key, and whether it is ``<<``; a key that is no scalar leads nowhere."""
        if type(event) is not self._scalar_event:
            odd = self._value(event, (*node.path, ""), None, node)
            return odd, False
        plain = event.tag is None and event.implicit[0]
        name = "null" if plain and event.value in NULLS else composed(event.value)
        key = Node(event, (*node.path, name), "key", node.flow, None, node)
        self._note(event, key)
        if event.anchor is not None:
            self._anchors[event.anchor] = key
        return key, plain and event.value == MERGE
