"""Versions of providers: one rule for modules, their examples and roots, and a reason for each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.plan.providers import PROVIDERS
from generator.text.versions import satisfiable
from scripts.pages import module_names, read
from tests.modules.used import used

# The first major version that nobody has tried a module on.
UNTRIED = {"aws": 7, "azurerm": 6, "databricks": 2, "google": 9, "kubernetes": 4, "time": 1}
BLOCK = re.compile(r"^    (\w+) = \{\n(.*?)^    \}", re.MULTILINE | re.DOTALL)
VERSION = re.compile(
    r'^(?P<comment>(?: +#[^\n]*\n)*) +version\s+= "(?P<bound>[^"]+)"', re.MULTILINE
)
MODULES = module_names()
FACTS = tomllib.loads(Path(__file__).with_name("provider_facts.toml").read_text("utf-8"))["fact"]


class Bound(NamedTuple):
    """What one ``versions.tf`` asks of a provider, and the comment above it."""

    text: str
    comment: str

    @property
    def least(self) -> str:
        """The lower bound, without its sign."""
        return self.text.removeprefix(">= ").partition(",")[0]


def _bounds(folder: str) -> dict[str, Bound]:
    text = read(f"modules/{folder}/versions.tf") or ""
    _, _, required = text.partition("required_providers {")
    found = {}
    for name, body in BLOCK.findall(required):
        match = VERSION.search(body)
        assert match is not None, f"{folder}: {name} has no version"
        found[name] = Bound(match["bound"], match["comment"])
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_from_where_to_where(module: str) -> None:
    """A lower bound that a comment gives a reason for, and the same upper bound in all modules."""
    bounds = _bounds(module)
    assert bounds
    for name, bound in bounds.items():
        assert bound.text == f">= {bound.least}, < {UNTRIED[name]}.0", f"{module}: {name}"
        named = bound.least in bound.comment or "kubernetes-job" in bound.comment
        assert named, f"{module}: nothing says what needs {name} {bound.least}"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_calls_another_asks_for_no_less(module: str) -> None:
    """What stands inside another module holds there as well."""
    text = read(f"modules/{module}/workload.tf") or ""
    for called in re.findall(r'source\s+= "\.\./([\w-]+)"', text):
        own, inner = _bounds(module), _bounds(called)
        assert {name: own[name].least for name in inner} == {
            name: bound.least for name, bound in inner.items()
        }


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("size", ["minimal", "complete"])
def test_an_example_asks_for_what_its_module_or_a_root_does(module: str, size: str) -> None:
    """An example is a root like those that are generated, or repeats its module's bound."""
    inner = _bounds(module)
    for name, bound in _bounds(f"{module}/examples/{size}").items():
        allowed = {PROVIDERS[name].version} if name in PROVIDERS else set()
        allowed |= {inner[name].text} if name in inner else set()
        assert bound.text in allowed, f"{module}/examples/{size}: {name} {bound.text}"


@pytest.mark.parametrize("module", MODULES)
def test_a_root_can_call_the_module(module: str) -> None:
    """The constraint that roots have by default leaves versions that the module takes."""
    for name, bound in _bounds(module).items():
        if name in PROVIDERS:
            assert satisfiable(PROVIDERS[name].version, bound.text), f"{module}: {name}"


def _needed(module: str, provider: str) -> dict[str, str]:
    """What a module uses of which something is known, with the version that it is there from."""
    return {
        f"{kind}.{fact['path']}": fact["since"]
        for fact in FACTS
        if fact["provider"] == provider
        for kind, paths in used(module).items()
        if kind.startswith(f"{provider}_") and fact["type"] in ("*", kind)
        if not fact["path"] or fact["path"] in paths
    }


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


@pytest.mark.parametrize("module", MODULES)
def test_the_lower_bound_is_the_least_that_does_what_the_module_asks(module: str) -> None:
    """It is the highest of the versions since which what the module uses is there and right, no
    lower and no higher.
    """
    for name, bound in _bounds(module).items():
        needed = _needed(module, name)
        assert needed, f"{module}: no fact gives a reason for {name} {bound.least}"
        highest = max(needed.values(), key=_numbers)
        assert _numbers(bound.least) == _numbers(highest), f"{module}: {name}: {needed}"


def test_each_fact_is_of_something_that_a_module_uses() -> None:
    """A path that no module has any more, or a misspelt one, proves nothing."""
    idle = [
        fact
        for fact in FACTS
        if not any(
            fact["type"] in ("*", kind) and (not fact["path"] or fact["path"] in paths)
            for module in MODULES
            for kind, paths in used(module).items()
        )
    ]
    assert idle == []
    assert {fact["kind"] for fact in FACTS} == {"there", "right"}
    assert all(fact["why"] and fact["source"] for fact in FACTS)
