"""The bytes of a YAML file as text, and how much one may hold."""

from __future__ import annotations

from generator.errors import InputError, Location, Problem
from generator.files.inside import MAX_BYTES

MAX_DEPTH = 64
BOM = b"\xef\xbb\xbf"


def decode(data: bytes, file: str) -> str:
    """The text of a file, without a byte order mark; see ``load_yaml`` for what is refused."""
    if len(data) > MAX_BYTES:
        message = "the file is larger than 1 MiB, which is the limit"
        raise InputError(Problem("file-too-large", message, Location(file)))
    data = data.removeprefix(BOM)
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
