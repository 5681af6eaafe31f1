"""What a change of a root would do to what is there: changed, replaced, and lost with it.

A resource is lost when it lives inside another one that is replaced and nothing tells Terraform so:
it names the other one in an argument that would force its own replacement, and the name stays the
same. The plan leaves it alone; in the cloud it goes with what it was in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from generator.rehearsal import facts
from generator.rehearsal.report import Change, Lost

REPLACED = (["delete", "create"], ["create", "delete"])
_REFERENCE = re.compile(r"(\w+\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)(?:\[0\]\.(\w+))?")


def change_of(name: str, plan: Mapping[str, Any]) -> Change:
    """Read a plan.

    Args:
        name: what was changed.
        plan: the answer of ``terraform show -json`` for it.
    """
    managed = [c for c in plan.get("resource_changes") or [] if c.get("mode") == "managed"]
    by_action = {
        action: tuple(c["address"] for c in managed if c["change"]["actions"] == [action])
        for action in ("update", "create", "delete")
    }
    replaced = [c for c in managed if c["change"]["actions"] in REPLACED]
    moved = {
        _plain(c["address"]) for c in managed if c["change"]["actions"][0] in ("create", "delete")
    }
    moved -= {
        _plain(c["address"]) for c in managed if c["change"]["actions"] in (["update"], ["no-op"])
    }
    return Change(
        name,
        updated=by_action["update"],
        replaced={c["address"]: tuple(sorted(_arguments(c))) for c in replaced},
        created=by_action["create"],
        destroyed=by_action["delete"],
        lost=tuple(_lost(plan, replaced, moved)),
    )


def _plain(address: str) -> str:
    """An address without the keys of its instances."""
    return re.sub(r"\[[^\]]*\]", "", address)


def _arguments(change: Mapping[str, Any]) -> Iterator[str]:
    for path in change["change"].get("replace_paths") or []:
        yield ".".join(str(step) for step in path)


def _lost(plan: Mapping[str, Any], replaced: list[Any], moved: set[str]) -> Iterator[Lost]:
    """What names something that is replaced, and is neither replaced nor new itself."""
    kept: dict[str, set[str]] = {}
    for change in replaced:
        before, after = (dict(_texts(change["change"][key] or {})) for key in ("before", "after"))
        same = {name for name, text in before.items() if text == after.get(name)}
        kept.setdefault(_plain(change["address"]), same).intersection_update(same)
    root = (plan.get("configuration") or {}).get("root_module") or {}
    for prefix, resource in _configured(root):
        address = prefix + resource["address"]
        if address in moved:
            continue
        for argument, reference in _references(resource.get("expressions") or {}):
            found = _REFERENCE.fullmatch(reference)
            inside = prefix + found[1] if found else ""
            name = ".".join(filter(None, found.groups()[1:])) if found else ""
            if name in kept.get(inside, ()) and _forces(resource["type"], argument):
                yield Lost(address, inside, argument)
                break


def _texts(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The text in a resource by name; what is in its single blocks as ``metadata.name``."""
    for name, inner in value.items():
        if isinstance(inner, str):
            yield name, inner
        elif isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], dict):
            yield from ((f"{name}.{n}", v) for n, v in inner[0].items() if isinstance(v, str))


def _configured(module: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for resource in module.get("resources") or []:
        if resource.get("mode") == "managed":
            yield prefix, resource
    for name, call in (module.get("module_calls") or {}).items():
        yield from _configured(call.get("module") or {}, f"{prefix}module.{name}.")


def _references(expressions: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each argument, with what it refers to."""
    if isinstance(expressions, list):
        for one in expressions:
            yield from _references(one, path)
    elif isinstance(expressions, dict):
        for reference in expressions.get("references") or []:
            yield path, reference
        for name, inner in expressions.items():
            if name not in ("references", "constant_value"):
                yield from _references(inner, f"{path}.{name}".lstrip("."))


def _forces(kind: str, argument: str) -> bool:
    """Whether another value of the argument would replace the resource."""
    said = _facts(kind.partition("_")[0])["resource"].get(kind, {})
    return bool(said.get(argument, {}).get("force_new"))


# Asked for every argument that names something: one file for all of a rehearsal.
@cache
def _facts(provider: str) -> Mapping[str, Any]:
    return facts.load(provider)
