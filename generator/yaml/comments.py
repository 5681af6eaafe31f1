"""The comments of a YAML text, each with the node that it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.yaml.tree import Node, Tree

_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")


@dataclass(frozen=True, slots=True, eq=False)
class Comment:
    """A comment.

    Attributes:
        start: where its # is, in characters.
        text: with the #.
        own_line: it has its line to itself.
        owner: the flow collection that it is inside of; else the key of a block that follows, or
            that it shares a line with. None at the end of a file.
    """

    start: int
    text: str
    own_line: bool
    owner: Node | None


def comments(tree: Tree) -> list[Comment]:
    """All comments, in the order of the text."""
    owners = sorted((n for n in tree.nodes.values() if n.key and not n.inside_flow), key=_start)
    starts = [node.start for node in owners]
    found = []
    for start in _starts(tree):
        own_line = not tree.text[tree.line_start(start) : start].strip()
        index = bisect_right(starts, start)
        before = owners[index - 1] if index else None
        after = owners[index] if index < len(owners) else None
        within = before is not None and before.flow and before.holds(start)
        owner = after if own_line and not within else before
        found.append(Comment(start, tree.text[start : tree.line_end(start)], own_line, owner))
    return found


def _start(node: Node) -> int:
    return node.start


def _starts(tree: Tree) -> Iterator[int]:
    end = 0
    for token in tree.tokens:
        gap = tree.text[end : token.start_mark.index]
        yield from (end + match.start() for match in _COMMENT.finditer(gap))
        end = max(end, token.end_mark.index)
    yield from (end + match.start() for match in _COMMENT.finditer(tree.text[end:]))
