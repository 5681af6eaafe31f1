"""What a provider plans by its facts: defaults, what stays, what makes a new resource.

The facts stand in the blocks; see ``facts.combined``. Null, false, zero and empty are one and the
same here, as they are to the SDK that nearly all providers are written with.

Source: Terraform's plugin SDK version 2, helper/schema/schema.go (diff, finalizeDiff).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from generator.rehearsal.schema import Block
from generator.rehearsal.values import is_unknown, known

# Values of ``force_new`` that depend on what was there; see ``facts``.
WHEN_SET = "when set"
WHEN_REMOVED = "when removed"

Path = tuple[str | int, ...]
Value = Any


def nothing(value: Value) -> bool:
    """Whether a value is as good as none."""
    return value is None or (not is_unknown(value) and value in (False, 0, "", [], {}))


def settled(block: Block, planned: Value, prior: Value) -> Value:
    """``planned`` with defaults, and with what the provider keeps of ``prior``.

    Args:
        block: the schema, with facts.
        planned: what the configuration says, with what was computed before.
        prior: the state before; None where there is none.
    """
    if not isinstance(planned, dict):
        return planned
    before = prior if isinstance(prior, dict) else {}
    out = dict(planned)
    for name, attribute in block["attributes"].items():
        if out.get(name) is None:
            if "default" in attribute:
                out[name] = attribute["default"]
            elif attribute.get("removal_ignored"):
                out[name] = before.get(name)
    for name, nested in block["blocks"].items():
        stays = nested.get("optional_computed") or nested.get("removal_ignored")
        if stays and out.get(name) in (None, []):
            out[name] = before.get(name) or out.get(name)
        inner, earlier = out.get(name), before.get(name)
        if isinstance(inner, list):
            paired = nested["nesting"] == "list" and isinstance(earlier, list)
            pairs = zip_longest(inner, (earlier or [])[: len(inner)] if paired else [])
            out[name] = [settled(nested["block"], one, old) for one, old in pairs]
        elif isinstance(inner, dict):
            out[name] = settled(nested["block"], inner, earlier)
    return out


def replaced(block: Block, prior: Value, planned: Value, at: Path = ()) -> Iterator[Path]:
    """The paths whose change makes a new resource; none for a new or a destroyed one.

    Args:
        block: the schema, with facts.
        prior: the state before.
        planned: the state planned.
        at: where they stand.
    """
    if not isinstance(prior, dict) or not isinstance(planned, dict):
        return
    for name, attribute in block["attributes"].items():
        if _replaces(attribute.get("force_new"), prior.get(name), planned.get(name)):
            yield (*at, name)
    for name, nested in block["blocks"].items():
        before, after = prior.get(name), planned.get(name)
        if nested["nesting"] == "single":
            yield from replaced(nested["block"], before, after, (*at, name))
        elif nested["nesting"] == "list" and _as_many(before, after):
            for position, (old, new) in enumerate(zip(before or (), after or (), strict=True)):
                yield from replaced(nested["block"], old, new, (*at, name, position))
        elif _blocks_replace(nested, before or [], after if known(after) else None):
            yield (*at, name)


def _replaces(when: Value, before: Value, after: Value) -> bool:
    if not when or before == after or (nothing(before) and nothing(after)):
        return False
    if when == WHEN_SET:
        return not nothing(before)
    return when != WHEN_REMOVED or (not nothing(before) and nothing(after))


def _as_many(before: Value, after: Value) -> bool:
    both = isinstance(before, list) and isinstance(after, list)
    return both and len(before) == len(after)


def _blocks_replace(nested: Block, before: list[Value], after: list[Value] | None) -> bool:
    """Blocks of a set, or as many as were not there before: compare what forces a replacement."""
    if after is None or (nested.get("force_new") and len(before) != len(after)):
        return bool(nested.get("force_new"))
    essence = [sorted(_essence(nested["block"], one) for one in many) for many in (before, after)]
    return [text for text in essence[0] if text != "{}"] != [t for t in essence[1] if t != "{}"]


def _essence(block: Block, value: Value) -> str:
    """What of a block forces a replacement, as text."""
    found = {
        name: value.get(name)
        for name, attribute in block["attributes"].items()
        if attribute.get("force_new") is True and not nothing(value.get(name))
    }
    for name, nested in block["blocks"].items():
        inner = value.get(name)
        many = inner if isinstance(inner, list) else [inner] if isinstance(inner, dict) else []
        texts = sorted(_essence(nested["block"], one) for one in many)
        if any(text != "{}" for text in texts):
            found[name] = texts
    return json.dumps(found, sort_keys=True, default=str)
