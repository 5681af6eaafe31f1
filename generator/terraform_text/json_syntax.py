"""Blocks of Terraform's JSON syntax (``.tf.json``), where labels are keys.

Source: Terraform language, "JSON Configuration Syntax", and HCL's "JSON Syntax Specification".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.terraform_text.scan import UnreadableError


def json_of(text: str) -> Any:
    """A file's content; a key that stands there twice gives a list, as two blocks would.

    Raises:
        UnreadableError: it is not JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise UnreadableError(error.pos, error.lineno) from None
    except RecursionError:
        raise UnreadableError(0) from None


def blocks_in(body: Any, kind: str, labels: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The blocks of a type in a body, with their labels.

    Args:
        body: what a file or a block holds.
        kind: the type of the blocks.
        labels: how many labels a block of that type has.
    """
    for item in _each(body):
        if kind in item:
            yield from _labelled(item[kind], labels, ())


def _labelled(
    value: Any, labels: int, found: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for item in _each(value):
        if len(found) == labels:
            yield found, item
            continue
        for label, inner in item.items():
            if label != "//":
                yield from _labelled(inner, labels, (*found, label))


def _each(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and isinstance(value, dict | list):
            earlier = found[key] if isinstance(found[key], list) else [found[key]]
            found[key] = [*earlier, *(value if isinstance(value, list) else [value])]
        else:
            found[key] = value
    return found
