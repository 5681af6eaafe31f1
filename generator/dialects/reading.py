"""From the keys of a block, in whatever spelling, to their canonical places."""

from __future__ import annotations

from typing import Any

from generator.dialects.block import Block, Given, dotted
from generator.dialects.keys import Keys, children, keys, older, sections
from generator.dialects.spellings import Spelling
from generator.model.problems import shown
from generator.text.hints import suggest
from generator.yaml.data import value_at

# More than one of a group is a contradiction in itself, whatever the values.
EXCLUSIVE = (
    (
        "runtime.type",
        "runtime.platform",
        "compute.type",
        "compute_type",
        "runtime.compute_type",
        "runtime_environment.compute_type",
    ),
    ("network", "networking", "runtime.network", "runtime_environment.network"),
    ("terraform.backend", "terraform.backend_config"),
)

_THRESHOLDS = ("monitoring", "alerts", "thresholds")


def read(block: Block, data: dict[str, Any]) -> None:
    """Place everything that a block says.

    Args:
        block: takes the values, and the problems: unknown keys, contradictions.
        data: the block as written; not changed.
    """
    _exclusive(block, data)
    _mapping(block, data, ())


def _exclusive(block: Block, data: dict[str, Any]) -> None:
    for group in EXCLUSIVE:
        met = [path for path in map(keys, group) if value_at(data, path)[0] is not None]
        for path in met if len(met) > 1 else ():
            others = " and ".join(f'"{dotted(other)}"' for other in met if other != path)
            message = f'"{dotted(path)}" stands beside {others}, which is the same thing'
            block.error("conflict", message, path, "keep one of them", on_key=True)


def _mapping(block: Block, data: dict[str, Any], at: Keys) -> None:
    canonical = sections().get(at, frozenset())
    for key, value in data.items():
        path = (*at, key)
        spelling = older().get(path)
        if spelling is not None:
            _older(block, spelling, path, value)
        elif path in sections() or (path in children() and key not in canonical):
            if path not in sections():
                block.letters += _letters(path)
            _section(block, path, value)
        elif key in canonical:
            _canonical(block, path, value)
        elif at == _THRESHOLDS:
            _threshold(block, path)
        else:
            block.unknown(path, children()[at])


def _threshold(block: Block, path: Keys) -> None:
    """Thresholds were free text to earlier tools, which watched none of them."""
    known = children()[_THRESHOLDS]
    hint = suggest(path[-1], known, f"these are watched: {', '.join(sorted(known))}")
    block.warn("no-effect", f'"{dotted(path)}" has no effect: nothing watches it', path, hint)


def _letters(path: Keys) -> str:
    """The dialects that have a section of which nothing else is left."""
    found = {row.dialects for at, row in older().items() if at[: len(path)] == path}
    return "".join(sorted(set("".join(found))))


def _section(block: Block, path: Keys, value: Any) -> None:
    if isinstance(value, dict):
        _mapping(block, value, path)
        if not value and path in sections():
            block.put(path, {}, path)
    elif value is None:
        if path in sections():
            block.put(path, None, path)
    else:
        message = f'"{dotted(path)}" must be a mapping, got {shown(value)}'
        block.error("invalid-value", message, path)


def _canonical(block: Block, path: Keys, value: Any) -> None:
    """A canonical value. An open mapping may hold older keys: ``tags.custom``."""
    special = children().get(path, frozenset())
    if isinstance(value, dict) and not special.isdisjoint(value):
        rest = dict(value)
        nested = [name for name in special if isinstance(value.get(name), dict)]
        for name in nested:
            del rest[name]
        block.put(path, rest, path)
        for name in nested:
            _older(block, older()[*path, name], (*path, name), value[name])
        return
    block.put(path, value, path)


def _older(block: Block, spelling: Spelling, path: Keys, value: Any) -> None:
    block.letters += spelling.dialects
    target = spelling.canonical
    if target.startswith("/"):
        block.beside[target[1:]] = Given(value, path)
    elif target.startswith("*"):
        _fact(block, target[1:], Given(value, path))
    elif isinstance(value, dict) and (section := keys(target)) in sections():
        for key, item in value.items():
            if key in sections()[section]:
                block.put((*section, key), item, (*path, key))
            else:
                block.unknown((*path, key), sections()[section])
    else:
        block.put(keys(target), value, path)


def _fact(block: Block, name: str, given: Given) -> None:
    if given.value is None:
        return
    other = block.facts.setdefault(name, given)
    if other.value != given.value:
        block.differ(other.written, other.value, given.written, given.value)
