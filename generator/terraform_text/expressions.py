"""Reads an expression as a tree, as far as conditions of ``validation`` blocks need one.

Source: HCL Native Syntax Specification, "Expressions". Arithmetic, objects, indexes and templates
are not read.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import NAME

_TOKEN = re.compile(
    r'\s*(?:(?P<literal>"(?:[^"\\$%\n]|\\[^\n]|\$\$\{|%%\{|[$%](?!\{))*"'
    r"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>{NAME})|(?P<mark>&&|\|\||[=!<>]=|\[\*\]|[<>!?:.,()\[\]]))"
)
# Binary operators, those that bind the least first.
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="))


class Node(NamedTuple):
    """An expression.

    Attributes:
        kind: "literal", "name", "attribute", "each" (``of[*]``), "call", "list", "for", "if" (the
            operator ``? :``), "!" or a binary operator.
        what: a literal's value, a name, the function that is called; for "for" the names of the
            key, or None, and of the item.
        parts: the expressions in it, in the order in which they are written.
    """

    kind: str
    what: Any
    parts: tuple[Node, ...] = ()


def expression(text: str) -> Node:
    """The tree of an expression.

    Args:
        text: HCL without comments, as ``Argument.text`` has it.

    Raises:
        ExpressionError: it is not an expression, or one of those that are not read.
    """
    parser = _Parser(text)
    try:
        tree = parser.conditional()
    except RecursionError:
        raise ExpressionError(text) from None
    if parser.word:
        raise ExpressionError(text)
    return tree


class _Parser:
    """Recursive descent; ``kind`` and ``word`` are those of the next token, empty at the end."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text.strip(), 0
        self.kind = self.word = ""
        self._next()

    def _next(self) -> str:
        """Step over the next token, and return it."""
        passed = self.word
        if self._at == len(self._text):
            self.kind = self.word = ""
            return passed
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            raise ExpressionError(self._text)
        self.kind = found.lastgroup or ""
        self.word, self._at = found[self.kind], found.end()
        return passed

    def _take(self, word: str) -> bool:
        """Step over a token, if it is the next."""
        if self.word != word or self.kind == "literal":
            return False
        self._next()
        return True

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise ExpressionError(self._text)

    def _name(self) -> str:
        if self.kind != "name":
            raise ExpressionError(self._text)
        return self._next()

    def conditional(self) -> Node:
        condition = self._binary(0)
        if not self._take("?"):
            return condition
        yes = self.conditional()
        self._expect(":")
        return Node("if", None, (condition, yes, self.conditional()))

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self.kind == "mark" and self.word in _LEVELS[level]:
            left = Node(self._next(), None, (left, self._binary(level + 1)))
        return left

    def _unary(self) -> Node:
        if self._take("!"):
            return Node("!", None, (self._unary(),))
        found = self._primary()
        while True:
            if self._take("."):
                found = Node("attribute", self._name(), (found,))
            elif self._take("[*]"):
                found = Node("each", None, (found,))
            else:
                return found

    def _primary(self) -> Node:
        if self.kind == "literal":
            return Node("literal", literal(self._next()))
        if self._take("("):
            found = self.conditional()
            self._expect(")")
            return found
        if self._take("["):
            return self._for() if self._take("for") else Node("list", None, self._items("]"))
        name = self._name()
        if self._take("("):
            return Node("call", name, self._items(")"))
        if name in ("true", "false", "null"):
            return Node("literal", literal(name))
        return Node("name", name)

    def _items(self, end: str) -> tuple[Node, ...]:
        items = []
        while not self._take(end):
            items.append(self.conditional())
            if not self._take(","):
                self._expect(end)
                break
        return tuple(items)

    def _for(self) -> Node:
        key, item = None, self._name()
        if self._take(","):
            key, item = item, self._name()
        self._expect("in")
        collection = self.conditional()
        self._expect(":")
        body = self.conditional()
        self._expect("]")
        return Node("for", (key, item), (collection, body))
