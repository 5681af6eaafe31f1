"""YAML text in, plain data out: dicts, lists, strings and None.

The document is built from libyaml's events, without PyYAML's node and constructor layers:
that is twice as fast, sees duplicate keys, and leaves every scalar as the text the user
wrote. Which type a value has is the business of the field it is for, so ``no``, ``0123``,
``1_000`` or ``12:30:45`` stay themselves wherever a string is expected; letters with accents are
composed.

No position is kept. ``Positions`` parses a second time when an error needs one.
"""

from __future__ import annotations

import re
from typing import Any

from generator.errors import InputError, Location, Problem
from generator.text import conflicts
from generator.text.patterns import lazy
from generator.yaml.positions import Positions, composed

__all__ = ["PlainScalar", "Positions", "composed", "decode", "load", "resolve"]

MAX_BYTES = 1024 * 1024
MAX_NODES = 100_000
MAX_DEPTH = 64
_MOST_CONFLICTS = 20
# Text counts too, or a few aliases of one long scalar would stand for gigabytes.
_CHARACTERS_PER_NODE = 128

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_MAYBE_TYPED = frozenset("0123456789+-.tTfFyYnNoO")
_TYPED = lazy(
    r"(?:true|false|yes|no|on|off|y|n)|[-+]?\.?[0-9][0-9A-Za-z_.:+\- ]*|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_CORE_INT = lazy(r"[-+]?(?:0|[1-9][0-9]*)")
_CORE_FLOAT = lazy(r"[-+]?(?:(?:0|[1-9][0-9]*)?\.[0-9]+|(?:0|[1-9][0-9]*)\.?)(?:[eE][-+]?[0-9]+)?")
_CORE_BOOL = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_LONGEST_NUMBER = 300
_BOM = b"\xef\xbb\xbf"
# What YAML allows in a file (YAML 1.2.2, section 5.1), and Python can read from UTF-8.
_FORBIDDEN = lazy("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
        typed) and None. An empty document is None. What an alias stands for is the same
        object as what its anchor names, so nobody may change it in place.

    Raises:
        InputError: not UTF-8, too large, a merge conflict left in it, not YAML, more than one
            document, a duplicate key, a key that is no scalar, an unknown tag, or too many nodes
            behind aliases.
    """
    from yaml import YAMLError

    text = decode(data, file)
    if lines := conflicts.conflict_lines(text):
        raise InputError(*(_conflict(file, line) for line in lines[:_MOST_CONFLICTS]))
    try:
        return _Builder(text, file).document()
    except YAMLError as error:
        raise InputError(_syntax_problem(error, text, file)) from None


def decode(data: bytes, file: str) -> str:
    """The text of a file, without a byte order mark; see ``load`` for what is refused."""
    if len(data) > MAX_BYTES:
        message = "the file is larger than 1 MiB, which is the limit"
        raise InputError(Problem("file-too-large", message, Location(file)))
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8")) + 1
        location = Location(file, line=line, column=column)
        hint = "save it as UTF-8"
        raise InputError(
            Problem("not-utf-8", "the file is not UTF-8 text", location, hint)
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
    if len(text) < _LONGEST_NUMBER:
        if _CORE_INT.fullmatch(text):
            return int(text)
        if _CORE_FLOAT.fullmatch(text):
            number = float(text)
            if abs(number) != float("inf"):
                return number
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
        text: str = composed(event.value)
        self._nodes += 1 + len(text) // _CHARACTERS_PER_NODE
        tag = event.tag
        if tag is not None:
            return self._tagged(event)
        if not event.implicit[0]:
            return text
        if text in _NULLS:
            return None
        if text[0] in _MAYBE_TYPED and _TYPED.fullmatch(text):
            return PlainScalar(text)
        return _MERGE if text == "<<" else text

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
        get, scalar, node = self._next, self._scalar, self._node
        while (kind := type(event := get())) is not self._mapping_end:
            if kind is not scalar:
                hint = "put the text in quotes if it starts with {, [ or *"
                message = "a key must be plain text, not a list, a mapping or an alias"
                raise self._error("odd-key", message, event, hint)
            key = self._scalar_value(event)
            if event.anchor is not None:
                self._anchors[event.anchor] = (key, 1)
            value = node(get(), depth)
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


_NO_TABS = "indent with spaces, not with tabs"
# What libyaml says, and what its author would have to do about it.
_HINTS = (
    ("mapping values are not allowed", 'put text that holds ": " in quotes'),
    ("tab character", _NO_TABS),
    ("cannot start any token", "put text that starts with @, % or ` in quotes"),
    ("did not find expected key", "check how this line and those above it are indented and quoted"),
    ("did not find expected '-'", "check how this line and those above it are indented"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("unexpected end of stream", "a quote or bracket is not closed"),
    ("expected ',' or", "a bracket is not closed, or text with { } [ ] or , needs quotes"),
    ("escape", r"in double quotes write \\ for a backslash, or use single quotes"),
)


def _open_quote(error: Any, text: str) -> Any:
    """The mark of a quote that was never closed, or that only the next opening quote closed."""
    import yaml

    if "quoted scalar" in str(error.context) and "end of stream" in str(error.problem):
        return error.context_mark
    last = None
    try:
        for token in yaml.scan(text, yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
            if token.start_mark.index >= error.problem_mark.index:
                break
    except yaml.YAMLError:
        pass
    if last is None or not last.start_mark.line < last.end_mark.line == error.problem_mark.line:
        return None
    return last.start_mark


def _conflict(file: str, line: int) -> Problem:
    location = Location(file, line=line, column=1)
    return Problem("merge-conflict", conflicts.message(line), location, conflicts.HINT)


def _syntax_problem(error: Any, text: str, file: str) -> Problem:
    if line := conflicts.stray_marker(text):
        return _conflict(file, line)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        if (quote := _open_quote(error, text)) is not None:
            location = Location(file, line=quote.line + 1, column=quote.column + 1)
            told = f"this is not YAML: the quote {text[quote.index]} that opens here is not closed"
            return Problem("yaml-syntax", told, location, "close it on this line")
        told = str(error.problem or error.context)
        location = Location(file, line=mark.line + 1, column=mark.column + 1)
        if text[mark.index : mark.index + 1] == "\t":
            hint = _NO_TABS
        else:
            hint = next((hint for part, hint in _HINTS if part in told), "")
        return Problem("yaml-syntax", f"this is not YAML: {told}", location, hint)
    found = _FORBIDDEN.search(text)
    at = found.start() if found else 0
    location = Location(file, line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at))
    what = f"the control character U+{ord(found[0]):04X}" if found else "a character"
    message = f"this is not YAML: {what} is not allowed in a file"
    hint = r'remove it, or write "\xNN" inside double quotes'
    return Problem("yaml-syntax", message, location, hint if found else "")
