"""Whether a manifest on disk is one that dativo may act on.

A tombstone is rendered from it and files are removed by it, so a manifest that somebody edited,
or merged badly, must not be able to put HCL into a file or to name a file of the user's.
"""

from __future__ import annotations

import re
from typing import Any

from generator.render import stored

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*").fullmatch
_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch
_TEXT_KEYS = ("job", "tenant", "name", "environment")
_KEYS = frozenset((*_TEXT_KEYS, "version", "state", "terraform", "providers", "files", "retired"))
# Keys that most roots have no use for.
_SELDOM = frozenset(("data", "gone_with"))
_INSIDE = re.compile(r"module\.job(\.module\.[a-z][a-z0-9_]*)+").fullmatch
# Every file that dativo writes into a root beside the manifest.
GENERATED = frozenset(
    ("terraform.tf", "backend.tf", "providers.tf", "variables.tf", "locals.tf", "main.tf")
) | {"outputs.tf", "README.md", "data.tf", "removed.tf", "dagster_job.py", "airflow_dag.py"}


def well_formed(document: dict[str, Any]) -> bool:
    """Whether a manifest has just the keys, and in each of them what dativo writes there."""
    return (
        document.keys() - _SELDOM == _KEYS
        and all(isinstance(document[key], str) for key in _TEXT_KEYS)
        and isinstance(document["retired"], bool)
        and _state(document["state"])
        and _terraform(document["terraform"])
        and _providers(document["providers"])
        and _files(document["files"])
        and _data(document.get("data", []))
        and _inside(document.get("gone_with", []))
    )


def _state(state: Any) -> bool:
    return (
        _has(state, "type", "address", "arguments")
        and isinstance(state["address"], str)
        and isinstance(state["type"], str)
        and _IDENTIFIER(state["type"]) is not None
        and _arguments(state["arguments"])
        and _arguments(state["arguments"].get("workspaces", {}))
    )


def _terraform(terraform: Any) -> bool:
    return (
        _has(terraform, "required_version", "required_providers")
        and isinstance(terraform["required_version"], str)
        and _named(terraform["required_providers"])
        and all(
            _has(entry, "source", "version") and all(isinstance(v, str) for v in entry.values())
            for entry in terraform["required_providers"].values()
        )
    )


def _providers(providers: Any) -> bool:
    return _named(providers) and all(
        _has(entry, "arguments", "blocks")
        and _arguments(entry["arguments"])
        and _named(entry["blocks"])
        and all(_arguments(block) for block in entry["blocks"].values())
        for entry in providers.values()
    )


def _files(files: Any) -> bool:
    return isinstance(files, dict) and all(
        (name in GENERATED and isinstance(digest, str) and _DIGEST(digest))
        or (name == ".dativo.json" and digest is None)
        for name, digest in files.items()
    )


def _data(data: Any) -> bool:
    return isinstance(data, list) and all(
        _has(one, "type", "name", "arguments")
        and all(isinstance(one[key], str) and _IDENTIFIER(one[key]) for key in ("type", "name"))
        and _arguments(one["arguments"])
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
