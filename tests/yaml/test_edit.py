"""One value more or one entry less in a YAML text, and all else as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InputError, KeyPath
from generator.yaml.edit import with_value, without
from generator.yaml.load import load_yaml

SET: dict[str, tuple[str, KeyPath, str, str]] = {
    "another value": ("a: 1 # one\nb: 2\n", ("a",), "x", "a: x # one\nb: 2\n"),
    "in quotes": ("a: '1'\n", ("a",), "x y", 'a: "x y"\n'),
    "a key more": ("a:\n    b: 1\nc: 2\n", ("a", "d"), "x", "a:\n    b: 1\n    d: x\nc: 2\n"),
    "after a block scalar": ("a:\n  b: |\n    text\n\nc: 2\n", ("a", "d"), "x", ""),
    "keys on the way": ("a: 1\n", ("b", "c"), "x", "a: 1\nb:\n  c: x\n"),
    "below an empty key": ("a:\nb: 1\n", ("a", "c"), "x", "a:\n  c: x\nb: 1\n"),
    "in braces": ("a: {b: 1}\n", ("a", "c", "d"), "x", "a: {b: 1, c: {d: x}}\n"),
    "in empty braces": ("a: {}\n", ("a", "c"), "x", "a: {c: x}\n"),
    "an item": ("a:\n  - b # b\n  - c\n", ("a", 0), "x", "a:\n  - x # b\n  - c\n"),
    "an item in brackets": ("a: [b, c]\n", ("a", 1), "x", "a: [b, x]\n"),
    "no line end": ("a: 1", ("b",), "x", "a: 1\nb: x\n"),
    "lines of Windows": (
        "a:\r\n  b: 1\r\nc: 2\r\n",
        ("a", "d"),
        "x",
        "a:\r\n  b: 1\r\n  d: x\r\nc: 2\r\n",
    ),
    "a byte order mark": ("\ufeffa: 1\n", ("b",), "x", "\ufeffa: 1\nb: x\n"),
    "nothing yet": ("", ("a",), "x", "a: x\n"),
    "a comment below": (
        "a:\n  b: 1\n  # more\nc: 2\n",
        ("a", "d"),
        "x",
        "a:\n  b: 1\n  d: x\n  # more\nc: 2\n",
    ),
}


@pytest.mark.parametrize("case", SET)
def test_with_value(case: str) -> None:
    """The value stands where it should, and the rest is untouched."""
    before, path, value, after = SET[case]
    done = with_value(before.encode(), "f.yaml", path, value).decode()
    assert done == after or not after
    found = load_yaml(done.encode(), "f.yaml")
    for key in path:
        found = found[key]
    assert found == value


CUT: dict[str, tuple[str, KeyPath, str]] = {
    "a line": ("a: 1\nb: 2\n", ("a",), "b: 2\n"),
    "with its comments": ("# a\n# is\na:\n  x: 1 # x\n\n# b\nb: 2\n", ("a",), "\n# b\nb: 2\n"),
    "the last": ("a: 1\nb: 2", ("b",), "a: 1\n"),
    "in braces": ("a: {b: 1, c: 2}\n", ("a", "b"), "a: {c: 2}\n"),
    "the last in braces": ("a: {b: 1, c: 2}\n", ("a", "c"), "a: {b: 1}\n"),
    "an item": ("a:\n  - b\n  - c # c\nd: 1\n", ("a", 1), "a:\n  - b\nd: 1\n"),
    "an item in brackets": ("a: [b, c]\n", ("a", 0), "a: [c]\n"),
    "a block scalar": ("a: |\n  x\n  y\nb: 2\n", ("a",), "b: 2\n"),
    "an empty key": ("a:\nb: 2\n", ("a",), "b: 2\n"),
}


@pytest.mark.parametrize("case", CUT)
def test_without(case: str) -> None:
    """The entry goes, with the comments right above it."""
    before, path, after = CUT[case]
    assert without(before.encode(), "f.yaml", path).decode() == after


@pytest.mark.parametrize(
    "text",
    [
        "x: &x {b: 1}\na: *x\n",
        "a: &a\n  b: &b 1\nc: *b\n",
    ],
)
def test_anchors_are_left_alone(text: str) -> None:
    """What cannot be changed without changing more is refused."""
    path = ("x",) if text.startswith("x") else ("a",)
    with pytest.raises(InputError, match="cannot be changed"):
        without(text.encode(), "f.yaml", path)


def test_an_alias_is_not_written_into() -> None:
    """A key below an alias would change what the alias stands for."""
    with pytest.raises(InputError, match="cannot be changed"):
        with_value(b"x: &x {b: 1}\na: *x\n", "f.yaml", ("a", "b"), "x")


_NAMES = st.sampled_from(["a", "b", "c"])
_DATA = st.recursive(
    st.sampled_from(["x", "1", "yes", "a b"]),
    lambda inner: st.dictionaries(_NAMES, inner, min_size=1, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_NAMES, _DATA, min_size=1), st.lists(_NAMES, min_size=1, max_size=3))
def test_any_mapping(data: dict[str, object], path: list[str]) -> None:
    """Whatever a mapping holds, the text afterwards reads as it should, or is refused."""
    from generator.yaml.write import block

    try:
        done = with_value(block(data).encode(), "f.yaml", tuple(path), "new")
    except InputError:
        return
    found = load_yaml(done, "f.yaml")
    for key in path:
        found = found[key]
    assert found == "new"
