"""The digest of a plan: of all that a reviewer was shown of it, and of nothing else.

The plan's JSON is Terraform's (https://developer.hashicorp.com/terraform/internals/json-format).
What two plans of one change differ in is left out: the time, the version of the program, what was
read on the way, and attributes that stay as they are. So are sensitive values: nobody was shown
them, and from a digest of everything else a weak one could be guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from generator.errors import UsageError

_SENSITIVE, _UNKNOWN = {"": "sensitive"}, {"": "known after apply"}
_NOTHING = (["no-op"], ["read"])
# Attributes by which an object is told from another of its kind.
_IDENTITY = ("id", "arn", "self_link", "name")


class Change(NamedTuple):
    """What a plan does to one thing.

    Attributes:
        address: of the resource, or of an output.
        actions: as Terraform names them: create, update, delete, forget.
        digest: of what the plan shows of it.
    """

    address: str
    actions: tuple[str, ...]
    digest: str


class Planned(NamedTuple):
    """What a plan comes to.

    Attributes:
        digest: of all its changes.
        changes: of resources, by address.
        outputs: names of the outputs that change.
    """

    digest: str
    changes: tuple[Change, ...]
    outputs: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many resources are added, changed and destroyed, as Terraform counts them."""
        actions = [one.actions for one in self.changes]
        return (
            sum("create" in one for one in actions),
            sum("update" in one for one in actions),
            sum("delete" in one for one in actions),
        )


def planned(plan: Mapping[str, Any]) -> Planned:
    """The digest of a plan and what it does.

    Args:
        plan: what ``terraform show -json`` printed of it.

    Raises:
        UsageError: it is no plan, or one that did not come to its end.
    """
    if not str(plan.get("format_version", "")).startswith("1."):
        raise UsageError("that is not what terraform show -json prints of a plan")
    if plan.get("errored"):
        raise UsageError("the plan ended with errors: there is nothing to apply")
    changes = tuple(
        sorted(
            Change(str(one["address"]), tuple(one["change"]["actions"]), _digest(_shown(one)))
            for one in plan.get("resource_changes", ())
            if _counts(one)
        )
    )
    outputs = {
        name: _change(change)
        for name, change in sorted(plan.get("output_changes", {}).items())
        if change["actions"] not in _NOTHING
    }
    # What else a plan would do: what waits for a later plan, and actions of providers.
    more = {key: plan[key] for key in ("deferred_changes", "action_invocations") if plan.get(key)}
    whole = [[list(one) for one in changes], outputs, more]
    return Planned(_digest(whole), changes, tuple(outputs))


def _counts(resource: Mapping[str, Any]) -> bool:
    change = resource["change"]
    moved = "previous_address" in resource or "importing" in change
    return change["actions"] not in _NOTHING or moved


def _shown(resource: Mapping[str, Any]) -> dict[str, Any]:
    names = ("previous_address", "deposed", "provider_name", "type")
    shown = {name: resource[name] for name in names if name in resource}
    change = resource["change"]
    importing = {"importing": change["importing"]} if "importing" in change else {}
    return {**shown, **importing, **_change(change)}


def _change(change: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan shows of a change: its attributes that differ, before and after."""
    before = _masked(change.get("before"), change.get("before_sensitive"))
    after = _masked(change.get("after"), change.get("after_sensitive"))
    after = _with_unknown(after, change.get("after_unknown"))
    if change["actions"] in (["delete"], ["forget"]) and isinstance(before, dict):
        before = {name: before[name] for name in _IDENTITY if name in before}
    if isinstance(before, dict) and isinstance(after, dict):
        same = {name for name in before if name in after and before[name] == after[name]}
        before = {name: value for name, value in before.items() if name not in same}
        after = {name: value for name, value in after.items() if name not in same}
    paths = change.get("replace_paths", [])
    return {"actions": change["actions"], "before": before, "after": after, "replaces": paths}


def _masked(value: Any, sensitive: Any) -> Any:
    """A value with what is sensitive of it taken out; the two have one shape."""
    if sensitive is True:
        return _SENSITIVE
    if isinstance(value, dict) and isinstance(sensitive, dict):
        return {name: _masked(one, sensitive.get(name)) for name, one in value.items()}
    if isinstance(value, list) and isinstance(sensitive, list):
        marks = [*sensitive, *[None] * len(value)]
        return [_masked(one, mark) for one, mark in zip(value, marks, strict=False)]
    return value


def _with_unknown(value: Any, unknown: Any) -> Any:
    """A value with marks where Terraform knows it after the apply only."""
    if unknown is True:
        return _UNKNOWN
    if isinstance(unknown, dict) and isinstance(value, dict | None):
        known = value or {}
        marked = dict(_marks(known, unknown))
        return {**known, **marked} if value is not None or marked else value
    if isinstance(unknown, list) and isinstance(value, list | None):
        return [_with_unknown(one, mark) for one, mark in zip_longest(value or [], unknown)]
    return value


def _marks(known: Mapping[str, Any], unknown: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, mark in unknown.items():
        if mark not in (False, None, [], {}):
            yield name, _with_unknown(known.get(name), mark)


def _digest(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
