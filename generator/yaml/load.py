"""YAML text in, plain data out: dicts, lists, strings and None.

The document is built from libyaml's events, without PyYAML's node and constructor layers:
that is twice as fast, sees duplicate keys, and leaves every scalar as the text the user
wrote (``generator.yaml.scalars``); letters with accents are composed.

No position is kept. ``Positions`` parses a second time when an error needs one.
"""

from __future__ import annotations

from typing import Any

from generator.errors import InputError, Location, Problem
from generator.text.characters import composed
from generator.yaml.scalars import MAYBE_TYPED, MERGE, NULLS, TYPED, PlainScalar
from generator.yaml.source import MAX_DEPTH, decode
from generator.yaml.syntax import conflict_problems, syntax_problem

MAX_NODES = 100_000
# One scalar, of at most 1 MiB, cannot go beyond the limit from here.
_NEARLY_TOO_MANY = MAX_NODES // 2
# Text counts too, or a few aliases of one long scalar would stand for gigabytes.
_CHARACTERS_PER_NODE = 128

_TAG = "tag:yaml.org,2002:"
_COLLECTION_TAGS = frozenset((None, "!", _TAG + "map", _TAG + "seq"))
_TEXT_TAGS = frozenset(("!", _TAG + "str"))
_TYPED_TAGS = frozenset(_TAG + t for t in ("int", "float", "bool", "timestamp"))


class _Merge(str):
    """The key ``<<``, unquoted."""

    __slots__ = ()


_MERGE = _Merge(MERGE)


def load_yaml(data: bytes, file: str) -> Any:
    """Read one YAML document.

    Args:
        data: the bytes of the file, at most 1 MiB of UTF-8.
        file: the name to use in errors, below the project folder.

    Returns:
        Dicts with string keys, lists, strings (``PlainScalar`` where unquoted text looks
        typed) and None. An empty document is None. What an alias stands for is the same
        object as what its anchor names, so nobody may change it in place.

    Raises:
        InputError: not UTF-8, too large, a merge conflict left in it, not YAML, more than one
            document, a duplicate key, a key that is no scalar, an unknown tag, or too many nodes
            behind aliases.
    """
    from yaml import YAMLError

    text = decode(data, file)
    if problems := conflict_problems(text, file):
        raise InputError(*problems)
    try:
        return _Builder(text, file).document()
    except YAMLError as error:
        raise InputError(syntax_problem(error, text, file)) from None


class _Builder:
    """Builds one document from libyaml's events."""

    def __init__(self, text: str, file: str) -> None:
        import yaml

        self._file = file
        self._next = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._nodes = 0
        self._scalar, self._alias = yaml.ScalarEvent, yaml.AliasEvent
        self._mapping, self._mapping_end = yaml.MappingStartEvent, yaml.MappingEndEvent
        self._sequence_end = yaml.SequenceEndEvent
        self._stream_end = yaml.StreamEndEvent

    def document(self) -> Any:
        self._next()
        if type(self._next()) is self._stream_end:
            return None
        value = self._node(self._next(), 0)
        self._next()
        event = self._next()
        if type(event) is not self._stream_end:
            raise self._error(
                "many-documents", "a second YAML document starts here; a file holds one", event
            )
        return value

    def _node(self, event: Any, depth: int) -> Any:
        before = self._nodes
        kind = type(event)
        value: Any
        if kind is self._scalar:
            value = self._scalar_value(event)
        elif kind is self._alias:
            value = self._aliased(event)
        elif depth >= MAX_DEPTH:
            raise self._error("too-deep", f"nested more than {MAX_DEPTH} levels deep", event)
        elif event.tag not in _COLLECTION_TAGS:
            raise self._unknown_tag(event)
        else:
            self._nodes += 1
            if kind is self._mapping:
                value = self._mapping_value(depth + 1)
            else:
                value = self._sequence_value(depth + 1)
        if self._nodes > MAX_NODES:
            message = f"the file holds more than {MAX_NODES} values, aliases counted in full"
            raise self._error("too-many-nodes", message, event)
        if event.anchor is not None and kind is not self._alias:
            self._anchors[event.anchor] = (value, self._nodes - before)
        return value

    def _aliased(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            message = f"no anchor &{event.anchor} stands before this alias"
            raise self._error("unknown-alias", message, event)
        value, size = self._anchors[event.anchor]
        self._nodes += size
        return value

    def _scalar_value(self, event: Any) -> str | None:
        text: str = event.value
        if not text.isascii():
            text = composed(text)
        self._nodes += 1 + len(text) // _CHARACTERS_PER_NODE
        tag = event.tag
        if tag is not None:
            return self._tagged(event)
        if not event.implicit[0]:
            return text
        if text in NULLS:
            return None
        if text[0] in MAYBE_TYPED and TYPED.fullmatch(text):
            return PlainScalar(text)
        return _MERGE if text == MERGE else text

    def _tagged(self, event: Any) -> str | None:
        tag, text = event.tag, composed(event.value)
        if tag in _TEXT_TAGS:
            return str(text)
        if tag == _TAG + "null":
            return None
        if tag not in _TYPED_TAGS:
            raise self._unknown_tag(event)
        return PlainScalar(text)

    def _sequence_value(self, depth: int) -> list[Any]:
        items = []
        get, end, node = self._next, self._sequence_end, self._node
        while type(event := get()) is not end:
            items.append(node(event, depth))
        return items

    def _mapping_value(self, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        merged: list[Any] = []
        get, scalar, node, text_of = self._next, self._scalar, self._node, self._scalar_value
        while (kind := type(event := get())) is not self._mapping_end:
            if kind is not scalar:
                hint = "put the text in quotes if it starts with {, [ or *"
                message = "a key must be plain text, not a list, a mapping or an alias"
                raise self._error("odd-key", message, event, hint)
            key = text_of(event)
            if event.anchor is not None:
                self._anchors[event.anchor] = (key, 1)
            below = get()
            if type(below) is scalar and below.anchor is None and self._nodes < _NEARLY_TOO_MANY:
                value: Any = text_of(below)  # as ``node`` does, of which most are
            else:
                value = node(below, depth)
            if key is _MERGE:
                merged.append((event, value))
                continue
            key = "null" if key is None else str(key)
            if key in mapping:
                message = f'the key "{key}" stands twice in one mapping'
                raise self._error("duplicate-key", message, event, "keep one of the two")
            mapping[key] = value
        return self._merge(mapping, merged) if merged else mapping

    def _merge(self, mapping: dict[str, Any], merged: list[Any]) -> dict[str, Any]:
        """Merge keys: what the mapping says itself wins, then the first source named."""
        result: dict[str, Any] = {}
        for event, value in merged:
            sources = value if type(value) is list else [value]
            for source in sources:
                if type(source) is not dict:
                    raise self._error(
                        "odd-merge", "<< takes a mapping or a list of mappings", event
                    )
                result = {**source, **result}
        return {**result, **mapping}

    def _unknown_tag(self, event: Any) -> InputError:
        message = f'the YAML tag "{event.tag}" is not allowed'
        return self._error("unknown-tag", message, event, "remove it, or put the text in quotes")

    def _error(self, code: str, message: str, event: Any, hint: str = "") -> InputError:
        mark = event.start_mark
        location = Location(self._file, line=mark.line + 1, column=mark.column + 1)
        return InputError(Problem(code, message, location, hint))
