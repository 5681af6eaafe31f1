"""Where a node stands in its file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import KeyPath
from generator.yaml.load import load_yaml
from generator.yaml.positions import Positions
from generator.yaml.source import MAX_DEPTH

TEXT = """\
# a comment
name: x
block:
  list:
    - one
    - two: 2
      three: 3
  flow: {a: 1, b: [x, {c: 4}]}
  text: |
    lines
    and lines
  "quoted key": 5
  ~: null key
base: &base {size: 1, shape: round}
merged:
  <<: *base
  size: 2
several:
  <<: [{first: 1}, *base]
alias: *base
"<<": literal
empty:
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("name",), (2, 7), (2, 1)),
        (("block",), (4, 3), (3, 1)),
        (("block", "list"), (5, 5), (4, 3)),
        (("block", "list", 0), (5, 7), (5, 7)),
        (("block", "list", 1, "three"), (7, 14), (7, 7)),
        (("block", "flow", "a"), (8, 13), (8, 10)),
        (("block", "flow", "b", 1, "c"), (8, 27), (8, 24)),
        (("block", "text"), (9, 9), (9, 3)),
        (("block", "quoted key"), (12, 17), (12, 3)),
        (("block", "null"), (13, 6), (13, 3)),
        (("merged", "size"), (17, 9), (17, 3)),
        (("merged", "shape"), (14, 30), (14, 23)),
        (("several", "first"), (19, 16), (19, 9)),
        (("several", "size"), (14, 20), (14, 14)),
        (("alias",), (14, 7), (20, 1)),
        (("alias", "shape"), (14, 30), (14, 23)),
        (("<<",), (21, 7), (21, 1)),
        (("empty",), (22, 7), (22, 1)),
    ],
)
def test_values_and_keys(path: KeyPath, value: tuple[int, int], key: tuple[int, int]) -> None:
    """Block and flow style, aliases and merge keys: a value is where it is written."""
    positions = Positions(TEXT)
    assert positions.find(path) == value
    assert positions.find(path, on_key=True) == key


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        (("nothing",), (2, 1)),
        (("block", "nothing"), (3, 1)),
        (("block", "list", 7), (4, 3)),
        (("block", "list", "x"), (4, 3)),
        (("block", "list", 1, "nothing", "below"), (6, 7)),
        (("name", "below"), (2, 1)),
        (("name", 0), (2, 1)),
    ],
)
def test_what_is_missing_is_at_the_nearest_node_above(
    path: KeyPath, nearest: tuple[int, int]
) -> None:
    """A missing key is reported at the key of the mapping that it belongs into."""
    positions = Positions(TEXT)
    assert positions.find(path) == nearest


@pytest.mark.parametrize("text", ["", "# nothing\n", "a: b: c", "[" * 1000, "[" * 90 + "]" * 90])
def test_files_without_nodes_stand_at_their_start(text: str) -> None:
    """A file that is empty, no YAML, or nested too deep has one position: its start."""
    positions = Positions(text)
    assert positions.find(("a", 0)) == (1, 1)


def test_columns_count_characters() -> None:
    """Characters, not bytes; a carriage return is part of the line break."""
    positions = Positions("ä: {é: ü}\r\nb: 1\r\n")
    assert positions.find(("ä", "é")) == (1, 8)
    assert positions.find(("b",)) == (2, 4)


def test_an_anchor_that_is_set_again_is_no_error() -> None:
    """Positions are found in every file that loads."""
    assert Positions("[&a 1, &a 2, *a]").find((2,)) == (1, 8)


DATA = st.recursive(
    st.sampled_from(["x", "yes", "0123", "a b", ""]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "no", "7"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=10,
)


@given(DATA, st.sampled_from([True, False]))
def test_every_node_of_a_file_is_found(data: Any, flow: bool) -> None:
    """Reading at the position of any key of any file gives that key."""
    import yaml

    text = yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=flow)
    positions = Positions(text)
    lines = text.splitlines()
    for path in _paths(load_yaml(text.encode(), "x.yaml"), ()):
        if path and isinstance(path[-1], str):
            line, column = positions.find(path, on_key=True)
            assert lines[line - 1][column - 1 :].lstrip("'").startswith(path[-1])


def _paths(value: Any, path: KeyPath) -> list[KeyPath]:
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [path, *(below for key, item in items for below in _paths(item, (*path, key)))]


def test_nesting_as_deep_as_a_file_may_have() -> None:
    """The deepest node that loads has a position."""
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert Positions(text).find((0,) * (MAX_DEPTH - 1)) == (1, MAX_DEPTH)
