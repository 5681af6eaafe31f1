"""Nothing stays behind when what it lives in is replaced under the same name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.rehearsal import facts
from generator.rehearsal.configuration import parse

MODULES = Path(__file__).parents[2] / "modules"
NAMES = sorted(path.parent.name for path in MODULES.glob("*/main.tf"))
REFERENCE = re.compile(r"\b(\w+)\.(\w+)(?:\[[^\]]*\])?\.(\w+)(?:\[[^\]]*\]\.(\w+))?")

Key = tuple[str, str]
Resources = dict[Key, dict[str, Any]]

# (module, what stays behind, the argument, what is replaced): why that is no loss.
EXCEPTIONS: dict[tuple[str, str, str, str], str] = {}


@cache
def _resources(module: str) -> Resources:
    found: Resources = {}
    for path in sorted((MODULES / module).glob("*.tf")):
        content = parse(str(path), ("resource",))
        assert content is not None, path
        for block in content.get("resource", []):
            for kind, named in block.items():
                for name, body in named.items():
                    found[kind.strip('"'), name.strip('"')] = body
    return found


def _arguments(body: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every argument with its text; what a dynamic block makes counts as the block."""
    if isinstance(body, list):
        for one in body:
            yield from _arguments(one, path)
    elif isinstance(body, dict):
        for name, inner in body.items():
            if name == "dynamic":
                for block in inner:
                    for label, made in block.items():
                        yield from _arguments(_content(made), f"{path}{label.strip(chr(34))}.")
            elif not name.startswith("__") and name != "lifecycle":
                yield from _arguments(inner, f"{path}{name}.")
    else:
        yield path.rstrip("."), str(body)


def _content(made: Any) -> list[Any]:
    return [one.get("content") for one in (made if isinstance(made, list) else [made])]


@cache
def _facts(kind: str) -> dict[str, Any]:
    said: dict[str, Any] = facts.load(kind.partition("_")[0])["resource"].get(kind, {})
    return said


def _forcing(key: Key, body: dict[str, Any]) -> dict[str, str]:
    """The arguments of a resource that force a replacement and are not constant."""
    return {
        path: text
        for path, text in _arguments(body)
        if "${" in text and _facts(key[0]).get(path, {}).get("force_new")
    }


def _left_behind(module: str) -> Iterator[tuple[tuple[str, str, str, str], set[str]]]:
    """What names another resource by text that survives its replacement, and what replaces that."""
    resources = _resources(module)
    for key, body in resources.items():
        own = _forcing(key, body)
        for argument, text in own.items():
            for kind, name, *steps in REFERENCE.findall(text):
                inside, attribute = resources.get((kind, name)), ".".join(filter(None, steps))
                if inside is None or attribute not in dict(_arguments(inside)):
                    continue  # what is not configured, such as an id, is another one afterwards
                causes = {
                    cause
                    for cause, value in _forcing((kind, name), inside).items()
                    if cause != attribute and value not in own.values()
                }
                if causes and f"{kind}.{name}" not in str(_triggers(body)):
                    yield (module, ".".join(key), argument, f"{kind}.{name}"), causes


def _triggers(body: dict[str, Any]) -> list[Any]:
    return [one.get("replace_triggered_by") for one in body.get("lifecycle", [])]


@pytest.mark.parametrize("module", NAMES)
def test_what_is_inside_a_thing_is_replaced_with_it(module: str) -> None:
    """By the providers' facts: for every argument that replaces a resource, whatever names that
    resource in an argument that would replace itself is replaced too: it has the same argument,
    refers to an id, or says ``replace_triggered_by``.
    """
    found = {where: causes for where, causes in _left_behind(module) if where not in EXCEPTIONS}
    assert found == {}


def test_exceptions_have_not_outlived_their_reason() -> None:
    """What was mended since is no longer listed."""
    assert set(EXCEPTIONS) <= {where for module in NAMES for where, _ in _left_behind(module)}


def test_the_walk_sees_what_it_should() -> None:
    """Several modules have resources inside others; none of them would be seen without facts."""
    forcing = {
        module: sum(len(_forcing(key, body)) for key, body in _resources(module).items())
        for module in NAMES
    }
    assert forcing["gcp-gke"] > 30
    assert forcing["azure-aks"] > 30
    assert all(forcing.values())
