"""Values to HCL: nothing is evaluated, nothing is lost, everything is laid out as fmt does."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import hcl2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.errors import InputError
from generator.render.hcl import attributes, block, to_hcl
from generator.text.expression import Interpolation, Reference
from tests.render.plans import DATA, NASTY, NUMBERS, TEXT, lay_out, terraform


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", '"plain"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("a\nb\rc\td", '"a\\nb\\rc\\td"'),
        ("${x} %{y} $${z}", '"$${x} %%{y} $$${z}"'),
        ("$ % {", '"$ % {"'),
        ("\x00\x7f\x85", '"\\u0000\\u007f\\u0085"'),
        ("\u202e\u200b\u00a0", '"\\u202e\\u200b\\u00a0"'),
        ("\U000e0041", '"\\U000e0041"'),
        ("caf\u00e9 \U0001f600", '"caf\u00e9 \U0001f600"'),
        (True, "true"),
        (None, "null"),
        (-3, "-3"),
        (1.0, "1"),
        (-0.0, "0"),
        (0.25, "0.25"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        ([], "[]"),
        ({}, "{}"),
        ((1, "a"), '[1, "a"]'),
        (Reference("local.tags"), "local.tags"),
        (Interpolation(("a-", Reference("var.b"), "${c}")), '"a-${var.b}$${c}"'),
        (Interpolation(("cost: $", Reference("var.b"))), '"cost: \\u0024${var.b}"'),
    ],
)
def test_spelling(value: Any, expected: str) -> None:
    """Each kind of value has one spelling."""
    assert to_hcl(value) == expected


def test_layout() -> None:
    """Long lists take a line for each item; maps always do; only what fits one line is aligned."""
    value: Any = {"a": 1, "long_key": "x", "deep": {"b c": [True]}, "z": ["x" * 50, "y" * 50]}
    assert attributes([("first", 1), ("second_one", 2), ("m", value), ("last", None)], 2) == (
        "  first      = 1\n"
        "  second_one = 2\n"
        "  m = {\n"
        "    a        = 1\n"
        '    long_key = "x"\n'
        "    deep = {\n"
        '      "b c" = [true]\n'
        "    }\n"
        "    z = [\n"
        f'      "{"x" * 50}",\n'
        f'      "{"y" * 50}",\n'
        "    ]\n"
        "  }\n"
        "  last = null"
    )
    assert block("features", {}) == "features {}"


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        "half \ud800",
        {"\udfff": 1},
        2**512 + 1,
        {"\u00e9": 1, "e\u0301": 2},
    ],
)
def test_refused(value: Any) -> None:
    """What Terraform would change or cannot hold is refused, not written differently."""
    with pytest.raises(InputError) as caught:
        to_hcl(value)
    assert caught.value.problems[0].code == "unrepresentable-value"


def test_names_cannot_carry_code() -> None:
    """A name that is no identifier never reaches a file."""
    for name in ("a b", 'a"', "a = 1\nb", "", "1a"):
        with pytest.raises(ValueError, match="identifier"):
            attributes([(name, 1)])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_invisible_character_stays(text: str) -> None:
    """A reviewer sees every control, bidi and zero-width character, in values and in keys."""
    shown = to_hcl({text: text})
    for character in shown.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert character == " " or unicodedata.category(character) != "Zs"


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), TEXT | st.booleans()))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_python_hcl2_reads_strings(values: dict[str, Any]) -> None:
    """Another parser of HCL finds just the attributes that were written, each a literal."""
    values = {name: _without_braces(value) for name, value in values.items()}
    found = hcl2.loads(attributes(values.items()) + "\n")
    found.pop("__comments__", None)
    assert set(found) - {"__is_block__"} == set(values)
    for name, value in values.items():
        assert found[name] == (to_hcl(value) if isinstance(value, str) else value)


def _without_braces(value: Any) -> Any:
    # python-hcl2 trips over an escaped "${" or "%{" whose brace is never closed.
    return value.replace("{", "") if isinstance(value, str) else value


@pytest.mark.terraform
@given(st.lists(DATA, min_size=100, max_size=100), st.lists(TEXT | NUMBERS, max_size=300))
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # shrinking would run Terraform for minutes
)
def test_terraform_reads_the_same_values(
    tmp_path_factory: pytest.TempPathFactory, data: list[Any], scalars: list[Any]
) -> None:
    """Terraform evaluates what was written to what was meant, whatever it holds."""
    folder = str(tmp_path_factory.mktemp("values"))
    texts = [*NASTY, *("".join(pair) for pair in pairwise(NASTY))]
    values = [*data, *scalars, *texts]
    templated: Any = [Interpolation((text, Reference("local.x"), text)) for text in texts]
    body = attributes([("x", "X"), ("values", values), ("templated", templated)], 2)
    outputs = "".join(
        f'output "{name}" {{\n  value = local.{name}\n}}\n' for name in ("values", "templated")
    )
    lay_out(folder, [{"main.tf": f"locals {{\n{body}\n}}\n{outputs}"}])
    where = f"{folder}/0"
    assert terraform(where, "fmt", "-check", "-diff").stdout == ""
    applied = terraform(where, "apply", "-auto-approve", "-input=false")
    assert applied.returncode == 0, applied.stderr
    found = json.loads(terraform(where, "output", "-json").stdout)
    assert _same(found["values"]["value"], values)
    assert found["templated"]["value"] == [_nfc(f"{text}X{text}") for text in texts]
    assert not (Path(where) / ".terraform").exists()


def _same(found: Any, meant: Any) -> bool:
    if isinstance(meant, dict):
        wanted = {_nfc(key): value for key, value in meant.items()}
        return set(found) == set(wanted) and all(_same(found[k], v) for k, v in wanted.items())
    if isinstance(meant, list):
        return len(found) == len(meant) and all(map(_same, found, meant))
    if isinstance(meant, str):
        return bool(found == _nfc(meant))
    if isinstance(meant, float):
        return float(found) == meant
    return bool(found == meant) and isinstance(found, bool) == isinstance(meant, bool)


def _nfc(text: str) -> str:
    # Terraform normalises every string it reads.
    return unicodedata.normalize("NFC", text)
