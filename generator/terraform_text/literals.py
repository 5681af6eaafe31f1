"""Expressions that are values as they stand: strings, numbers, lists and objects of them."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from generator.terraform_text.scan import NAME

_SPACE = re.compile(r"\s*")
_STRING = re.compile(r'"((?:[^"\\$%\n]|\\[^\n]|\$\$\{|%%\{|[$%](?!\{))*)"')
_HEREDOC = re.compile(rf"<<(-?)({NAME})\r?\n((?:[^\n]*\n)*?)[ \t]*\2[ \t\r]*(?=\n|\Z)")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(NAME)
_TEMPLATE = re.compile(r"(?<!\$)\$\{|(?<!%)%\{")
_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_CONSTANTS = {"true": True, "false": False, "null": None}


class ExpressionError(ValueError):
    """The expression has a value only when Terraform runs, or is none."""


def literal(text: str) -> Any:
    """The value of an expression, as ``Argument.text`` has it.

    Args:
        text: an expression without comments.

    Returns:
        Plain data; parentheses around it are left out.

    Raises:
        ExpressionError: it refers to something, calls or calculates.
    """
    try:
        value, at = _value(text, 0)
    except (RecursionError, ValueError):  # ValueError: an escape of no character, too
        raise ExpressionError(text) from None
    if _SPACE.sub("", text[at:]):
        raise ExpressionError(text)
    return value


def json_literal(value: Any) -> Any:
    """The value of an expression of JSON syntax, where every string is a template.

    Raises:
        ExpressionError: a string holds ``${ }`` or ``%{ }``.
    """
    if isinstance(value, str):
        if _TEMPLATE.search(value):
            raise ExpressionError(value)
        return _unescaped_template(value)
    if isinstance(value, list):
        return [json_literal(item) for item in value]
    if isinstance(value, dict):
        return {json_literal(key): json_literal(item) for key, item in value.items()}
    return value


def _value(text: str, at: int) -> tuple[Any, int]:
    at = _after_space(text, at)
    if found := _STRING.match(text, at):
        return _unescaped_template(_ESCAPE.sub(_unescaped, found[1])), found.end()
    if found := _HEREDOC.match(text, at):
        return _heredoc(found), found.end()
    if found := _NUMBER.match(text, at):
        exact = found[0].lstrip("-").isdigit()
        return (int(found[0]) if exact else float(found[0])), found.end()
    if found := _WORD.match(text, at):
        if found[0] in _CONSTANTS:
            return _CONSTANTS[found[0]], found.end()
    elif text.startswith("[", at):
        return _list(text, at + 1)
    elif text.startswith("{", at):
        return _object(text, at + 1)
    elif text.startswith("(", at):
        value, at = _value(text, at + 1)
        at = _after_space(text, at)
        if text.startswith(")", at):
            return value, at + 1
    raise ExpressionError(text)


def _list(text: str, at: int) -> tuple[list[Any], int]:
    items = []
    while not text.startswith("]", at := _after_space(text, at)):
        item, at = _value(text, at)
        items.append(item)
        at = _after_space(text, at)
        if text.startswith(",", at):
            at += 1
        elif not text.startswith("]", at):
            raise ExpressionError(text)
    return items, at + 1


def _object(text: str, at: int) -> tuple[dict[str, Any], int]:
    items = {}
    while not text.startswith("}", at := _after_space(text, at)):
        if word := _WORD.match(text, at):
            key, at = word[0], word.end()
        else:
            value, at = _value(text, at)
            key = value if isinstance(value, str) else str(value).lower()
        at = _after_space(text, at)
        if not text.startswith(("=", ":"), at):
            raise ExpressionError(text)
        items[key], at = _value(text, at + 1)
        end = _after_space(text, at)
        if text.startswith(",", end):
            at = end + 1
        elif "\n" not in text[at:end] and not text.startswith("}", end):
            raise ExpressionError(text)
    return items, at + 1


def _heredoc(found: re.Match[str]) -> str:
    written = found[3]
    if _TEMPLATE.search(written):
        raise ExpressionError(written)
    return _unescaped_template(textwrap.dedent(written) if found[1] else written)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED[match[1]] if match[1] else chr(int(match[2] or match[3], 16))


def _unescaped_template(text: str) -> str:
    return text.replace("$${", "${").replace("%%{", "%{")
