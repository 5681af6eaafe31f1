"""The arguments and blocks of a body: of a file, or of a block in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.terraform_text.scan import NAME, UnreadableError, end_of_block, end_of_expression

_BETWEEN = re.compile(r"(?:[\s;]+|\#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_WITHIN_LINE = re.compile(r"(?:[ \t\r]+|/\*.*?\*/)*", re.DOTALL)
_HEADER = re.compile(rf'(?P<name>{NAME})|"(?P<label>(?:[^"\\\n]|\\[^\n])*)"|(?P<mark>[{{=])')
_BYTE_ORDER_MARK = "\ufeff"


class Argument(NamedTuple):
    """``name = expression``.

    Attributes:
        text: the expression as written, without comments.
        line: of the name, from 1.
    """

    text: str
    line: int


class Block(NamedTuple):
    """``type "label" { … }``.

    Attributes:
        type: ``variable``, ``backend``, ...
        labels: as written between the quotes.
        text: what stands between the braces; ``body_of(text, inner_line)`` reads it.
        line: of the type, from 1.
        inner_line: of the opening brace.
    """

    type: str
    labels: tuple[str, ...]
    text: str
    line: int
    inner_line: int

    def body(self) -> Body:
        """What the block holds.

        Raises:
            UnreadableError: it is not HCL; the position is one of ``text``.
        """
        return body_of(self.text, self.inner_line)


class Body(NamedTuple):
    """The arguments by name, the last of a name counts, and the blocks in order."""

    arguments: dict[str, Argument]
    blocks: tuple[Block, ...]

    def of(self, kind: str) -> Iterator[Block]:
        """The blocks of one type."""
        return (block for block in self.blocks if block.type == kind)


def text_of(data: bytes) -> str:
    """A file's text, without byte order mark.

    Raises:
        UnreadableError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise UnreadableError(error.start) from None


def body_of(text: str, line: int = 1) -> Body:
    """Split a text into arguments and blocks; what blocks hold is skipped.

    Args:
        text: a file's, or what stands between the braces of a block.
        line: the number of its first line.

    Raises:
        UnreadableError: it is not HCL.
    """
    arguments: dict[str, Argument] = {}
    blocks: list[Block] = []
    counted = at = 0
    while (at := _after(_BETWEEN, text, at)) < len(text):
        line += text.count("\n", counted, at)
        counted = at
        words, mark, after = _header(text, at)
        if mark == "=":
            at, expression = end_of_expression(text, after)
            arguments[words[0]] = Argument(expression, line)
        else:
            inner_line = line + text.count("\n", counted, after)
            end = end_of_block(text, after)
            blocks.append(Block(words[0], tuple(words[1:]), text[after:end], line, inner_line))
            at = end + 1
    return Body(arguments, tuple(blocks))


def _header(text: str, at: int) -> tuple[list[str], str, int]:
    """The words before ``=`` or ``{``, that mark, and where it ends."""
    words: list[str] = []
    while (match := _HEADER.match(text, _after(_WITHIN_LINE, text, at))) is not None:
        at = match.end()
        if match["mark"]:
            if not words or (match["mark"] == "=" and len(words) > 1):
                break
            return words, match["mark"], at
        if not words and match["name"] is None:
            break
        words.append(match["label"] if match["name"] is None else match["name"])
    raise UnreadableError(at)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where something that matches always, with nothing too, ends."""
    match = pattern.match(text, at)
    return at if match is None else match.end()
