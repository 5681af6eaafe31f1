"""What modules demand of values is read from them, and judged as Terraform judges it."""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.modules.check import fit
from generator.modules.conditions import rules_of
from generator.modules.declarations import parse
from generator.modules.files import module_files
from generator.modules.interface import ModuleVariable
from generator.modules.read import interface
from generator.modules.types import Type
from generator.modules.validations import Validation
from generator.terraform_text.blocks import body_of
from generator.terraform_text.literals import ExpressionError
from scripts.pages import MODULES, module_names
from tests.modules.conftest import Run

_VALUES = 40


def _validation(condition: str, message: str = "The x must be right.") -> Validation | None:
    """The validation that is read of a module with one variable, x."""
    text = 'variable "x" {\n validation {\n  condition = %s\n  error_message = "%s"\n }\n}\n'
    data = parse({"variables.tf": (text % (condition, message)).encode()})
    found = interface(data).variables["x"].validations
    return found[0] if found else None


def _faulty(condition: str, value: Any) -> list[tuple[str | int, ...]]:
    found = _validation(condition)
    assert found is not None, condition
    return [path for path, _, _ in found.faults(value)]


@pytest.mark.parametrize(
    ("condition", "value", "faulty"),
    [
        ('can(regex("^a+$", var.x))', "aaa", []),
        ('can(regex("^a+$", var.x))', "aab", [()]),
        ('can(regex("a", var.x))', "bab", []),
        ('can(regex("^a$", var.x))', "a\n", [()]),
        ('var.x == null || can(regex("a", var.x))', None, []),
        ('var.x == null ? true : can(regex("a", var.x))', "b", [()]),
        ('alltrue([for v in var.x : can(regex("^a", v))])', ["a", "b", "ab", "ba"], [(1,), (3,)]),
        ('alltrue([for k, v in var.x : can(regex("^a", k))])', {"a": "", "b": ""}, [("b",)]),
        ('alltrue([for k in keys(var.x) : can(regex("^a", k))])', {"a": "", "b": ""}, [("b",)]),
        ("var.x.n.m >= 1 && floor(var.x.n.m) == var.x.n.m", {"n": {"m": 1.5}}, [("n", "m")]),
        ("var.x >= -1 && 5 > var.x", -2, [()]),
        ('contains(["a", "b"], var.x.level)', {"level": "c"}, [("level",)]),
        ('!contains(["a"], var.x) && !can(regex("b", var.x))', "ab", [()]),
        ("length(var.x) <= 2", [1, 2, 3], [()]),
        ('can(regex("^a", coalesce(var.x, "a")))', "", []),
        ('startswith(var.x, "a.") && endswith(var.x, "z")', "abz", [()]),
        ('can(regex("^a$", var.x)) || can(regex("^b$", var.x))', "c", [()]),
        ('can(regex("(?i)^a$", var.x))', "A", []),
        ('can(regex("^\\\\d+[[:alpha:]]$", var.x))', "1a", []),
        ('can(regex("^\\\\w+$", var.x))', "é", [()]),
        ('can(regex("^[^\\\\s]+$", var.x))', "\u00a0", []),
        ('can(regex("^[[&&a]+$", var.x))', "[&a", []),
    ],
)
def test_a_condition_is_read(condition: str, value: Any, faulty: list[Any]) -> None:
    """Patterns, bounds, choices, of the value, its items, keys and attributes; null is passed."""
    assert _faulty(condition, value) == faulty


@pytest.mark.parametrize(
    "condition",
    [
        "var.x == null || var.y == 1",
        'can(regex("^${var.y}", var.x))',
        'can(regex("^\\\\p{L}+$", var.x))',
        'can(regex("^(", var.x))',
        "var.x > 1 || var.x < -1",
        "alltrue([for v in var.x : v > var.y])",
        "alltrue([for v in var.x : v > 1 if v != 5])",
        "var.x % 5 == 0",
        'can(regex("^a", coalesce(var.x, "b")))',
        "var.x.a == null || var.x.b > 1",
        "[for v in var.x : v]",
        "var.x >",
    ],
)
def test_other_conditions_are_left_to_terraform(condition: str) -> None:
    """Other variables, what has another meaning here, and whatever else: nothing is guessed."""
    with pytest.raises(ExpressionError):
        rules_of("x", condition)
    assert _validation(condition) is None


def test_a_message_that_refers_to_something_is_left_to_terraform() -> None:
    """Its text is known only when Terraform runs."""
    assert _validation("var.x > 1", "It is ${var.x}.") is None
    found = _validation("var.x > 1", 'It is \\"$${x}\\".')
    assert found is not None and found.message == 'It is "${x}".'


def test_a_pattern_takes_no_time() -> None:
    """One that makes other engines try all ways, too."""
    assert _faulty('can(regex("^([a-z]+-?)+$", var.x))', "a" * 5000 + "!") == [()]


def test_most_validations_of_the_shipped_modules_are_read() -> None:
    """Those on one variable; what is left crosses variables or calculates."""
    blocks = read = 0
    for name in module_names():
        files = module_files(f"{MODULES}/{name}")
        for variable in body_of(files["variables.tf"].decode()).of("variable"):
            blocks += len(list(variable.body().of("validation")))
        variables = interface(parse(files)).variables.values()
        read += sum(len(variable.validations) for variable in variables)
    assert read >= 370 and read >= 0.6 * blocks


@pytest.mark.terraform
def test_terraform_judges_the_same(terraform: Run, tmp_path: Path) -> None:
    """For each validation that is read, of values that fulfil and that miss it."""
    cases: dict[str, tuple[ModuleVariable, list[Any]]] = {}
    root, chance = "", random.Random(0)  # noqa: S311 - the same values each time
    for name in module_names():
        files = module_files(f"{MODULES}/{name}")
        variables = interface(parse(files)).variables
        for block in body_of(files["variables.tf"].decode()).of("variable"):
            variable = variables[block.labels[0]]
            if not variable.validations:
                continue
            key = f"{name}_{variable.name}".replace("-", "_")
            leaves = _leaves(variable)
            values = [_value(variable.type, leaves, chance, at % 2) for at in range(_VALUES)]
            cases[key] = variable, values
            conditions = [
                re.sub(rf"\bvar\.{variable.name}\b", "candidate", inner["condition"].text)
                for inner in (one.body().arguments for one in block.body().of("validation"))
                if _is_read(variable.name, inner["condition"].text)
            ]
            root += f'variable "{key}" {{\n  type = list({variable.text})\n}}\n'
            root += f'output "{key}" {{\n  value = [for candidate in var.{key} : [\n    '
            root += ",\n    ".join(f"({text})" for text in conditions) + "\n  ]]\n}\n"
    (tmp_path / "main.tf").write_text(root, encoding="utf-8")
    given_values = json.dumps({key: tried for key, (_, tried) in cases.items()})
    (tmp_path / "terraform.tfvars.json").write_text(given_values, encoding="utf-8")
    for arguments in (("init",), ("apply", "-auto-approve")):
        done = terraform(str(tmp_path), *arguments)
        assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(terraform(str(tmp_path), "output", "-json").stdout)
    verdicts: set[tuple[str, int, bool]] = set()
    for key, (variable, tried) in cases.items():
        for at, (value, truths) in enumerate(zip(tried, told[key]["value"], strict=True)):
            fitted, _ = fit(variable.type, value)
            ours = [not any(one.faults(fitted)) for one in variable.validations]
            # Nothing is said of attributes that are left out.
            theirs = [truth or (at % 2 and own) for truth, own in zip(truths, ours, strict=True)]
            assert ours == theirs, (key, value, [one.message for one in variable.validations])
            verdicts.update((key, index, verdict) for index, verdict in enumerate(ours))
    # Nearly each is fulfilled once and missed once.
    assert len(verdicts) > 1.9 * sum(len(variable.validations) for variable, _ in cases.values())


def _is_read(name: str, condition: str) -> bool:
    try:
        return bool(rules_of(name, condition)) or True
    except ExpressionError:
        return False


def _leaves(variable: ModuleVariable) -> dict[str, list[Any]]:
    """Texts and numbers on both sides of what a variable's validations ask for."""
    texts, numbers = ["", "a", "no such thing", "\u212a", "é\n"], [0, 1, 2.5, 10]
    for rule in (rule for one in variable.validations for rule in one.rules):
        if rule.kind in ("matches", "differs"):
            texts += [form for text in _matching(rule.argument) for form in _forms(text)]
        elif rule.kind in ("among", "not among"):
            texts += [form for text in rule.argument for form in (str(text), f"{text} ")]
            numbers += [one for one in rule.argument if not isinstance(one, str)]
        elif rule.kind != "whole":
            numbers += [rule.argument + step for step in (-1, 0, 0.5, 1)]
    return {"string": texts, "number": numbers, "bool": [True, False]}


def _forms(text: str) -> tuple[str, ...]:
    return (text, text, text, text + "\n", text[:-1], text.upper(), f" {text}")


@cache
def _matching(pattern: str) -> list[str]:
    """Some texts that fit a pattern."""
    found: list[str] = []
    compiled = re.compile(
        re.sub(
            r"\(\?i\)(.*)$",
            r"(?i:\1)",
            pattern.replace("^$|", "").replace(r"\pC", r"\x00-\x1f"),
        )
    )

    @settings(
        max_examples=4, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.from_regex(compiled, fullmatch=False, alphabet=st.characters(codec="ascii")))
    def collect(text: str) -> None:
        found.append(text.removesuffix("\n"))

    collect()
    return found


def _value(
    kind: Type, leaves: dict[str, list[Any]], chance: random.Random, partly: int = False
) -> Any:
    """A value of a type; ``partly``: optional attributes are left out at times."""
    if kind.kind in leaves:
        return chance.choice(leaves[kind.kind])
    if kind.kind == "object":
        return {
            name: _value(inner, leaves, chance, partly)
            for name, inner in kind.attributes.items()
            if name not in kind.optional or not partly or chance.random() < 0.6
        }
    assert kind.item is not None
    count = chance.choice((0, 1, 1, 2, 20))
    items = [_value(kind.item, leaves, chance, partly) for _ in range(count)]
    if kind.kind != "map":  # where an item is there twice, how long a set is is not judged
        return [item for index, item in enumerate(items) if item not in items[:index]]
    return {normalize("NFC", chance.choice(leaves["string"])): item for item in items}
