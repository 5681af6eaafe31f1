"""Whether a manifest on disk is one that dativo may act on.

A tombstone is rendered from it and files are removed by it, so a manifest that somebody edited,
or merged badly, must not be able to put HCL into a file or to name a file of the user's. Nor may
it put there what no job could: another provider, a backend's credentials, a data source that
runs a program.
"""

from __future__ import annotations

import re
from typing import Any

from generator.files.names import MANIFEST
from generator.plan.backend_types import BACKENDS
from generator.plan.providers import PROVIDERS, Provider
from generator.render import stored

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*").fullmatch
_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch
_TEXT_KEYS = ("job", "tenant", "name", "environment")
_KEYS = frozenset((*_TEXT_KEYS, "version", "state", "terraform", "providers", "files", "retired"))
# Keys that most roots have no use for.
_SELDOM = frozenset(("data", "gone_with", "runtime", "leaving"))
_INSIDE = re.compile(r"module\.job(\.module\.[a-z][a-z0-9_]*)+").fullmatch
_TYPE = re.compile(r"[a-z][a-z0-9_]*").fullmatch
# The data sources that a provider is configured from, and what finds them.
_CLUSTERS = {
    "aws_eks_cluster": frozenset(("name", "region")),
    "google_container_cluster": frozenset(("name", "location", "project")),
    "azurerm_kubernetes_cluster": frozenset(("name", "resource_group_name")),
}
# Every file that dativo writes into a root beside the manifest.
GENERATED = (
    frozenset(
        ("terraform.tf", "backend.tf", "providers.tf", "variables.tf", "locals.tf", "main.tf")
    )
    | {"outputs.tf", "README.md", "data.tf", "removed.tf", "leaving.tf"}
    | {"dagster_job.py", "airflow_dag.py"}
)


def well_formed(document: dict[str, Any]) -> bool:
    """Whether a manifest has just the keys, and in each of them what dativo writes there."""
    return (
        document.keys() - _SELDOM == _KEYS
        and all(isinstance(document[key], str) for key in _TEXT_KEYS)
        and isinstance(document["retired"], bool)
        and _state(document["state"])
        and _reach(document)
        and _files(document["files"])
        and _is_type(document.get("runtime", ""))
        and _leaving(document.get("leaving", {}))
    )


def _reach(document: dict[str, Any]) -> bool:
    """What a root, or what it leaves, reaches its objects through."""
    return (
        _terraform(document["terraform"])
        and _providers(document["providers"])
        and _data(document.get("data", []))
        and _inside(document.get("gone_with", []))
    )


def _is_type(runtime: Any) -> bool:
    return isinstance(runtime, str) and (not runtime or _TYPE(runtime) is not None)


def _leaving(leaving: Any) -> bool:
    return leaving == {} or (
        _has(leaving, "terraform", "providers", "data", "gone_with") and _reach(leaving)
    )


def _state(state: Any) -> bool:
    return (
        _has(state, "type", "address", "arguments")
        and isinstance(state["address"], str)
        and isinstance(state["type"], str)
        and (row := BACKENDS.get(state["type"])) is not None
        and _arguments(state["arguments"])
        and state["arguments"].keys() <= {*row.required, *row.optional}
        and _arguments(state["arguments"].get("workspaces", {}))
    )


def _terraform(terraform: Any) -> bool:
    return (
        _has(terraform, "required_version", "required_providers")
        and isinstance(terraform["required_version"], str)
        and _named(terraform["required_providers"])
        and all(
            _has(entry, "source", "version")
            and name in PROVIDERS
            and entry["source"] == PROVIDERS[name].source
            and isinstance(entry["version"], str)
            for name, entry in terraform["required_providers"].items()
        )
    )


def _providers(providers: Any) -> bool:
    return _named(providers) and all(
        name in PROVIDERS and _provider(entry, PROVIDERS[name]) for name, entry in providers.items()
    )


def _provider(entry: Any, provider: Provider) -> bool:
    return (
        _has(entry, "arguments", "blocks")
        and _arguments(entry["arguments"])
        and entry["arguments"].keys() <= {*provider.arguments}
        and _named(entry["blocks"])
        and entry["blocks"].keys() <= provider.blocks.keys()
        and all(
            _arguments(block) and block.keys() <= {*provider.blocks[name]}
            for name, block in entry["blocks"].items()
        )
    )


def _files(files: Any) -> bool:
    return isinstance(files, dict) and all(
        (name in GENERATED and isinstance(digest, str) and _DIGEST(digest))
        or (name == MANIFEST and digest is None)
        for name, digest in files.items()
    )


def _data(data: Any) -> bool:
    return isinstance(data, list) and all(
        _has(one, "type", "name", "arguments")
        and all(isinstance(one[key], str) and _IDENTIFIER(one[key]) for key in ("type", "name"))
        and _named(one["arguments"])
        and one["arguments"].keys() <= _CLUSTERS.get(one["type"], frozenset())
        and all(isinstance(value, str) for value in one["arguments"].values())
        for one in data
    )


def _inside(addresses: Any) -> bool:
    return isinstance(addresses, list) and all(
        isinstance(address, str) and _INSIDE(address) for address in addresses
    )


def _arguments(value: Any) -> bool:
    return _named(value) and stored.well_formed(value)


def _named(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_IDENTIFIER, value))


def _has(value: Any, *keys: str) -> bool:
    return isinstance(value, dict) and set(value) == set(keys)
