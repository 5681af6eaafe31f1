"""A YAML text as a tree of spans, with its comments: for moving parts of it around."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.errors import KeyPath

_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")


@dataclass(slots=True, eq=False)
class Entry:
    """A key of a mapping, or an item of a list, with its value.

    Attributes:
        path: from the top of the document.
        start: where the key begins; in a list, the value.
        key: the key as written; "" in a list.
        value_start, value_end: the value's span, anchor and tag included; of a block collection
            the end of its last scalar.
        kind: "mapping", "list" or "scalar"; an alias is a scalar.
        flow: it stands inside of brackets, or is a flow collection itself.
        inside_flow: it stands inside of brackets.
        parent: the entry it is below.
        comments: those that belong to it, in order.
    """

    path: KeyPath
    start: int
    key: str
    value_start: int
    value_end: int
    kind: str
    flow: bool
    inside_flow: bool
    parent: Entry | None
    comments: list[Comment] = field(default_factory=list)

    def holds(self, index: int) -> bool:
        """Whether a character is inside of the value."""
        return self.value_start < index < self.value_end


@dataclass(slots=True, eq=False)
class Comment:
    """A comment: where it begins, its text with the #, and whether it has its line to itself."""

    start: int
    text: str
    own_line: bool


class Tree:
    """The entries of a document by path, its comments, and where its lines begin and end."""

    def __init__(self, text: str) -> None:
        """Args: text: a YAML document whose top is a mapping."""
        import yaml

        self.text = text
        self.entries: dict[KeyPath, Entry] = {}
        self.comments: list[Comment] = []
        self._yaml = yaml
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        events = yaml.parse(text, Loader=loader)
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                self.flow = bool(event.flow_style)
                self._mapping(events, None, self.flow)
                break
        self._own_comments(list(yaml.scan(text, Loader=loader)))

    def line_start(self, index: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Where the line of a character ends, before its line break."""
        end = self.text.find("\n", index)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > index and self.text[end - 1] == "\r" else end

    def _mapping(self, events: Iterator[Any], parent: Entry | None, flow: bool) -> int:
        end = 0
        for event in events:
            if isinstance(event, self._yaml.MappingEndEvent):
                return _span(event)[1] if flow else end
            start, stop = _span(event)
            name = getattr(event, "value", "")
            path = (*(parent.path if parent else ()), name)
            key = (start, self.text[start:stop])
            end = self._entry(next(events), events, path, key, parent, flow)
        return end

    def _sequence(self, events: Iterator[Any], parent: Entry, flow: bool) -> int:
        end = parent.value_start
        for position, event in enumerate(events):
            if isinstance(event, self._yaml.SequenceEndEvent):
                return _span(event)[1] if flow else end
            path = (*parent.path, position)
            end = self._entry(event, events, path, None, parent, flow)
        return end

    def _entry(
        self,
        event: Any,
        events: Iterator[Any],
        path: KeyPath,
        key: tuple[int, str] | None,
        parent: Entry | None,
        inside_flow: bool,
    ) -> int:
        yaml = self._yaml
        start, stop = _span(event)
        at, name = key or (start, "")
        kind = {yaml.MappingStartEvent: "mapping", yaml.SequenceStartEvent: "list"}.get(
            type(event), "scalar"
        )
        flow = inside_flow or bool(getattr(event, "flow_style", False))
        entry = Entry(path, at, name, start, stop, kind, flow, inside_flow, parent)
        self.entries[path] = entry
        if kind == "mapping":
            entry.value_end = self._mapping(events, entry, flow)
        elif kind == "list":
            entry.value_end = self._sequence(events, entry, flow)
        elif start == stop:  # nothing is written: a null
            entry.value_start = entry.value_end = at + len(name) + 1 if key else start
        if self.text[entry.value_start : entry.value_start + 1] in ("|", ">"):
            entry.value_end -= len(self._raw(entry)) - len(self._raw(entry).rstrip(" \r\n"))
        return entry.value_end

    def _raw(self, entry: Entry) -> str:
        return self.text[entry.value_start : entry.value_end]

    def _own_comments(self, tokens: list[Any]) -> None:
        """Give each comment to an entry in block style: to the next one, or to that of its line."""
        owners = sorted(
            (e for e in self.entries.values() if not e.inside_flow and e.key), key=lambda e: e.start
        )
        starts = [entry.start for entry in owners]
        for start in self._comment_starts(tokens):
            text = self.text[start : self.line_end(start)]
            own_line = not self.text[self.line_start(start) : start].strip()
            index = bisect_right(starts, start)
            comment = Comment(start, text, own_line)
            self.comments.append(comment)
            if index and owners[index - 1].flow and owners[index - 1].holds(start):
                owners[index - 1].comments.append(comment)
            elif own_line and index < len(owners):
                owners[index].comments.append(comment)
            elif not own_line and index:
                owners[index - 1].comments.append(comment)

    def _comment_starts(self, tokens: list[Any]) -> Iterator[int]:
        end = 0
        for token in tokens:
            start, stop = _span(token)
            yield from (end + m.start() for m in _COMMENT.finditer(self.text[end:start]))
            end = max(end, stop)
        yield from (end + m.start() for m in _COMMENT.finditer(self.text[end:]))


def _span(thing: Any) -> tuple[int, int]:
    """Where an event or a token begins and ends, in characters."""
    return thing.start_mark.index, thing.end_mark.index
