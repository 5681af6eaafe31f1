"""The backends in a Terraform file that somebody wrote, in HCL or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.terraform_text.blocks import Block, body_of, text_of
from generator.terraform_text.scan import UnreadableError, end_of_block

_WORDS = re.compile(rb"\bbackend\b|\bcloud\b")
_TERRAFORM = re.compile(r"^[ \t]*terraform[ \t]*\{", re.MULTILINE)
_BACKEND = re.compile(r'\b(?:backend\s+"|cloud\s*\{)|"(?:backend|cloud)"\s*:')
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_STRING = re.compile(_QUOTED)
_HEREDOC = re.compile(r"<<(-?)(\S+)[ \t\r]*\n(.*\n)?[ \t]*\2\s*", re.DOTALL)
_ITEM = re.compile(rf"\s*(?:([\w-]+)|{_QUOTED})\s*[=:]\s*({_QUOTED}|[\w.-]+)\s*(?:,|\n|$)")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


class WrittenBackend(NamedTuple):
    """A backend as somebody wrote it.

    Attributes:
        type: "s3", ...; "cloud" for a cloud block.
        arguments: what is literal; what has to be evaluated is left out.
        line: from 1.
    """

    type: str
    arguments: dict[str, Any]
    line: int


class UnreadBackendError(Exception):
    """A file that holds a backend, as it seems, and is not what Terraform can read.

    Attributes:
        line: where the backend seems to be.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"backend in line {line}")
        self.line = line


def written_backends(name: str, data: bytes) -> list[WrittenBackend]:
    """The backends in a file.

    Args:
        name: of the file; one that ends in ``.json`` is in JSON syntax.
        data: its content.

    Raises:
        UnreadBackendError: it seems to hold one, and cannot be read.
    """
    if b"terraform" not in data or _WORDS.search(data) is None:
        return []
    try:
        text = text_of(data)
        if name.endswith(".json"):
            return list(_of_json(text))
        return list(_of_blocks(_terraform(text)))
    except (UnreadableError, ValueError, RecursionError):
        text = data.decode("utf-8", "replace")
        match = _BACKEND.search(text)
        if match is None:
            return []
        raise UnreadBackendError(text.count("\n", 0, match.start()) + 1) from None


def _terraform(text: str) -> list[Block]:
    """The terraform blocks; of a file that is wrong elsewhere, those that can be read."""
    try:
        return list(body_of(text).of("terraform"))
    except UnreadableError:
        found = []
        for match in _TERRAFORM.finditer(text):
            rest = text[match.start() :]
            end = end_of_block(rest, rest.index("{") + 1) + 1
            found += list(body_of(rest[:end], text.count("\n", 0, match.start()) + 1).blocks)
        if not found:
            raise
        return found


def _of_blocks(blocks: list[Block]) -> Iterator[WrittenBackend]:
    for block in blocks:
        for inner in block.body().blocks:
            if inner.type == "backend" and len(inner.labels) == 1:
                yield WrittenBackend(inner.labels[0], _arguments(inner), inner.line)
            elif inner.type == "cloud" and not inner.labels:
                yield WrittenBackend("cloud", _arguments(inner), inner.line)


def _arguments(block: Block) -> dict[str, Any]:
    body = block.body()
    found: dict[str, Any] = {inner.type: _arguments(inner) for inner in body.blocks}
    for name, argument in body.arguments.items():
        if (value := _literal(argument.text)) is not None:
            found[name] = value
    return found


def _literal(text: str) -> Any:
    """The value of an expression that is literal; None for any other."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if (match := _STRING.fullmatch(text)) is not None:
        return _plain(match[1])
    if (match := _HEREDOC.fullmatch(text + "\n")) is not None:
        lines = (match[3] or "").splitlines(keepends=True)
        if match[1]:
            indent = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
            lines = [line[indent:] for line in lines]
        return _plain("".join(lines), escapes=False)
    if text.startswith("{") and text.endswith("}"):
        return _object(text[1:-1])
    return {"true": True, "false": False}.get(text)


def _object(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, quoted, value, _ in _ITEM.findall(text):
        if (literal := _literal(value)) is not None:
            found[name or quoted] = literal
    return found


def _plain(text: str, escapes: bool = True) -> str | None:
    """A template without ``${`` and ``%{`` as the text that it means; None for any other."""
    if re.search(r"(?<!\$)\$\{|(?<!%)%\{", text):
        return None

    def meant(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][1:]
        if not escapes:
            return match[0]
        if match[1][0] in "uU":
            return chr(int(match[1][1:], 16))
        return _ESCAPED.get(match[1], match[1])

    return _ESCAPE.sub(meant, text)


def _of_json(text: str) -> Iterator[WrittenBackend]:
    """The backends of JSON syntax: a block may be an object or a list, a key stand twice."""
    match = _BACKEND.search(text)
    line = text.count("\n", 0, match.start()) + 1 if match else 1
    for block in _objects(json.loads(text, object_pairs_hook=_Pairs), "terraform"):
        for backend in _objects(block, "backend"):
            for kind, body in backend:
                for one in _each(body):
                    yield WrittenBackend(kind, _json_arguments(one), line)
        for one in _objects(block, "cloud"):
            yield WrittenBackend("cloud", _json_arguments(one), line)


class _Pairs(list[tuple[str, Any]]):
    """A JSON object, keys that stand twice in it kept."""


def _objects(block: Any, key: str) -> Iterator[_Pairs]:
    for one in _each(block):
        for name, value in one:
            if name == key:
                yield from _each(value)


def _each(value: Any) -> Iterator[_Pairs]:
    if isinstance(value, _Pairs):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _each(item)


def _json_arguments(body: _Pairs) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in body:
        if isinstance(value, str):
            literal = _plain(value, escapes=False)
            if literal is not None:
                found[name] = literal
        elif (inner := next(_each(value), None)) is not None:
            found[name] = _json_arguments(inner)
        elif isinstance(value, bool | int | float):
            found[name] = value
    return found
