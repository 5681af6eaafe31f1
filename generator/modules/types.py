"""Terraform's type constraints: reading them, and checking values against them.

The grammar is that of the Terraform language, "Type Constraints": primitive types,
``list``, ``set``, ``map``, ``tuple`` and ``object`` with ``optional()`` attributes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What is not in the group separates tokens: blanks and the three kinds of comments.
_TOKEN = re.compile(
    r"""\s+ | (?:\#|//)[^\n]* | /\*.*?\*/ | ( [^\W\d][\w-]* | "(?:[^"\\]|\\.)*" | . )""",
    re.DOTALL | re.VERBOSE,
)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Type:
    """A type constraint.

    Attributes:
        kind: string, number, bool, any, list, set, map, tuple or object.
        item: what a list, set or map holds.
        items: what a tuple holds, in order.
        attributes: what an object holds.
        optional: the attributes of an object that may be left out.
    """

    kind: str
    item: Type | None = None
    items: tuple[Type, ...] = ()
    attributes: dict[str, Type] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()

    def __str__(self) -> str:
        if self.item is not None:
            return f"{self.kind}({self.item})"
        if self.kind == "tuple":
            return "tuple([" + ", ".join(map(str, self.items)) + "])"
        if self.kind == "object":
            parts = []
            for name, kind in self.attributes.items():
                parts.append(
                    f"{name} = optional({kind})" if name in self.optional else f"{name} = {kind}"
                )
            return "object({ " + ", ".join(parts) + " })"
        return self.kind


ANY = Type("any")


def one_line(text: str) -> str:
    """A type constraint on one line, its attributes separated by commas, without comments."""
    written, line = "", False
    for match in _TOKEN.finditer(text):
        token = match[1]
        if not token:
            line = line or "\n" in match[0]
            continue
        if token in _CLOSE:
            written = written.removesuffix(", ")
        elif line and written[-1:] not in ("", " ", *_OPEN):
            written += ", "
        written += {",": ", ", "=": " = ", ":": " = "}.get(token, token)
        line = False
    return written


def parse_type(text: str) -> Type:
    """Read a type constraint.

    Args:
        text: HCL such as ``map(object({ a = optional(string, "x") }))``.

    Raises:
        ValueError: it is not a type constraint.
    """
    parser = _Parser(text)
    kind = parser.type()
    if parser.peek():
        raise ValueError(f"unexpected {parser.peek()!r} in type constraint {text!r}")
    return kind


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = [match[1] for match in _TOKEN.finditer(text) if match[1]]
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, expected: str | None = None) -> str:
        token = self.peek()
        if not token or (expected is not None and token != expected):
            raise ValueError(f"expected {expected or 'a type'}, found {token or 'the end'}")
        self._at += 1
        return token

    def type(self) -> Type:
        name = self._take()
        if name in ("string", "number", "bool", "any"):
            return Type(name)
        if name in ("list", "set", "map"):
            if self.peek() != "(":
                return Type(name, item=ANY)
            self._take("(")
            item = self.type()
            self._take(")")
            return Type(name, item=item)
        if name == "tuple":
            return self._tuple()
        if name == "object":
            return self._object()
        raise ValueError(f"{name!r} is no type")

    def _tuple(self) -> Type:
        self._take("(")
        self._take("[")
        items = []
        while self.peek() != "]":
            items.append(self.type())
            if self.peek() == ",":
                self._take()
        self._take("]")
        self._take(")")
        return Type("tuple", items=tuple(items))

    def _object(self) -> Type:
        self._take("(")
        self._take("{")
        attributes: dict[str, Type] = {}
        optional = set()
        while self.peek() != "}":
            name = self._take().strip('"')
            if self._take() not in ("=", ":"):
                raise ValueError(f"expected = after {name}")
            if self.peek() == "optional":
                optional.add(name)
                attributes[name] = self._optional()
            else:
                attributes[name] = self.type()
            if self.peek() == ",":
                self._take()
        self._take("}")
        self._take(")")
        return Type("object", attributes=attributes, optional=frozenset(optional))

    def _optional(self) -> Type:
        self._take("optional")
        self._take("(")
        kind = self.type()
        depth = 1
        while depth:
            token = self._take()
            depth += (token in _OPEN) - (token in _CLOSE)
        return kind
