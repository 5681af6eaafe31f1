"""A root's Terraform files as values that can be compared: tags, inputs, blocks.

What dativo writes has one shape, that of ``terraform fmt``, and is split at its lines, since a
comparison may read thousands of such files. What has any other shape goes through the scanner.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from generator.terraform_text.blocks import Body, body_of, items_of
from generator.terraform_text.literals import ExpressionError, literal
from generator.terraform_text.scan import UnreadableError

# Arguments whose other text changes no plan.
FOR_PEOPLE = frozenset(("description", "error_message"))
# Address of a block, such as module.job, to its arguments by name.
Blocks = dict[str, dict[str, Any]]

_BLOCK = re.compile(r'^(\w+)((?: "[^"\n]*")*) \{\n(.*?)^\}\n?', re.MULTILINE | re.DOTALL)
_REST = re.compile(r"(?:[ \t\n]|\#[^\n]*+)*+")
_ARGUMENT = re.compile(r"^  (?=[^\s}\])])", re.MULTILINE)
_NAMED = re.compile(r'("[^"\n]*"|[\w-]+)[ \t]+= (.*)', re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*#[^\n]*\n?", re.MULTILINE)
_MAP = re.compile(r"^  (\w+) = \{\n((?:    [^\n]*\n)*)  \}$", re.MULTILINE)
_ITEM = re.compile(r"^    (\S+)\s+= (.*)$", re.MULTILINE)
_MERGED = re.compile(r"^  tags = merge\(\n((?:    local\.\w+,\n)*)  \)$", re.MULTILINE)
_LOCAL = re.compile(r"local\.(\w+)")


def blocks_of(text: str) -> Blocks | None:
    """The blocks of a file with their arguments, as text; comments do not count.

    Returns:
        Address to argument to expression; of a block within, its text. None where it is no HCL.
    """
    if "<<" not in text and "/*" not in text:
        found: Blocks = {}
        rest = _BLOCK.sub(lambda match: _add(found, match), text)
        if _REST.fullmatch(rest) and "" not in found:
            return found
    try:
        return _scanned(body_of(text))
    except (UnreadableError, RecursionError):
        return None


def _add(found: Blocks, match: re.Match[str]) -> str:
    labels = match[2].split('"')[1::2]
    arguments = _arguments(match[3])
    if arguments is None:
        found[""] = {}
    else:
        _insert(found, ".".join([match[1], *labels]), arguments)
    return ""


def _insert(found: dict[str, Any], name: str, value: Any) -> None:
    number, key = 1, name
    while key in found:
        number += 1
        key = f"{name}[{number}]"
    found[key] = value


@lru_cache(maxsize=4096)
def _arguments(body: str) -> dict[str, Any] | None:
    """The arguments of a block in the shape of ``terraform fmt``; None for another shape."""
    first, *chunks = _ARGUMENT.split(body)
    if first.strip():
        return None
    found: dict[str, Any] = {}
    for chunk in chunks:
        if chunk.startswith("#"):
            if "\n" in chunk.rstrip("\n"):
                return None
            continue
        text = _COMMENT.sub("", chunk).rstrip()
        named = _NAMED.fullmatch(text)
        if named is not None:
            found[named[1].strip('"')] = named[2]
        elif text.endswith("}") and "{" in text:
            header, _, inner = text[:-1].partition("{")
            _insert(found, header.strip(), Nested(inner))
        else:
            return None
    return found


def _scanned(body: Body) -> Blocks:
    found: Blocks = {"": {name: one.text for name, one in body.arguments.items()}}
    for block in body.blocks:
        inner = block.body()
        arguments: dict[str, Any] = {name: one.text for name, one in inner.arguments.items()}
        for nested in inner.blocks:
            name = " ".join([nested.type, *(f'"{label}"' for label in nested.labels)])
            _insert(arguments, name, Nested(nested.text))
        _insert(found, ".".join([block.type, *block.labels]), arguments)
    if not found[""]:
        del found[""]
    return found


class Nested(NamedTuple):
    """A block within a block, as its text."""

    text: str


def value_of(expression: Any) -> Any:
    """Plain data; an expression that has its value only in Terraform as ``${...}``.

    Sentences for people are left out of a nested block.
    """
    if isinstance(expression, Nested):
        try:
            return _nested(body_of(expression.text))
        except UnreadableError:
            return expression.text
    if not isinstance(expression, str):
        return expression
    value = _literal(expression)
    return "${" + expression + "}" if value is _EXPRESSION else value


def _nested(body: Body) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: value_of(one.text) for name, one in body.arguments.items() if name not in FOR_PEOPLE
    }
    for block in body.blocks:
        _insert(found, " ".join([block.type, *block.labels]), _nested(block.body()))
    return found


_EXPRESSION = object()


@lru_cache(maxsize=4096)
def _literal(expression: str) -> Any:
    try:
        return literal(expression)
    except ExpressionError:
        return _EXPRESSION


def locals_of(text: str) -> tuple[dict[str, str], Blocks] | None:
    """The merged tags of a root's ``locals.tf``, and its other maps.

    Returns:
        Key to value of the tags that win; and name to entries of every other map. None where the
        file has not the shape in which dativo writes it.
    """
    order = _MERGED.search(text)
    maps = {name: _items(body) for name, body in _MAP.findall(text)}
    if order is None:
        return _scanned_locals(text)
    tags: dict[str, str] = {}
    layers = _LOCAL.findall(order[1])
    for name in layers:
        if name not in maps:
            return _scanned_locals(text)
        tags.update(maps[name])
    return tags, {name: items for name, items in maps.items() if name not in layers}


@lru_cache(maxsize=4096)
def _items(body: str) -> dict[str, str]:
    return {key.strip('"'): value for key, value in _ITEM.findall(body)}


def _scanned_locals(text: str) -> tuple[dict[str, str], Blocks] | None:
    """The same of a file that somebody edited."""
    try:
        [body] = [block.body() for block in body_of(text).of("locals")]
        maps = {
            name: items_of(one) for name, one in body.arguments.items() if one.text.startswith("{")
        }
        layers = _LOCAL.findall(body.arguments["tags"].text)
    except (UnreadableError, ValueError, KeyError):
        return None
    tags = {key: value for name in layers for key, value in maps.get(name, {}).items()}
    return tags, {name: items for name, items in maps.items() if name not in layers}
