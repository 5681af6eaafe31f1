"""What a manifest keeps of expressions: it comes back as it was, and nothing else becomes HCL."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render import stored
from generator.render.hcl import to_hcl
from generator.text.expression import Call, Interpolation, Reference

ENDPOINT = Reference("data.aws_eks_cluster.this.endpoint")
AUTHORITY = Reference("data.aws_eks_cluster.this.certificate_authority[0].data")
KEYS = st.sampled_from(["host", "env", "reference", "template", "call", "map", "a b"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
VALUES = st.recursive(
    st.text(max_size=8) | st.just(ENDPOINT) | st.just(Interpolation(("https://", ENDPOINT))),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(KEYS, inner, max_size=3)
    | st.builds(lambda value: Call("base64decode", (value,)), inner),
    max_leaves=6,
)


@given(PLAIN | VALUES)
def test_what_survives_comes_back(value: Any) -> None:
    """Through JSON and back, whatever the keys of its maps are called."""
    assert stored.survives(value)
    data = json.loads(json.dumps(stored.to_json(value)))
    assert stored.well_formed(data)
    assert to_hcl(stored.from_json(data)) == to_hcl(value)


@pytest.mark.parametrize(
    "text",
    ["local.tags", "module.job.kubernetes_host", "var.x", "data.a", 'data.a.b.c["x"]'],
)
def test_what_a_tombstone_lacks_does_not_survive(text: str) -> None:
    """Tags, variables and the module are gone with the job."""
    assert not stored.survives(Reference(text))
    assert not stored.survives({"a": [Interpolation(("x", Reference(text)))]})
    assert not stored.survives(Call("base64decode", (Reference(text),)))
    assert not stored.survives(Call("file", ("/etc/passwd",)))


@pytest.mark.parametrize(
    "data",
    [
        {"reference": 'data.a.b.c\n}\nresource "x" "y" {}'},
        {"reference": "local.tags"},
        {"reference": ["data.a.b.c"]},
        {"template": ["x", {"reference": "file(1)"}]},
        {"template": ["x", {"call": ["base64decode", []]}]},
        {"template": "x"},
        {"call": ["file", ["/etc/passwd"]]},
        {"call": ["base64decode"]},
        {"call": ["base64decode", "x"]},
        {"call": [["base64decode"], []]},
        {"call": ["base64decode", [{"reference": "file(1)"}]]},
        {"map": ["x"]},
        {"map": {"a": {"reference": "x"}}},
        {"a": {"b": {"reference": "x"}}},
        [float("inf")],
    ],
)
def test_what_somebody_else_wrote_is_refused(data: Any) -> None:
    """A manifest that was edited cannot put HCL into a file."""
    assert not stored.well_formed(data)
