"""What the providers' schemas say beyond types, and what their code adds to that.

``schemas/facts/NAME.json.gz`` (made by ``python -m scripts.provider_facts``) holds
``{"version", "resource": {type: {path: facts}}}`` for the types that the modules make. A path is
``template.template.containers``: names of blocks and an attribute, no positions. Facts:

- ``force_new``: another value makes a new resource; WHEN_SET: only where there was one before;
  WHEN_REMOVED: only where it is taken away
- ``default``: what stands there where the configuration says nothing
- ``optional_computed``: a block that stays as it is when the configuration takes it away
- ``removal_ignored``: the same for what is not computed; the provider sees no difference
- ``conflicts_with``, ``exactly_one_of``, ``at_least_one_of``, ``required_with``: paths with
  positions (``template.0.volumes``), as the provider resolves them
- ``max_items``, ``min_items``: numbers of blocks, or of elements of a list
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from typing import Any

from generator.rehearsal import schema
from generator.rehearsal.planning import WHEN_REMOVED, WHEN_SET

Facts = dict[str, dict[str, Any]]

FOLDER = os.path.join(schema.FOLDER, "facts")
REQUIREMENTS = ("exactly_one_of", "at_least_one_of", "required_with", "conflicts_with")
OF_A_VALUE = ("force_new", "default", "optional_computed", "removal_ignored")

# What no schema says: the provider decides it from the two values, when it plans.
# Source: CustomizeDiff in azurerm 5.2's resources of these names.
DECIDED: dict[str, dict[str, Any]] = {
    "azurerm_container_app_environment": {"workload_profile": True},
    "azurerm_kubernetes_cluster": {
        "api_server_access_profile.subnet_id": WHEN_REMOVED,
        "default_node_pool.name": True,
        "network_profile.network_data_plane": WHEN_SET,
        "network_profile.network_plugin": True,
        "network_profile.network_policy": WHEN_SET,
        "network_profile.pod_cidr": WHEN_SET,
        "network_profile.pod_cidrs": WHEN_SET,
        "oidc_issuer_enabled": WHEN_REMOVED,
    },
    "azurerm_kubernetes_cluster_node_pool": {
        "upgrade_settings.drain_timeout_in_minutes": WHEN_REMOVED,
    },
    "azurerm_log_analytics_workspace": {"sku": WHEN_SET},
}


def path_of(name: str) -> str:
    """The file with the facts of a provider."""
    return os.path.join(FOLDER, name + schema.SUFFIX)


def write(name: str, version: str, found: dict[str, Facts]) -> None:
    """Store the facts of a provider; the same facts give the same bytes."""
    whole = {"version": version, "resource": found}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    with open(path_of(name), "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.write(text.encode())


def load(name: str) -> dict[str, Any]:
    """The stored facts of a provider, with those of ``DECIDED``; no types where there are none."""
    if not os.path.exists(path_of(name)):
        return {"version": None, "resource": {}}
    with gzip.open(path_of(name)) as file:
        loaded: dict[str, Any] = json.load(file)
    for kind, replaced in DECIDED.items():
        for path, when in replaced.items() if kind in loaded["resource"] else ():
            loaded["resource"][kind].setdefault(path, {}).setdefault("force_new", when)
    return loaded


def combined(name: str) -> dict[str, Any]:
    """The stored schema of a provider, with its facts in the blocks and attributes.

    An attribute or nested block has ``OF_A_VALUE`` and ``max_items`` among its keys; the outermost
    block has ``requirements``: ``[fact, path, [paths]]`` each.
    """
    stored = schema.load(name)
    for kind, said in load(name)["resource"].items():
        block = stored["resource"].get(kind)
        if block:
            block["requirements"] = list(_requirements(said))
            for path, facts in said.items():
                _add(block, path.split("."), facts)
    return stored


def _requirements(said: Facts) -> Iterator[list[Any]]:
    for path, facts in sorted(said.items()):
        for fact in REQUIREMENTS:
            if fact in facts:
                yield [fact, path, facts[fact]]


def _add(block: schema.Block, path: list[str], facts: dict[str, Any]) -> None:
    """Facts of something that the stored schema, of another version, does not have are dropped."""
    *outer, last = path
    for name in outer:
        if name not in block["blocks"]:
            return
        block = block["blocks"][name]["block"]
    if last in block["attributes"]:
        target = block["attributes"][last]
        kept: tuple[str, ...] = (*OF_A_VALUE, "max_items", "min_items")
    elif last in block["blocks"]:
        target, kept = block["blocks"][last], (*OF_A_VALUE,)
        target["max"] = (
            facts.get("max_items", target["max"]) if target["nesting"] != "single" else 0
        )
        if target["min"]:
            target["min"] = facts.get("min_items", target["min"])
    else:
        return
    target.update({fact: facts[fact] for fact in kept if fact in facts})
