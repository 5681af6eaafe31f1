"""The canonical form of a mapping as text, with the texts and comments of what it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from generator.errors import KeyPath
from generator.yaml.comments import Comment, comments
from generator.yaml.data import same, value_at
from generator.yaml.scalars import PlainScalar
from generator.yaml.tree import Node, Tree
from generator.yaml.write import flow, key_of

_STEP = 2


class Writer:
    """Writes parts of a canonical document in block style.

    A value that is what the file had is copied as it is written, moved to its new indentation.
    The comments of a node stand before it, or behind it on its line; those of a section that
    is no more stand before the first of its keys.
    """

    def __init__(
        self,
        tree: Tree,
        written: dict[str, Any],
        canonical: dict[str, Any],
        origin: Callable[[KeyPath], KeyPath],
    ) -> None:
        """Note what there is.

        Args:
            tree: the file.
            written: the same as plain data.
            canonical: what to write.
            origin: canonical path to the path as written.
        """
        self._tree = tree
        self._written = written
        self._canonical = canonical
        self._origin = origin
        self._all_comments = comments(tree)
        self._comments: defaultdict[Node | None, list[Comment]] = defaultdict(list)
        for comment in self._all_comments:
            self._comments[comment.owner].append(comment)
        self._placed: set[Comment] = set()

    def top(self, key: str, value: Any) -> str:
        """A top-level key, without the comments above it; no line feed at the end."""
        node = self._tree.nodes.get((key,))
        if node is not None:
            self._placed.update(c for c in self._comments[node] if c.own_line)
        lines = list(self._entry((key,), value, 0))
        if node is not None:
            below = [
                c for e in self._below((key,)) for c in self._comments[e] if c not in self._placed
            ]
            lines += [f"{' ' * _STEP}{comment.text}" for comment in below]
        return "\n".join(lines)

    def _below(self, path: KeyPath) -> list[Node]:
        return [node for at, node in self._tree.nodes.items() if at[: len(path)] == path]

    def _mapping(self, path: KeyPath, value: dict[str, Any], indent: int) -> Iterator[str]:
        keys = sorted(enumerate(value), key=lambda item: self._order(path, value, item))
        for _, key in keys:
            yield from self._entry((*path, key), value[key], indent)

    def _order(
        self, path: KeyPath, value: dict[str, Any], item: tuple[int, str]
    ) -> tuple[int, int]:
        """Keys as their values stood in the file; a key that is new follows the one before it."""
        number, _ = item
        keys = list(value)
        for back in range(number, -1, -1):
            first = self._first((*path, keys[back]), value[keys[back]])
            if first is not None:
                return first, number
        return -1, number

    def _first(self, path: KeyPath, value: Any) -> int | None:
        """Where the first part of a value stood; None for what came from nowhere."""
        node = self._node_of(path)
        found = [] if node is None else [node.start]
        if isinstance(value, dict) and not self._is_copy(path, value):
            starts = [self._first((*path, key), item) for key, item in value.items()]
            below = [start for start in starts if start is not None]
            found = below or found
        return min(found, default=None)

    def _node_of(self, path: KeyPath) -> Node | None:
        return self._tree.nodes.get(self._origin(path))

    def _is_copy(self, path: KeyPath, value: Any) -> bool:
        found, there = value_at(self._written, self._origin(path))
        return there and same(found, value)

    def _entry(self, path: KeyPath, value: Any, indent: int) -> Iterator[str]:
        margin = " " * indent
        key = key_of(str(path[-1]), f"\n{margin}")
        node = self._node_of(path)
        behind = ""
        copy = node is not None and self._is_copy(path, value)
        if node is not None and copy:
            self._placed.update(c for c in self._comments[node] if node.holds(c.start))
        if node is not None:
            yield from (f"{margin}{text}" for text in self._above(node, path))
            if node.path[-1] == path[-1] and node.key is not None:
                key = self._tree.text[node.key.value_start : node.key.value_end]
            behind = self._behind(node, path)
        if node is not None and copy:
            yield from self._copy(node, key, indent, behind)
        elif isinstance(value, dict) and value:
            yield f"{margin}{key}:{behind}"
            yield from self._mapping(path, value, indent + _STEP)
        else:
            yield f"{margin}{key}: {_value(value)}{behind}"

    def _above(self, node: Node, path: KeyPath) -> Iterator[str]:
        """The comments before a node: those of sections that are no more come first."""
        chain = [node]
        while chain[0].parent is not None:
            chain.insert(0, chain[0].parent)
        for one in chain:
            if self._stays(one, path):
                continue
            for comment in self._comments[one]:
                if comment not in self._placed and (comment.own_line or one is not node):
                    self._placed.add(comment)
                    yield comment.text

    def _behind(self, node: Node, path: KeyPath) -> str:
        """The comments on the line of a node, with the space before them."""
        if self._stays(node, path):
            return ""
        tree, found = self._tree, ""
        end = len(tree.text)
        if node.is_block:
            end = tree.line_end(node.start)
        for comment in self._comments[node]:
            if not comment.own_line and comment not in self._placed and comment.start < end:
                self._placed.add(comment)
                before = tree.text[: comment.start]
                found += before[len(before.rstrip(" \t")) :] + comment.text
        return found

    def _stays(self, node: Node, path: KeyPath) -> bool:
        """Whether a node is written elsewhere, under its own path, with its comments."""
        return node.path != path and value_at(self._canonical, node.path)[1]

    def _copy(self, node: Node, key: str, indent: int, behind: str) -> Iterator[str]:
        """A value as it is written, its lines moved sideways."""
        tree, margin = self._tree, " " * indent
        text = tree.text
        first = text[node.value_start : node.value_start + 1]
        if node.is_block:
            yield f"{margin}{key}:{self._anchor(node)}{behind}"
            start = tree.line_end(node.start)
            end = tree.line_end(node.value_end)
            body = text[start:end]
            self._placed.update(c for c in self._all_comments if start < c.start < end)
        else:
            raw = text[node.value_start : node.value_end]
            head, mark, rest = raw.partition("\n")
            head = head.rstrip("\r")
            shown = f" {head}" if head else ""
            yield f"{margin}{key}:{shown}{'' if mark else behind}"
            body = mark + rest
            if mark and behind and first not in ("|", ">"):
                body += behind
        own = len(text[tree.line_start(node.start) : node.start])
        for line in body.replace("\r\n", "\n").split("\n")[1:]:
            yield _moved(line, indent - own)

    def _anchor(self, node: Node) -> str:
        """An anchor or tag before a block collection, which its first entry follows."""
        line = self._tree.text[node.value_start : self._tree.line_end(node.value_start)]
        on_key_line = self._tree.line_start(node.value_start) == self._tree.line_start(node.start)
        return f" {line.split(' #')[0].strip()}" if on_key_line else ""


def _moved(line: str, columns: int) -> str:
    if not line.strip():
        return ""
    if columns >= 0:
        return " " * columns + line
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(-columns, spaces) :]


def _value(value: Any) -> str:
    if isinstance(value, PlainScalar):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_of(k)}: {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return flow(value)
