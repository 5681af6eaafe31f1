"""The wire format of the plugin protocol."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.rehearsal.protocol import wire

NUMBERS = st.integers(1, 2**29 - 1)
FIELDS = st.tuples(NUMBERS, st.integers(1, 2**64 - 1) | st.binary(max_size=300))


@given(st.lists(FIELDS))
def test_what_is_written_is_read(sent: list[tuple[int, int | bytes]]) -> None:
    """Integers and bytes come back with their numbers, in their order."""
    data = b"".join(
        wire.integer(number, value) if isinstance(value, int) else wire.field(number, value)
        for number, value in sent
    )
    assert list(wire.fields(data)) == sent


def test_the_examples_of_the_specification() -> None:
    """150 in field 1 is 08 96 01, "testing" in field 2 is 12 07 and its bytes; a default value
    is left out; fixed-width fields are passed over.
    """
    assert wire.integer(1, 150) == bytes.fromhex("089601")
    assert wire.text(2, "testing") == bytes.fromhex("120774657374696e67")
    assert wire.integer(1, 0) == wire.text(2, "") == b""
    assert [n for n, _ in wire.fields(bytes.fromhex("0d01020304089601"))] == [1, 1]
