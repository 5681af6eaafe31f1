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
from tests.render.plans import NASTY, plan

FOLDER = plan().folder
GOOD: dict[str, Any] = json.loads(render(plan())[".dativo.json"])
CLUSTER = {"type": "aws_eks_cluster", "name": "this", "arguments": {"name": "data"}}
KUBERNETES: dict[str, Any] = {
    "arguments": {"host": {"reference": "data.aws_eks_cluster.this.endpoint"}},
    "blocks": {"exec": {"command": "aws", "args": ["eks"]}},
}
LEAVING: dict[str, Any] = {
    "terraform": {
        "required_version": ">= 1.9",
        "required_providers": {"kubernetes": {"source": "hashicorp/kubernetes", "version": "3.0"}},
    },
    "providers": {"kubernetes": KUBERNETES},
    "data": [CLUSTER],
    "gone_with": ["module.job.module.workload"],
}
WHOLE: dict[str, Any] = GOOD | {"runtime": "lambda", "leaving": LEAVING}
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
        (("state", "type"), "pg"),
        (("state", "arguments"), {"access_key": "x"}),
        (("terraform", "required_providers", "aws", "source"), "evil/aws"),
        (("terraform", "required_providers"), {"external": {"source": "x/y", "version": "1"}}),
        (("providers",), {"external": {"arguments": {}, "blocks": {}}}),
        (("providers", "aws", "arguments"), {"shared_credentials_files": ["x"]}),
        (("providers", "aws", "blocks"), {"assume_role_with_web_identity": {"role_arn": "x"}}),
        (("data",), [{"type": "external", "name": "x", "arguments": {"program": ["sh"]}}]),
        (("data",), [{"type": "aws_eks_cluster", "name": "x", "arguments": {"depends_on": "x"}}]),
        (("data",), [{"type": "aws_eks_cluster", "name": "x", "arguments": {"name": ["x"]}}]),
        (("gone_with",), ["module.other"]),
        (("gone_with",), ["module.job.module.x }\nresource"]),
        (("runtime",), 'x"'),
        (("runtime",), 5),
        (("leaving",), [1]),
        (("leaving",), {"providers": {}}),
        (("leaving",), LEAVING | {"gone_with": ["module.job"]}),
        (("leaving",), LEAVING | {"providers": {"external": {"arguments": {}, "blocks": {}}}}),
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


@given(st.sampled_from(sorted(WHOLE)), JSON)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_value_anywhere(key: str, value: Any) -> None:
    """Whatever stands under a key, reading says yes or names a problem, and yes is renderable."""
    data = json.dumps(WHOLE | {key: value}).encode()
    if _code(data) is None:
        render_tombstone(read(data, FOLDER, "x"))


@given(st.sampled_from(["state", "terraform", "providers", "leaving"]), st.data())
def test_any_value_deep_inside(key: str, data: st.DataObject) -> None:
    """The same one level down."""
    inner = dict(WHOLE[key])
    inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(JSON)
    text = json.dumps(WHOLE | {key: inner}).encode()
    if _code(text) is None:
        render_tombstone(read(text, FOLDER, "x"))


@pytest.mark.parametrize("nasty", NASTY)
def test_values_stay_values(nasty: str) -> None:
    """Whatever text an edited manifest has for a value, the tombstone's blocks are the same."""
    document = json.loads(json.dumps(WHOLE))
    plain = _blocks(document)
    document["state"]["arguments"]["bucket"] = nasty
    document["terraform"]["required_version"] = nasty
    document["providers"]["aws"]["arguments"]["region"] = nasty
    left = document["leaving"]
    left["terraform"]["required_providers"]["kubernetes"]["version"] = nasty
    left["providers"]["kubernetes"]["blocks"]["exec"]["args"] = [nasty, {"template": [nasty]}]
    left["data"][0]["arguments"]["name"] = nasty
    document["job"] = nasty
    assert _blocks(document) == plain


def _blocks(document: dict[str, Any]) -> dict[str, list[str]]:
    """File name to the lines that open or close a block; a string stays on its line."""
    files = render_tombstone(read(json.dumps(document).encode(), FOLDER, "x"))
    return {
        name: [line for line in text.split("\n") if line[:1] not in (" ", "#")]
        for name, text in files.items()
        if name.endswith(".tf")
    }
