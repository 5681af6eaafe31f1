"""JSON read item by item, so that an export of any size takes the memory of its largest item."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

_CHUNK = 1 << 20
LISTED = "[]"
_BLANK = " \t\r\n"
_decode = json.JSONDecoder().raw_decode


class Item(NamedTuple):
    """One value of a file.

    Attributes:
        key: the key of the list that it stands in; ``LISTED`` in a list without one, and empty
            for an object that stands alone.
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


def items(stream: IO[bytes], lists: frozenset[str]) -> Iterator[Item]:
    """The items of a list, of lists below some keys of an object, or objects one after another.

    What else an object has is one item: the object without those lists.

    Args:
        stream: of UTF-8, or of UTF-16 with its mark, which PowerShell writes.
        lists: the keys below which lists are read item by item.

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
            yield from _object(text, lists)
        else:
            raise text.wrong("expected a list or an object")


def _array(text: _Text, key: str) -> Iterator[Item]:
    text.take("[")
    while text.peek() != "]":
        line = text.line
        yield Item(key, text.value(), line)
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _object(text: _Text, lists: frozenset[str]) -> Iterator[Item]:
    line = text.line
    text.take("{")
    rest: dict[str, Any] = {}
    while text.peek() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.wrong("expected a key")
        text.take(":")
        if key in lists and text.peek() == "[":
            yield from _array(text, key)
            rest[key] = []
        else:
            rest[key] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    yield Item("", rest, line)


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
