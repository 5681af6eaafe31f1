"""JSON read item by item, so that an export of any size takes the memory of its largest item."""

from __future__ import annotations

import codecs
import json
from collections.abc import Generator, Iterator, Mapping
from typing import IO, Any, NamedTuple

# The keys of an object that are not read as one value: None for a list of which each item is one;
# keys of their own for an object, in a tuple for a list of such objects.
Parts = Mapping[str, Any]

_CHUNK = 1 << 20
# Terraform nests modules, and people nest few: every level is a call here.
_DEEPEST = 100
LISTED = "[]"
_BLANK = " \t\r\n"
_decode = json.JSONDecoder().raw_decode


class Item(NamedTuple):
    """One value of a file.

    Attributes:
        key: the keys of the list that it stands in, with dots; ``LISTED`` in a list without one,
            and empty for an object that stands alone. Of nested objects of one kind each counts as
            the outermost.
        value: the value.
        line: where it begins, 1-based.
    """

    key: str
    value: Any
    line: int


class NotJsonError(ValueError):
    """What is in a file is no JSON.

    Attributes:
        line: 1-based.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def items(stream: IO[bytes], parts: Parts) -> Iterator[Item]:
    """The items of a list, of lists in an object, or objects one after another.

    What else an object has is one item: the object, in which those lists are empty.

    Args:
        stream: of UTF-8, or of UTF-16 with its mark, which PowerShell writes.
        parts: which lists of an object are read item by item.

    Raises:
        NotJsonError: it is none, or ends early.
    """
    text = _Text(stream)
    if not text.peek():
        raise text.wrong("it is empty")
    while text.peek():
        if text.peek() == "[":
            yield from _array(text, LISTED)
        elif text.peek() == "{":
            line = text.line
            rest = yield from _object(text, parts, "", 0)
            yield Item("", rest, line)
        else:
            raise text.wrong("expected a list or an object")


def _array(text: _Text, key: str) -> Iterator[Item]:
    for line in text.each("[", "]"):
        yield Item(key, text.value(), line)


def _object(
    text: _Text, parts: Parts, above: str, depth: int
) -> Generator[Item, None, dict[str, Any]]:
    """Yields the items of its parts, and returns what else it has."""
    if depth > _DEEPEST:
        raise text.wrong("is nested too deeply")
    rest: dict[str, Any] = {}
    for _ in text.each("{", "}"):
        key = text.value()
        if not isinstance(key, str):
            raise text.wrong("expected a key")
        text.take(":")
        within, opens = parts.get(key, ""), text.peek()
        path = f"{above}.{key}" if above else key
        if within is None and opens == "[":
            yield from _array(text, path)
            rest[key] = []
        elif isinstance(within, tuple) and opens == "[":
            for _ in text.each("[", "]"):
                if text.peek() != "{":
                    raise text.wrong("expected an object")
                yield from _object(text, within[0], above, depth + 1)
            rest[key] = []
        elif isinstance(within, Mapping) and opens == "{":
            rest[key] = yield from _object(text, within, path, depth + 1)
        else:
            rest[key] = text.value()
    return rest


class _Text:
    """A stream as text, of which only what is not read yet is kept."""

    def __init__(self, stream: IO[bytes]) -> None:
        start = stream.read(4)
        wide = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        self._decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")()
        self._stream, self._at, self._ended, self.line = stream, 0, False, 1
        self._text = self._decoded(start)

    def wrong(self, message: str) -> NotJsonError:
        """What is told of the place that was reached."""
        return NotJsonError(message, self.line)

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self.line += self._text[self._at] == "\n"
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_CHUNK):
                return ""

    def take(self, character: str) -> None:
        """Go past a character.

        Raises:
            NotJsonError: another one stands there.
        """
        found = self.peek()
        if found != character:
            raise self.wrong(f'expected "{character}"' + ("" if found else "; the file ends early"))
        self._at += 1

    def each(self, opens: str, closes: str) -> Iterator[int]:
        """The line of each thing between two brackets, which the caller reads, and the commas."""
        self.take(opens)
        while self.peek() != closes:
            yield self.line
            if self.peek() != closes:
                self.take(",")
        self.take(closes)

    def value(self) -> Any:
        """The next value."""
        self.peek()
        size = _CHUNK
        while True:
            try:
                value, end = _decode(self._text, self._at)
            except RecursionError:
                raise self.wrong("is nested too deeply") from None
            except json.JSONDecodeError as error:
                if not self._more(size):
                    self.line += self._text.count("\n", self._at, error.pos)
                    raise self.wrong(error.msg[0].lower() + error.msg[1:]) from None
            else:
                if end < len(self._text) or not self._more(size):
                    self.line += self._text.count("\n", self._at, end)
                    self._at = end
                    return value
            size *= 2

    def _more(self, size: int) -> bool:
        """Read on, and forget what was read; whether there was more."""
        if self._ended:
            return False
        data = self._stream.read(size)
        self._ended = not data
        more = self._decoded(data)
        self._text = self._text[self._at :] + more
        self._at = 0
        return not self._ended

    def _decoded(self, data: bytes) -> str:
        try:
            return self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise self.wrong("it is neither UTF-8 nor UTF-16") from None
