"""YAML text in, plain data out: dicts, lists, strings and None.

The document is built from libyaml's events, without PyYAML's node and constructor layers:
that is twice as fast, sees duplicate keys, and leaves every scalar as the text the user
wrote. Which type a value has is the business of the field it is for, so ``no``, ``0123``,
``1_000`` or ``12:30:45`` stay themselves wherever a string is expected.

No position is kept. ``Positions`` parses a second time when an error needs one.
"""

from __future__ import annotations

import re
from typing import Any

from generator.errors import InputError, KeyPath, Place, Problem

MAX_BYTES = 1024 * 1024
MAX_NODES = 100_000
MAX_DEPTH = 64

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_MAYBE_TYPED = frozenset("0123456789+-.tTfFyYnNoO")
_TYPED = re.compile(
    r"(?:true|false|yes|no|on|off|y|n)|[-+]?\.?[0-9][0-9A-Za-z_.:+\- ]*|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_CORE_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_CORE_FLOAT = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)?\.[0-9]+|(?:0|[1-9][0-9]*)\.?)(?:[eE][-+]?[0-9]+)?"
)
_CORE_BOOL = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_TAG = "tag:yaml.org,2002:"
_COLLECTION_TAGS = frozenset((None, "!", _TAG + "map", _TAG + "seq"))
_TEXT_TAGS = frozenset(("!", _TAG + "str"))
_TYPED_TAGS = frozenset(_TAG + t for t in ("int", "float", "bool", "timestamp"))


class PlainScalar(str):
    """An unquoted scalar that some YAML version reads as a number, boolean or date."""

    __slots__ = ()


class _Merge(str):
    """The key ``<<``, unquoted."""

    __slots__ = ()


_MERGE = _Merge("<<")


def load(data: bytes, file: str) -> Any:
    """Read one YAML document.

    Args:
        data: the bytes of the file, at most 1 MiB of UTF-8.
        file: the name to use in errors, below the project folder.

    Returns:
        Dicts with string keys, lists, strings (``PlainScalar`` where unquoted text looks
        typed) and None. An empty document is None.

    Raises:
        InputError: not UTF-8, too large, not YAML, more than one document, a duplicate key,
            a key that is no scalar, an unknown tag, or too many nodes behind aliases.
    """
    from yaml import YAMLError

    text = decode(data, file)
    try:
        return _Builder(text, file).document()
    except YAMLError as error:
        raise InputError(_syntax_problem(error, text, file)) from None


def decode(data: bytes, file: str) -> str:
    """The text of a file, without a byte order mark; see ``load`` for what is refused."""
    if len(data) > MAX_BYTES:
        problem = Problem(
            "file-too-large", f"the file has {len(data)} bytes, 1 MiB is the limit", Place(file)
        )
        raise InputError(problem)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        place = Place(file, line=line, column=column)
        raise InputError(
            Problem("not-utf-8", "the file is not UTF-8 text", place, "save it as UTF-8")
        ) from None


def resolve(value: Any) -> Any:
    """Give unquoted scalars their YAML 1.2 type, where no field says which type it wants.

    ``true`` becomes True, ``12`` and ``1.5`` numbers; ``no``, ``0123``, ``1_000`` and dates
    stay text (YAML 1.2.2, section 10.3, the core schema, less its octal and hex forms).
    """
    if type(value) is PlainScalar:
        return _resolve_scalar(value)
    if type(value) is dict:
        return {key: resolve(item) for key, item in value.items()}
    if type(value) is list:
        return [resolve(item) for item in value]
    return value


def _resolve_scalar(text: str) -> bool | int | float | str:
    if text in _CORE_BOOL:
        return _CORE_BOOL[text]
    if _CORE_INT.fullmatch(text):
        return int(text) if len(text) < 300 else str(text)
    if _CORE_FLOAT.fullmatch(text) and len(text) < 300:
        return float(text)
    return str(text)


class _Builder:
    """Builds one document from libyaml's events."""

    def __init__(self, text: str, file: str) -> None:
        import yaml

        self._file = file
        self._next = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._nodes = 0
        self._scalar, self._alias = yaml.ScalarEvent, yaml.AliasEvent
        self._mapping, self._sequence = yaml.MappingStartEvent, yaml.SequenceStartEvent
        self._end = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
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
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._error(
                "too-many-nodes", f"more than {MAX_NODES} values, aliases counted in full", event
            )
        kind = type(event)
        if kind is self._alias:
            return self._aliased(event)
        before = self._nodes
        if kind is self._scalar:
            value = self._scalar_value(event)
        elif depth >= MAX_DEPTH:
            raise self._error("too-deep", f"nested more than {MAX_DEPTH} levels deep", event)
        elif event.tag not in _COLLECTION_TAGS:
            raise self._unknown_tag(event)
        elif kind is self._mapping:
            value = self._mapping_value(depth + 1)
        else:
            value = self._sequence_value(depth + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._nodes - before + 1)
        return value

    def _aliased(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise self._error(
                "unknown-alias", f"no anchor &{event.anchor} before this alias", event
            )
        value, size = self._anchors[event.anchor]
        self._nodes += size
        return value

    def _scalar_value(self, event: Any) -> str | None:
        text: str = event.value
        tag = event.tag
        if tag is not None and tag not in _TEXT_TAGS:
            if tag == _TAG + "null":
                return None
            if tag not in _TYPED_TAGS:
                raise self._unknown_tag(event)
            return PlainScalar(text)
        if not event.implicit[0] or tag is not None:
            return text
        if text in _NULLS:
            return None
        if text[0] in _MAYBE_TYPED and _TYPED.fullmatch(text):
            return PlainScalar(text)
        if text == "<<":
            return _MERGE
        return text

    def _sequence_value(self, depth: int) -> list[Any]:
        items = []
        while type(event := self._next()) not in self._end:
            items.append(self._node(event, depth))
        return items

    def _mapping_value(self, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        merged: list[Any] = []
        while type(event := self._next()) not in self._end:
            if type(event) is not self._scalar:
                raise self._error(
                    "odd-key", "a key must be plain text, not a list, a mapping or an alias", event
                )
            key = self._scalar_value(event)
            value = self._node(self._next(), depth)
            if key is _MERGE:
                merged.append((event, value))
                continue
            key = "null" if key is None else str(key)
            if key in mapping:
                raise self._error(
                    "duplicate-key", f'the key "{key}" stands twice in one mapping', event
                )
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
        return self._error("unknown-tag", f'the YAML tag "{event.tag}" is not allowed', event)

    def _error(self, code: str, message: str, event: Any) -> InputError:
        mark = event.start_mark
        return InputError(
            Problem(code, message, Place(self._file, line=mark.line + 1, column=mark.column + 1))
        )


def _syntax_problem(error: Any, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        place = Place(file, line=mark.line + 1, column=mark.column + 1)
        return Problem("yaml-syntax", f"this is not YAML: {error.problem or error.context}", place)
    at = min(getattr(error, "position", 0) or 0, len(text))
    place = Place(file, line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at))
    return Problem("yaml-syntax", "this is not YAML: a control character is not allowed", place)


class Positions:
    """Lines and columns of one file's nodes, found when asked for."""

    def __init__(self, text: str) -> None:
        import yaml

        try:
            self._root: Any = yaml.compose(
                text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            )
        except yaml.YAMLError:
            self._root = None

    def find(self, path: KeyPath, on_key: bool = False) -> tuple[int, int]:
        """The 1-based line and column of the value (or key) at ``path``.

        Where the file has no such node, that of the nearest one above it.
        """
        node, key = self._root, None
        for item in path:
            below = self._step(node, item)
            if below is None:
                on_key = True
                break
            key, node = below
        found = key if (on_key and key is not None) else node
        return (1, 1) if found is None else (found.start_mark.line + 1, found.start_mark.column + 1)

    def has(self, path: KeyPath) -> bool:
        """Whether the file itself has a node at ``path``."""
        node: Any = self._root
        for item in path:
            below = self._step(node, item)
            if below is None:
                return False
            node = below[1]
        return node is not None

    @staticmethod
    def _step(node: Any, item: str | int) -> tuple[Any, Any] | None:
        pairs = getattr(node, "value", None)
        if isinstance(item, int):
            is_list = (
                isinstance(pairs, list) and item < len(pairs) and not isinstance(pairs[item], tuple)
            )
            return (None, pairs[item]) if is_list and pairs else None
        merges = []
        for pair in pairs if isinstance(pairs, list) else ():
            if not isinstance(pair, tuple):
                return None
            if pair[0].value == item:
                return pair
            if pair[0].value == "<<":
                merges += pair[1].value if pair[1].id == "sequence" else [pair[1]]
        for source in merges:
            if (found := Positions._step(source, item)) is not None:
                return found
        return None
