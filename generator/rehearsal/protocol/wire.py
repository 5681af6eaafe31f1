"""Protocol buffers' wire format, as far as Terraform's plugin protocol needs it.

A message is a sequence of fields, each a tag (number and wire type) and a payload. Writing
our few answers and reading our few requests by hand costs a page, and saves each of the many
plugin processes that Terraform starts the 0.1 s which the protobuf runtime takes to import.

Source: https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from collections.abc import Iterator

VARINT = 0
LENGTH_DELIMITED = 2
FIXED_WIDTHS = {1: 8, 5: 4}


def varint(value: int) -> bytes:
    """A non-negative integer in base 128, least significant group first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number: int, payload: bytes) -> bytes:
    """A length-delimited field: bytes, or a message that is encoded already."""
    return varint(number << 3 | LENGTH_DELIMITED) + varint(len(payload)) + payload


def text(number: int, value: str) -> bytes:
    """A string field; nothing for the empty string, which is the default."""
    return field(number, value.encode()) if value else b""


def integer(number: int, value: int) -> bytes:
    """An integer, enum or boolean field; nothing for zero, which is the default."""
    return varint(number << 3 | VARINT) + varint(value) if value else b""


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The integer that starts at ``at``, and the position behind it.

    Raises:
        IndexError: ``data`` ends within the integer.
    """
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The (number, value) pairs of a message, in the order in which they were sent.

    Raises:
        ValueError: ``data`` holds a wire type that proto3 does not know.
    """
    at = 0
    while at < len(data):
        tag, at = read_varint(data, at)
        number, kind = tag >> 3, tag & 7
        if kind == VARINT:
            value, at = read_varint(data, at)
            yield number, value
            continue
        if kind == LENGTH_DELIMITED:
            length, at = read_varint(data, at)
        elif kind in FIXED_WIDTHS:
            length = FIXED_WIDTHS[kind]
        else:
            raise ValueError(f"wire type {kind} in field {number}")
        yield number, data[at : at + length]
        at += length


def message(data: bytes) -> dict[int, bytes]:
    """The length-delimited fields of a message that has no repeated ones, by number."""
    return {number: value for number, value in fields(data) if isinstance(value, bytes)}
