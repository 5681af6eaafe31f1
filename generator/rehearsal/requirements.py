"""What a provider refuses of a configuration by its facts, in the words of Terraform's plugin SDK.

Source: Terraform's plugin SDK version 2, helper/schema/schema.go (validate).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem
from generator.rehearsal.schema import Block
from generator.rehearsal.values import is_unknown, known

Value = Any


def unmet(block: Block, config: dict[str, Value]) -> Iterator[Problem]:
    """The conflicts, what is missing beside what is set, and lists that are too long or too short.

    Args:
        block: the schema of a resource, with facts.
        config: its configuration; what is unknown may still be left out.
    """
    given = _without_empty_blocks(block, config)
    for fact, path, others in block.get("requirements", ()):
        for key, value in _instances(given, path.split(".")):
            problem = _CHECKS[fact](key, value, others, given)
            if problem:
                yield problem
    yield from _counts(block, config, "")


def _without_empty_blocks(block: Block, value: Value) -> Value:
    """A configuration as the SDK sees it: no blocks are nothing, an empty list is something."""
    if not isinstance(value, dict):
        return value
    out = dict(value)
    for name, nested in block["blocks"].items():
        inner = value.get(name)
        if isinstance(inner, list):
            out[name] = [_without_empty_blocks(nested["block"], one) for one in inner] or None
    return out


def _instances(value: Value, path: list[str], at: str = "") -> Iterator[tuple[str, Value]]:
    """What stands at a path in each of the blocks that are there, with positions in the path."""
    name, *rest = path
    if not isinstance(value, dict):
        return
    if not rest:
        yield at + name, value.get(name)
        return
    inner = value.get(name)
    for position, one in enumerate(inner if isinstance(inner, list) else []):
        yield from _instances(one, rest, f"{at}{name}.{position}.")


def _get(config: Value, path: str) -> Value:
    """What is at a path with positions; None where that leads nowhere, as through no position."""
    for step in path.split("."):
        if step.isdigit():
            is_there = isinstance(config, list) and int(step) < len(config)
            config = config[int(step)] if is_there else None
        else:
            config = config.get(step) if isinstance(config, dict) else None
    return config


def _given(config: Value, path: str) -> bool:
    """Whether something is configured there."""
    return _get(config, path) is not None


def _conflicts(key: str, value: Value, others: list[str], config: Value) -> Problem | None:
    if value is None or not known(value):
        return None
    for other in others:
        if _given(config, other) and not is_unknown(_get(config, other)):
            return "Conflicting configuration arguments", f'"{key}": conflicts with {other}'
    return None


def _exactly_one(key: str, value: Value, others: list[str], config: Value) -> Problem | None:
    every = sorted({*others, key})
    unknown = [path for path in every if not known(_get(config, path))]
    given = [path for path in every if path not in unknown and _given(config, path)]
    listed = ",".join(every)
    if not given and not unknown:
        detail = f'"{key}": one of `{listed}` must be specified'
    elif len(given) > 1:
        told = ",".join(given)
        detail = f'"{key}": only one of `{listed}` can be specified, but `{told}` were specified.'
    else:
        return None
    return "Invalid combination of arguments", detail


def _at_least_one(key: str, value: Value, others: list[str], config: Value) -> Problem | None:
    every = sorted({*others, key})
    if any(_given(config, path) for path in every):
        return None
    detail = f'"{key}": one of `{",".join(every)}` must be specified'
    return "Missing required argument", detail


def _required_with(key: str, value: Value, others: list[str], config: Value) -> Problem | None:
    every = sorted({*others, key})
    if value is None or all(_given(config, path) for path in every):
        return None
    return "Missing required argument", f'"{key}": all of `{",".join(every)}` must be specified'


_CHECKS = {
    "at_least_one_of": _at_least_one,
    "conflicts_with": _conflicts,
    "exactly_one_of": _exactly_one,
    "required_with": _required_with,
}


def _counts(block: Block, value: dict[str, Value], at: str) -> Iterator[Problem]:
    """Lists of plain values; Terraform itself counts blocks."""
    for name, attribute in block["attributes"].items():
        found = value.get(name)
        most, least = attribute.get("max_items", 0), attribute.get("min_items", 0)
        if not isinstance(found, list):
            continue
        where, declared = f"Attribute {at}{name}", f"{len(found)} declared."
        if most and len(found) > most:
            told = f"{where} supports {most} item maximum, but config has {declared}"
            yield "Too many list items", told
        elif len(found) < least:
            told = f"{where} requires {least} item minimum, but config has only {declared}"
            yield "Not enough list items", told
    for name, nested in block["blocks"].items():
        inner = value.get(name)
        for position, one in enumerate(inner if isinstance(inner, list) else []):
            if isinstance(one, dict):
                yield from _counts(nested["block"], one, f"{at}{name}.{position}.")
