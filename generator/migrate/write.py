"""The canonical form of a mapping as text, with the texts and comments of what it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.errors import KeyPath
from generator.yaml.load import PlainScalar
from generator.yaml.tree import Comment, Entry, Tree
from generator.yaml.yaml_text import flow, scalar

_STEP = 2


class Writer:
    """Writes parts of a canonical document in block style.

    A value that is what the file had is copied as it is written, moved to its new indentation.
    The comments of an entry stand before it, or behind it on its line; those of a section that
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
        self._told: set[Comment] = set()

    def top(self, key: str, value: Any) -> str:
        """A top-level key, without the comments above it; no line feed at the end."""
        entry = self._tree.entries.get((key,))
        if entry is not None:
            self._told.update(c for c in entry.comments if c.own_line)
        lines = list(self._entry((key,), value, 0))
        if entry is not None:
            below = [c for e in self._below((key,)) for c in e.comments if c not in self._told]
            lines += [f"{' ' * _STEP}{comment.text}" for comment in below]
        return "\n".join(lines)

    def _below(self, path: KeyPath) -> list[Entry]:
        entries = self._tree.entries.items()
        return [entry for at, entry in entries if at[: len(path)] == path]

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
        entry = self._entry_of(path)
        found = [] if entry is None else [entry.start]
        if isinstance(value, dict) and not self._is_copy(path, value):
            starts = [self._first((*path, key), item) for key, item in value.items()]
            below = [start for start in starts if start is not None]
            found = below or found
        return min(found, default=None)

    def _entry_of(self, path: KeyPath) -> Entry | None:
        return self._tree.entries.get(self._origin(path))

    def _is_copy(self, path: KeyPath, value: Any) -> bool:
        found, there = value_at(self._written, self._origin(path))
        return there and same(found, value)

    def _entry(self, path: KeyPath, value: Any, indent: int) -> Iterator[str]:
        margin, key = " " * indent, scalar(str(path[-1]))
        entry = self._entry_of(path)
        behind = ""
        copy = entry is not None and self._is_copy(path, value)
        if entry is not None and copy:
            self._told.update(c for c in entry.comments if entry.holds(c.start))
        if entry is not None:
            yield from (f"{margin}{text}" for text in self._above(entry, path))
            if entry.path[-1] == path[-1] and entry.key:
                key = entry.key
            behind = self._behind(entry, path)
        if entry is not None and copy:
            yield from self._copy(entry, key, indent, behind)
        elif isinstance(value, dict) and value:
            yield f"{margin}{key}:{behind}"
            yield from self._mapping(path, value, indent + _STEP)
        else:
            yield f"{margin}{key}: {_value(value)}{behind}"

    def _above(self, entry: Entry, path: KeyPath) -> Iterator[str]:
        """The comments before an entry: those of sections that are no more come first."""
        chain = [entry]
        while chain[0].parent is not None:
            chain.insert(0, chain[0].parent)
        for one in chain:
            if self._stays(one, path):
                continue
            for comment in one.comments:
                if comment not in self._told and (comment.own_line or one is not entry):
                    self._told.add(comment)
                    yield comment.text

    def _behind(self, entry: Entry, path: KeyPath) -> str:
        """The comments on the line of an entry, with the space before them."""
        if self._stays(entry, path):
            return ""
        tree, found = self._tree, ""
        end = len(tree.text)
        if entry.kind != "scalar" and not entry.flow:
            end = tree.line_end(entry.start)
        for comment in entry.comments:
            if not comment.own_line and comment not in self._told and comment.start < end:
                self._told.add(comment)
                before = tree.text[: comment.start]
                found += before[len(before.rstrip(" \t")) :] + comment.text
        return found

    def _stays(self, entry: Entry, path: KeyPath) -> bool:
        """Whether an entry is written elsewhere, under its own path, with its comments."""
        return entry.path != path and value_at(self._canonical, entry.path)[1]

    def _copy(self, entry: Entry, key: str, indent: int, behind: str) -> Iterator[str]:
        """A value as it is written, its lines moved sideways."""
        tree, margin = self._tree, " " * indent
        text = tree.text
        first = text[entry.value_start : entry.value_start + 1]
        if entry.kind != "scalar" and not entry.flow:
            yield f"{margin}{key}:{self._anchor(entry)}{behind}"
            start = tree.line_end(entry.start)
            end = tree.line_end(entry.value_end)
            body = text[start:end]
            self._told.update(c for c in tree.comments if start < c.start < end)
        else:
            raw = text[entry.value_start : entry.value_end]
            head, mark, rest = raw.partition("\n")
            head = head.rstrip("\r")
            shown = f" {head}" if head else ""
            yield f"{margin}{key}:{shown}{'' if mark else behind}"
            body = mark + rest
            if mark and behind and first not in ("|", ">"):
                body += behind
        own = len(text[tree.line_start(entry.start) : entry.start])
        for line in body.replace("\r\n", "\n").split("\n")[1:]:
            yield _moved(line, indent - own)

    def _anchor(self, entry: Entry) -> str:
        """An anchor or tag before a block collection, which its first entry follows."""
        line = self._tree.text[entry.value_start : self._tree.line_end(entry.value_start)]
        on_key_line = self._tree.line_start(entry.value_start) == self._tree.line_start(entry.start)
        return f" {line.split(' #')[0].strip()}" if on_key_line else ""


def value_at(document: Any, path: KeyPath) -> tuple[Any, bool]:
    """What stands at a path, and whether anything does."""
    for key in path:
        if isinstance(document, dict):
            there = key in document
        else:
            there = isinstance(document, list) and isinstance(key, int) and key < len(document)
        if not there:
            return None, False
        document = document[key]
    return document, True


def same(one: Any, other: Any) -> bool:
    """Whether two documents say the same, and both in quotes or both without."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other and isinstance(one, PlainScalar) == isinstance(other, PlainScalar)


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
        return "{" + ", ".join(f"{scalar(k)}: {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return flow(value)
