"""The manifest is read strictly: what dativo did not write there is a problem, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.render.manifest import read
from generator.render.merged import MAX_BYTES
from generator.render.render import render, render_tombstone
from tests.render.plans import plan

FOLDER = plan().folder
GOOD: dict[str, Any] = json.loads(render(plan())[".dativo.json"])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def _code(data: bytes, folder: str = FOLDER) -> str | None:
    try:
        read(data, folder, "x")
    except InputError as error:
        return error.problems[0].code
    return None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b"1" * 10_000,
        json.dumps(GOOD).encode()[:-3],
        b"<<<<<<< HEAD\n" + json.dumps(GOOD).encode(),
        json.dumps(GOOD).encode() + b" " * MAX_BYTES,
        json.dumps(GOOD | {"more": 1}).encode(),
        json.dumps(GOOD | {"version": 0}).encode(),
    ],
)
def test_garbled(data: bytes) -> None:
    """Merge conflicts, truncation, nesting, size, other versions: a problem with a way out."""
    assert _code(data) == "manifest"


def test_newer_version() -> None:
    """A manifest of a newer dativo is told as such."""
    with pytest.raises(InputError, match="newer"):
        read(json.dumps(GOOD | {"version": 7}).encode(), FOLDER, "x")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("state", "type"), 's3" {}\n}\nresource "a" "b" {}\n#'),
        (("state", "arguments"), {"a = 1\nb": "x"}),
        (("state", "arguments"), {"workspaces": {"a = 1\nb": "x"}}),
        (("state", "arguments"), {"bucket": float("nan")}),
        (("providers",), {'aws" {}': {"arguments": {}, "blocks": {}}}),
        (("providers", "aws", "blocks"), {"x {}\ny": {}}),
        (("terraform", "required_providers"), {"a b": {"source": "x", "version": "1"}}),
        (("files",), {"terraform.tfstate": "0" * 64}),
        (("files",), {"network_extra.tf": "0" * 64}),
        (("files",), {"../../../dativo.yaml": "0" * 64}),
        (("files",), {"main.tf": "no digest"}),
        (("retired",), "yes"),
        (("tenant",), 5),
    ],
)
def test_no_way_in(path: tuple[str, ...], value: Any) -> None:
    """No edited manifest puts HCL into a tombstone or has a file of the user's removed."""
    document = json.loads(json.dumps(GOOD))
    at = document
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert _code(json.dumps(document).encode()) == "manifest"


def test_copied_root() -> None:
    """A copy of a root shares its state, so it is told and never becomes a tombstone."""
    assert _code(json.dumps(GOOD).encode(), "acme/stripe-customers/copy") == "copied-root"


@given(st.sampled_from(sorted(GOOD)), JSON)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_value_anywhere(key: str, value: Any) -> None:
    """Whatever stands under a key, reading says yes or names a problem, and yes is renderable."""
    data = json.dumps(GOOD | {key: value}).encode()
    if _code(data) is None:
        render_tombstone(read(data, FOLDER, "x"))


@given(st.sampled_from(["state", "terraform", "providers"]), st.data())
def test_any_value_deep_inside(key: str, data: st.DataObject) -> None:
    """The same one level down."""
    inner = dict(GOOD[key])
    inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(JSON)
    text = json.dumps(GOOD | {key: inner}).encode()
    if _code(text) is None:
        render_tombstone(read(text, FOLDER, "x"))
