"""Where the scalars of a YAML text stand that hold placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.errors import KeyPath

MENTION = "terraform_outputs"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as it is written, without its anchor and tag.

    Attributes:
        start, end: its span in the text, in characters, quotes included; a block scalar's span
            begins at its ``|`` or ``>`` and ends after its last line.
        path: the keys that lead to it; for a key, those of its value.
        on_key: it is a key itself.
        text: its value.
        style: "" (plain), "'", '"', "|" or ">".
    """

    start: int
    end: int
    path: KeyPath
    on_key: bool
    text: str
    style: str


def scalars(text: str) -> list[Scalar]:
    """Every scalar that mentions outputs, in the order of the text.

    Args:
        text: a YAML document that ``job_file.load`` accepted.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tokens = (t for t in yaml.scan(text, Loader=loader) if type(t) is yaml.ScalarToken)
    events = yaml.parse(text, Loader=loader)
    found = []
    for event, path, on_key in _walk(yaml, events):
        # Where nothing is written there is an empty scalar, but no token.
        if not event.value and not event.style:
            continue
        token = next(tokens)
        if MENTION in event.value:
            start, end = token.start_mark.index, token.end_mark.index
            style = "" if token.plain else token.style
            found.append(Scalar(start, end, path, on_key, event.value, style))
    return found


def _walk(yaml: Any, events: Iterator[Any]) -> Iterator[tuple[Any, KeyPath, bool]]:
    """Each scalar event with its path, and whether it is a key."""
    path: list[str | int] = []
    # For each open collection: None in a list, else whether a key comes next.
    keys: list[bool | None] = []
    for event in events:
        kind = type(event)
        if kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            _enter(path, keys)
            keys.append(True if kind is yaml.MappingStartEvent else None)
            path.append("" if kind is yaml.MappingStartEvent else -1)
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            keys.pop()
            path.pop()
            _leave(keys)
        elif kind in (yaml.ScalarEvent, yaml.AliasEvent):
            on_key = bool(keys and keys[-1])
            if on_key:
                path[-1] = event.value if kind is yaml.ScalarEvent else f"*{event.anchor}"
            else:
                _enter(path, keys)
            if kind is yaml.ScalarEvent:
                yield event, tuple(path), on_key
            if on_key:
                keys[-1] = False
            else:
                _leave(keys)


def _enter(path: list[str | int], keys: list[bool | None]) -> None:
    """A value begins: in a list it has the next position."""
    last = path[-1] if keys and keys[-1] is None else None
    if isinstance(last, int):
        path[-1] = last + 1


def _leave(keys: list[bool | None]) -> None:
    """A value ended: in a mapping a key comes next."""
    if keys and keys[-1] is False:
        keys[-1] = True
