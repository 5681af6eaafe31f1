"""The value of an expression, as far as it follows from literals, locals and variables.

Source: HCL Native Syntax Specification, "Expressions" and "Templates"; and the documentation of
Terraform's functions for the few that are calculated here. A variable without a value is kept as
its name between marks that no text holds, ``WAITS``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

from generator.adopt.functions import FUNCTIONS, as_text
from generator.adopt.waiting import WAITS
from generator.terraform_text.scan import NAME

_SPACE = re.compile(r"(?:\s|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_WORD = re.compile(NAME)
_ATTRIBUTE = re.compile(rf"\.({NAME})")
_STEP = re.compile(rf"\.({NAME}|[0-9]+)")
_HEREDOC = re.compile(rf"<<(-?)({NAME})\r?\n(.*?)^[ \t]*\2[ \t\r]*(?=\n|\Z|[,)\]}}])", re.S | re.M)
_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_CONSTANTS = {"true": True, "false": False, "null": None}
_MOST_DEPTH = 50


class UnknownError(ValueError):
    """The expression has a value only when Terraform runs."""


class Scope:
    """What names mean."""

    def __init__(self, variables: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        """What is known.

        Args:
            variables: name to value; a variable that is declared and not among them waits.
            texts: local value to its expression.
        """
        self._variables, self._texts = variables, texts
        self._found: dict[str, Any] = {}
        self._open: list[str] = []

    def value(self, text: str) -> Any:
        """The value of an expression.

        Raises:
            UnknownError: it refers to what is not known, or calculates.
        """
        reader = _Reader(self, text)
        try:
            found = reader.expression()
        except (RecursionError, IndexError, TypeError, ValueError) as error:
            raise UnknownError(text) from error
        reader.skip()
        if reader.at < len(text):
            raise UnknownError(text)
        return found

    def variable(self, name: str) -> Any:
        """The value of a variable."""
        return self._variables.get(name, f"{WAITS}{name}{WAITS}")

    def local(self, name: str) -> Any:
        """The value of a local value."""
        if name not in self._found:
            if name not in self._texts or name in self._open or len(self._open) > _MOST_DEPTH:
                raise UnknownError(name)
            self._open.append(name)
            self._found[name] = self.value(self._texts[name])
            self._open.pop()
        return self._found[name]


class _Reader:
    """Recursive descent over one expression."""

    def __init__(self, scope: Scope, text: str) -> None:
        self.scope, self.text, self.at = scope, text, 0

    def skip(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr] # matches all

    def take(self, mark: str) -> bool:
        self.skip()
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            raise UnknownError(self.text)

    def expression(self) -> Any:
        self.skip()
        for pattern, read in _READERS:
            if (found := pattern.match(self.text, self.at)) is not None:
                return self._followed(read(self, found))
        raise UnknownError(self.text)

    def _followed(self, value: Any) -> Any:
        """What is picked out of a value by ``.name`` and ``[…]``."""
        while True:
            if self.text.startswith("[", self.at):
                self.at += 1
                value = _picked(value, self.expression())
                self.expect("]")
            elif self.text.startswith(".", self.at):
                word = _STEP.match(self.text, self.at)
                if word is None:
                    raise UnknownError(self.text)
                self.at = word.end()
                value = _picked(value, word[1])
            else:
                return value

    def number(self, found: re.Match[str]) -> Any:
        self.at = found.end()
        return float(found[0]) if found[1] or "e" in found[0].lower() else int(found[0])

    def heredoc(self, found: re.Match[str]) -> Any:
        self.at = found.end()
        text = textwrap.dedent(found[3]) if found[1] else found[3]
        return self._template(text, escapes=False)

    def string(self, found: re.Match[str]) -> Any:
        end = _end_of_string(self.text, found.end())
        inner = self.text[found.end() : end]
        self.at = end + 1
        return self._template(inner, escapes=True)

    def _template(self, text: str, escapes: bool) -> Any:
        pieces: list[Any] = []
        at = 0
        while at < len(text):
            start = text.find("${", at)
            start = len(text) if start < 0 else start
            if start and text[start - 1] == "$" and start < len(text):
                pieces.append(_plain(text[at : start - 1], escapes) + "${")
                at = start + 2
                continue
            pieces.append(_plain(text[at:start], escapes))
            at = start
            if at < len(text):
                end = _end_of_interpolation(text, at + 2)
                pieces.append(self.scope.value(text[at + 2 : end].strip().strip("~").strip()))
                at = end + 1
        pieces = [piece for piece in pieces if piece != ""]
        if len(pieces) == 1:
            return pieces[0]
        return "".join(map(as_text, pieces))

    def _items(self, end: str) -> list[Any]:
        """What stands between a bracket and the one that closes it, with commas."""
        self.at += 1
        items = []
        while not self.take(end):
            items.append(self.expression())
            if not self.take(","):
                self.expect(end)
                break
        return items

    def list(self, _found: re.Match[str]) -> list[Any]:
        return self._items("]")

    def object(self, _found: re.Match[str]) -> dict[str, Any]:
        self.at += 1
        items: dict[str, Any] = {}
        while not self.take("}"):
            key = self._key()
            if not self.take("=") and not self.take(":"):
                raise UnknownError(self.text)
            items[key] = self.expression()
            self.take(",")
        return items

    def _key(self) -> str:
        self.skip()
        if self.text.startswith("(", self.at):
            return as_text(self.expression())
        if (found := _WORD.match(self.text, self.at)) is not None:
            self.at = found.end()
            return found[0]
        return as_text(self.expression())

    def parentheses(self, _found: re.Match[str]) -> Any:
        self.at += 1
        value = self.expression()
        self.expect(")")
        return value

    def word(self, found: re.Match[str]) -> Any:
        self.at, name = found.end(), found[0]
        if self.text.startswith("(", self.at):
            return self._call(name)
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        dotted = _ATTRIBUTE.match(self.text, self.at)
        if dotted is None or name not in ("var", "local"):
            raise UnknownError(self.text)
        self.at = dotted.end()
        return (self.scope.variable if name == "var" else self.scope.local)(dotted[1])

    def _call(self, name: str) -> Any:
        function = FUNCTIONS.get(name)
        if function is None:
            raise UnknownError(self.text)
        arguments = self._items(")")
        try:
            return function(*arguments)
        except (TypeError, ValueError, AttributeError):
            raise UnknownError(self.text) from None


_Read = Callable[[_Reader, "re.Match[str]"], Any]
_READERS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_HEREDOC, _Reader.heredoc),
    (_NUMBER, _Reader.number),
    (re.compile('"'), _Reader.string),
    (re.compile(r"\[(?!\s*for\b)"), _Reader.list),
    (re.compile(r"\{(?!\s*for\b)"), _Reader.object),
    (re.compile(r"\("), _Reader.parentheses),
    (_WORD, _Reader.word),
)


def _picked(value: Any, key: Any) -> Any:
    if isinstance(value, dict) and isinstance(key, str) and key in value:
        return value[key]
    if isinstance(value, list) and str(key).isdigit() and int(key) < len(value):
        return value[int(key)]
    raise UnknownError(str(key))


def _plain(text: str, escapes: bool) -> str:
    if "%{" in text.replace("%%{", " "):
        raise UnknownError(text)
    text = text.replace("%%{", "%{")
    return _ESCAPE.sub(_unescaped, text) if escapes else text


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED[match[1]] if match[1] else chr(int(match[2] or match[3], 16))


def _end_of_string(text: str, at: int) -> int:
    while text[at] != '"':
        if text[at] == "\\":
            at += 2
        elif text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            at = _end_of_interpolation(text, at + 2) + 1
        else:
            at += 1
    return at


def _end_of_interpolation(text: str, at: int) -> int:
    depth = 0
    while depth or text[at] != "}":
        if text[at] == '"':
            at = _end_of_string(text, at + 1)
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at
