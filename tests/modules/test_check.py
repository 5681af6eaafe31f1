"""Values against constraints: what is let through, Terraform takes for the same value."""

from __future__ import annotations

import json
import os
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.modules.check import Misfit, fit
from generator.modules.types import Type, parse_type
from generator.text.expression import Reference
from generator.yaml.scalars import PlainScalar
from tests.modules.conftest import Run
from tests.modules.constraints import types, values

CASES = types().flatmap(lambda kind: st.tuples(st.just(kind), values(kind)))


@pytest.mark.terraform
@given(st.lists(CASES, min_size=60, max_size=60))
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # shrinking would run Terraform for minutes
)
def test_terraform_takes_what_fits(
    terraform: Run, tmp_path_factory: pytest.TempPathFactory, cases: list[tuple[Type, Any]]
) -> None:
    """A fitted value passes Terraform's conversion to the constraint and comes out unchanged."""
    folder = str(tmp_path_factory.mktemp("fits"))
    fitted = [fit(kind, value) for kind, value in cases]
    assert [faults for _, faults in fitted] == [[]] * len(cases)
    found = _outputs(terraform, folder, [str(kind) for kind, _ in cases], [v for v, _ in fitted])
    for (kind, value), (meant, _), got in zip(cases, fitted, found, strict=True):
        assert _normal(kind, got) == _normal(kind, meant), f"{kind}: {value!r}"


def _outputs(terraform: Run, folder: str, kinds: list[str], given_: list[Any]) -> list[Any]:
    blocks = [
        f'variable "v{i}" {{\n  type = {kind}\n}}\noutput "v{i}" {{\n  value = var.v{i}\n}}\n'
        for i, kind in enumerate(kinds)
    ]
    _write(folder, "main.tf", "".join(blocks))
    _write(folder, "t.tfvars.json", json.dumps({f"v{i}": v for i, v in enumerate(given_)}))
    applied = terraform(folder, "apply", "-auto-approve", "-input=false", "-var-file=t.tfvars.json")
    assert applied.returncode == 0, applied.stderr
    found = json.loads(terraform(folder, "output", "-json").stdout)
    return [found[f"v{i}"]["value"] for i in range(len(kinds))]


def _write(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def _normal(kind: Type, value: Any) -> Any:
    """Strings in the form that Terraform keeps, sets without order, absent attributes null."""
    if value is None:
        return None
    if kind.kind == "string":
        return unicodedata.normalize("NFC", value)
    if kind.kind == "number":
        return float(value) + 0.0  # Terraform knows no minus zero
    if kind.kind == "tuple":
        return [_normal(item, held) for item, held in zip(kind.items, value, strict=True)]
    if kind.item is not None and kind.kind == "map":
        return {key: _normal(kind.item, held) for key, held in value.items()}
    if kind.item is not None:
        items = [_normal(kind.item, held) for held in value]
        return (
            sorted({json.dumps(i, sort_keys=True) for i in items}) if kind.kind == "set" else items
        )
    if kind.kind == "object":
        return {name: _normal(held, value.get(name)) for name, held in kind.attributes.items()}
    return value


# What a job file says, and the place of the fault.
WRONG: list[tuple[str, Any, tuple[str | int, ...]]] = [
    ("bool", "maybe", ()),
    ("bool", 1, ()),
    ("bool", PlainScalar("1"), ()),
    ("bool", PlainScalar("12"), ()),
    ("bool", [], ()),
    ("bool", {}, ()),
    ("number", "text", ()),
    ("number", "", ()),
    ("number", True, ()),
    ("number", PlainScalar("12:30"), ()),
    ("number", PlainScalar("2024-01-01"), ()),
    ("number", PlainScalar("1_000"), ()),
    ("number", [1], ()),
    ("string", ["a"], ()),
    ("string", {"a": "b"}, ()),
    ("list(string)", "a", ()),
    ("list(string)", {"a": "b"}, ()),
    ("list(number)", ["1", "b"], (1,)),
    ("set(bool)", [True, "b"], (1,)),
    ("set(string)", "a", ()),
    ("map(string)", "a", ()),
    ("map(string)", ["a"], ()),
    ("map(number)", {"a": 1, "b": "c"}, ("b",)),
    ("map(list(string))", {"a": ["b"], "c": "d"}, ("c",)),
    ("tuple([string, number])", ["a"], ()),
    ("tuple([string, number])", ["a", 1, 2], ()),
    ("tuple([string, number])", ["a", "b"], (1,)),
    ("object({ a = string })", {}, ()),
    ("object({ a = string })", "a", ()),
    ("object({ a = string })", ["a"], ()),
    ("object({ a = optional(number), b = string })", {"a": "x", "b": "y"}, ("a",)),
    ("object({ a = list(object({ b = bool })) })", {"a": [{"b": True}, {}]}, ("a", 1)),
]


@pytest.mark.parametrize(("text", "value", "path"), WRONG, ids=str)
def test_what_does_not_fit_is_told_at_its_place(
    text: str, value: Any, path: tuple[str | int, ...]
) -> None:
    """One fault, at the innermost part that is wrong."""
    _, faults = fit(parse_type(text), value)
    assert [fault.path for fault in faults] == [path]
    assert faults[0].message.startswith(("must ", "lacks "))


@pytest.mark.terraform
def test_terraform_refuses_what_does_not_fit(
    terraform: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No value is refused that Terraform would have taken, apart from unknown attributes."""
    folder = str(tmp_path_factory.mktemp("wrong"))
    blocks = (f'variable "v{i}" {{\n  type = {kind}\n}}\n' for i, (kind, *_) in enumerate(WRONG))
    _write(folder, "main.tf", "".join(blocks))
    # A number for a bool stays a number in HCL, which JSON cannot lose either.
    given_ = {f"v{i}": 12 if value == "12" else value for i, (_, value, _) in enumerate(WRONG)}
    given_["v2"] = 1
    _write(folder, "t.tfvars.json", json.dumps(given_))
    refused = terraform(folder, "plan", "-input=false", "-json", "-var-file=t.tfvars.json")
    assert refused.returncode == 1
    told = {
        line["diagnostic"]["detail"].split("var.")[1].split()[0].rstrip(".,")
        for line in map(json.loads, refused.stdout.splitlines())
        if "var." in line.get("diagnostic", {}).get("detail", "")
    }
    assert told == {f"v{i}" for i in range(len(WRONG))}


def test_an_unknown_attribute_is_a_fault() -> None:
    """Terraform drops what a module does not know without a word; we say what it does know."""
    kind = parse_type("object({ prefix = string, bucket = optional(string) })")
    _, faults = fit(kind, {"prefix": "a", "buckt": "b"})
    assert faults == [Misfit(("buckt",), 'has no attribute "buckt"', ("prefix", "bucket"))]


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("string", "no", "no"),
        ("bool", "no", False),
        ("bool", "On", True),
        ("string", "0123", "0123"),
        ("number", "12", 12),
        ("string", "12", "12"),
        ("any", "12", 12),
        ("any", "no", "no"),
        ("any", "true", True),
    ],
)
def test_an_unquoted_scalar_takes_the_type_asked_for(text: str, written: str, meant: Any) -> None:
    """YAML's guess at a type does not matter where the module says which it wants."""
    value, faults = fit(parse_type(text), PlainScalar(written))
    assert (value, type(value), faults) == (meant, type(meant), [])


def test_a_number_without_end_is_a_fault() -> None:
    """What no float can hold would be written as ``inf``, which is no HCL."""
    for value in (PlainScalar("1e999"), float("inf"), float("nan")):
        assert fit(Type("number"), value)[1]


@given(types())
def test_null_and_expressions_pass(kind: Type) -> None:
    """Null means the default, and only Terraform knows an expression's value."""
    for value in (None, Reference("var.x")):
        assert fit(kind, value) == (value, [])
