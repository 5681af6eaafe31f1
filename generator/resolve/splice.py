"""One scalar of a YAML text with its placeholders filled in, in the style it was written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.plan.outputs import PLACEHOLDER
from generator.text.characters import in_line
from generator.yaml.tree import Node
from generator.yaml.write import flow, in_quotes, quoted, scalar

# Inside a plain scalar these mean nothing anywhere, in a flow collection neither.
_QUIET = re.compile(r"[A-Za-z0-9_./@+=~-]*(?::[A-Za-z0-9_./@+=~-]+)*").fullmatch
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*[ \t]*(#[^\n\r]*)?")


def filled(raw: str, found: Node, values: Mapping[str, Any]) -> str:
    """What to write instead of a scalar.

    Args:
        raw: the scalar as it is written.
        found: the same as it reads.
        values: name to value for each of its placeholders; lists and mappings only where a
            placeholder is all there is.

    Returns:
        The scalar with each placeholder replaced; in double quotes as a whole where its own
        style cannot hold the result.
    """
    whole = PLACEHOLDER.fullmatch(found.text)
    if whole and not isinstance(values[whole[1]], str):
        return flow(values[whole[1]]) + _tail(raw, found.style)
    spliced = _spliced(raw, found, values)
    if spliced is not None:
        return spliced
    text = PLACEHOLDER.sub(lambda match: as_text(values[match[1]]), found.text)
    return quoted(text) + _tail(raw, found.style)


def as_text(value: Any) -> str:
    """A scalar as it reads inside of text: true, 12, 1.5."""
    return value if isinstance(value, str) else scalar(value)


def _spliced(raw: str, found: Node, values: Mapping[str, Any]) -> str | None:
    """The scalar with only the placeholders replaced; None where that would not read the same."""
    names = [match[1] for match in PLACEHOLDER.finditer(found.text)]
    if [match[1] for match in PLACEHOLDER.finditer(raw)] != names:
        return None  # written with escapes, or over several lines
    texts = {name: as_text(values[name]) for name in names}
    fit = {"": _plain, "'": _single, '"': _double}.get(found.style)
    if fit is None:
        return _block(raw, found, texts)
    fitted = {name: fit(text) for name, text in texts.items()}
    if None in fitted.values():
        return None
    result = PLACEHOLDER.sub(lambda match: fitted[match[1]] or "", raw)
    return None if found.style == "" and not result[:1].isalpha() else result


def _plain(text: str) -> str | None:
    return text if _QUIET(text) else None


def _single(text: str) -> str | None:
    return text.replace("'", "''") if in_line(text) == text else None


def _double(text: str) -> str | None:
    return in_quotes(text)


def _block(raw: str, found: Node, texts: Mapping[str, str]) -> str | None:
    """A literal block takes several lines, indented like its own; a folded one takes one."""
    for text in texts.values():
        lines = text.split("\n")
        visible = all(in_line(line) == line and line == line.strip(" ") != "" for line in lines)
        if not visible or (len(lines) > 1 and found.style == ">"):
            return None
    margin = ("\r\n" if "\r\n" in raw else "\n") + _margin(raw)
    return PLACEHOLDER.sub(lambda match: texts[match[1]].replace("\n", margin), raw)


def _margin(raw: str) -> str:
    """The indentation of a block scalar: that of its first line with text."""
    for line in raw.splitlines()[1:]:
        if line.strip(" "):
            return line[: len(line) - len(line.lstrip(" "))]
    return ""


def _tail(raw: str, style: str) -> str:
    """What follows a block scalar that is written as something else: its comment, its line ends."""
    if style not in ("|", ">"):
        return ""
    head = _BLOCK_HEAD.match(raw)
    comment = f" {head[1]}" if head and head[1] else ""
    return comment + raw[len(raw.rstrip(" \r\n")) :]
