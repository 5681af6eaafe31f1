"""Whether a root becomes another one under its state: another runtime, cluster, account, host.

Terraform looks for what a state names through the providers of the configuration. Where they
lead elsewhere it finds nothing, forgets the objects and makes new ones: the old job goes on
running, and nothing remembers it. Where a provider is gone it cannot even plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.errors import KeyPath
from generator.render.manifest import Manifest

_HERE: KeyPath = ("infrastructure",)
_TYPE: KeyPath = (*_HERE, "runtime", "type")
_CLUSTER: KeyPath = (*_HERE, "runtime", "cluster_name")
_KUBERNETES = "kubernetes"
# Provider, and its argument, to what people call it and the job's field.
_DESTINATIONS: dict[str, dict[str, tuple[str, KeyPath]]] = {
    "aws": {
        "allowed_account_ids": ("account", (*_HERE, "account", "account_id")),
        "region": ("region", (*_HERE, "region")),
    },
    "azurerm": {"subscription_id": ("subscription", (*_HERE, "account", "subscription_id"))},
    "databricks": {"host": ("Databricks host", (*_HERE, "databricks", "host"))},
    "google": {
        "project": ("project", (*_HERE, "account", "project_id")),
        "region": ("region", (*_HERE, "region")),
    },
}
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):role/.+").fullmatch
_CLOUD_PROVIDERS = ("aws", "azurerm", "google")
_OWN_CLUSTER = "a cluster of the job's own"


class Step(NamedTuple):
    """One thing that becomes another: what people call it, from, to, and the job's field."""

    what: str
    old: str
    new: str
    path: KeyPath

    def __str__(self) -> str:
        """As it stands in a sentence."""
        return f"its {self.what} from {self.old} to {self.new}"


class RuntimeChange(NamedTuple):
    """What becomes of a root's former self.

    Attributes:
        steps: what changes; empty where nothing does.
        at_once: one apply destroys the old and makes the new; otherwise the same provider would
            have to lead to two destinations, or a `removed` block to name what is still there.
        leaving: what has to be kept for that apply, as in ``Manifest.leaving``; may be empty.
    """

    steps: tuple[Step, ...]
    at_once: bool
    leaving: dict[str, Any]


def change_of(old: Manifest, new: Manifest) -> RuntimeChange:
    """Compare a root with what it is about to become.

    What only one of the two says is no change: an account that is named for the first time.

    Args:
        old: as it is on disk; what it still leaves counts as its own.
        new: as the job asks for it.
    """
    before = old.whole()
    destinations = tuple(_destinations(before, new))
    steps = list(destinations)
    if old.runtime and new.runtime and old.runtime != new.runtime:
        steps.insert(0, Step("runtime.type", old.runtime, new.runtime, _TYPE))
    leaving = _leaving(before, new, any(step.path == _CLUSTER for step in destinations))
    kept = {*before.gone_with} & {*new.gone_with}
    if not steps and _more(leaving, old.leaving):
        gone = " and ".join(sorted({*leaving["providers"]} - {*old.leaving.get("providers", ())}))
        steps.append(Step("providers", gone or "those it has", "others", _TYPE))
    return RuntimeChange(tuple(steps), not destinations and not (steps and kept), leaving)


def _destinations(before: Manifest, new: Manifest) -> Iterator[Step]:
    """Where a provider that stays would lead elsewhere."""
    for name, provider in sorted(before.providers.items()):
        if name not in new.terraform["required_providers"]:
            continue
        if name == _KUBERNETES:
            old_cluster = _cluster(provider, before.data)
            new_cluster = _cluster(new.providers.get(name), new.data)
            if _differ(old_cluster, new_cluster):
                shown = _shown(old_cluster, new_cluster), _shown(new_cluster, old_cluster)
                yield Step("cluster", *shown, _CLUSTER)
            continue
        for argument, (what, path) in _DESTINATIONS[name].items():
            old_value = _leads_to(provider, argument)
            new_value = _leads_to(new.providers.get(name, {}), argument)
            if None not in (old_value, new_value) and old_value != new_value:
                yield Step(what, _text(old_value), _text(new_value), path)


def _leads_to(provider: Mapping[str, Any], argument: str) -> Any:
    """Where an argument leads; the account that none names is that of the role it assumes."""
    given = provider.get("arguments", {}).get(argument)
    if given is not None or argument != "allowed_account_ids":
        return given
    roles = provider.get("blocks", {}).get("assume_role", [])
    last = roles[-1] if isinstance(roles, list) and roles else roles
    found = _ROLE(str(last["role_arn"])) if last else None
    return [found[1]] if found else None


def _cluster(provider: Mapping[str, Any] | None, data: Any) -> dict[str, str]:
    """What a provider of Kubernetes finds its cluster by; nothing for one that the root makes."""
    if provider is None:
        return {}
    host = provider["arguments"].get("host")
    if isinstance(host, str):
        return {"name": host.rstrip("/")}
    for one in data:
        if f"data.{one['type']}.{one['name']}." in str(host):
            return {"type": one["type"], **one["arguments"]}
    return {}


def _differ(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether two clusters are not the same, by all that both say."""
    if not old or not new or old.get("type") != new.get("type"):
        return dict(old) != dict(new)
    return any(old[key] != new[key] for key in old.keys() & new.keys())


def _shown(cluster: Mapping[str, str], other: Mapping[str, str]) -> str:
    """A cluster's name, with where it is if the other one has the same name."""
    name = cluster.get("name", _OWN_CLUSTER)
    if name != other.get("name"):
        return name
    where = [
        v for k, v in sorted(cluster.items()) if k not in ("name", "type") and v != other.get(k)
    ]
    return f"{name} in {' '.join(where)}" if where else name


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _leaving(before: Manifest, new: Manifest, other_cluster: bool) -> dict[str, Any]:
    """The part of what a root held that its new self lacks."""
    stays = new.terraform["required_providers"]
    providers = {name: body for name, body in before.providers.items() if name not in stays}
    if other_cluster and before.data:
        # The cloud was there to look the old cluster up, which nothing does any more.
        providers = {name: body for name, body in providers.items() if name not in _CLOUD_PROVIDERS}
    data = before.data if _KUBERNETES in providers else ()
    gone_with = [address for address in before.gone_with if address not in new.gone_with]
    if not providers and not gone_with:
        return {}
    required = before.terraform["required_providers"]
    return {
        "terraform": {
            "required_version": before.terraform["required_version"],
            "required_providers": {name: required[name] for name in providers if name in required},
        },
        "providers": providers,
        "data": list(data),
        "gone_with": gone_with,
    }


def _more(leaving: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether something is left that was not left already."""
    return any(
        not {*leaving.get(key, ())} <= {*before.get(key, ())} for key in ("providers", "gone_with")
    )
