"""Whether a manifest on disk is one that dativo may act on.

A tombstone is rendered from it and files are removed by it, so a manifest that somebody edited,
or merged badly, must not be able to put HCL into a file or to name a file of the user's. Nor may
it put there what no job could: another provider, a backend's credentials, a data source that
runs a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from generator.files.names import MANIFEST, NEEDS_FILE, ROOT_LOCK
from generator.plan.backend_types import BACKENDS
from generator.plan.providers import PROVIDERS, Provider
from generator.render import stored

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*").fullmatch
_DIGEST = re.compile(r"[0-9a-f]{64}").fullmatch
_INSIDE = re.compile(r"module\.job(\.module\.[a-z][a-z0-9_]*)+").fullmatch
_FOLDER = re.compile(r"(?!.*(^|/)\.{0,2}/)[^/].*(/[A-Za-z0-9][A-Za-z0-9_-]*){3}").fullmatch
_REGION = re.compile(r"[a-z0-9-]*").fullmatch
_TYPE = re.compile(r"(?:[a-z][a-z0-9_]*)?").fullmatch
# Keys that most roots have no use for, and what they say where they are left out.
SELDOM: dict[str, Any] = {
    "data": [],
    "gone_with": [],
    "runtime": "",
    "leaving": {},
    "sticky": [],
    "needs": {},
    "region": "",
}
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
    | {"outputs.tf", NEEDS_FILE, "README.md", "data.tf", "removed.tf", "leaving.tf"}
    | {"dagster_job.py", "airflow_dag.py"}
)


def well_formed(document: dict[str, Any]) -> bool:
    """Whether a manifest has just the keys, and in each of them what dativo writes there."""
    return _fits({**SELDOM, **document}, _MANIFEST)


def _fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape.

    A shape is a type; a mapping, for one with just these keys; a list of one shape, for a list of
    such; or a function that tells.
    """
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(_fits(value[key], item) for key, item in shape.items())
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(item, shape[0]) for item in value)
    return isinstance(value, shape) if isinstance(shape, type) else bool(shape(value))


def _text(pattern: Callable[[str], object]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and bool(pattern(value))


def _state(state: Any) -> bool:
    return (
        _fits(state, {"type": str, "address": str, "arguments": _arguments})
        and (row := BACKENDS.get(state["type"])) is not None
        and state["arguments"].keys() <= {*row.required, *row.optional}
        and _arguments(state["arguments"].get("workspaces", {}))
    )


def _required(providers: Any) -> bool:
    return _named(providers) and all(
        _fits(entry, {"source": str, "version": str})
        and name in PROVIDERS
        and entry["source"] == PROVIDERS[name].source
        for name, entry in providers.items()
    )


def _providers(providers: Any) -> bool:
    return _named(providers) and all(
        name in PROVIDERS and _provider(entry, PROVIDERS[name]) for name, entry in providers.items()
    )


def _provider(entry: Any, provider: Provider) -> bool:
    return (
        _fits(entry, {"arguments": _arguments, "blocks": _named})
        and entry["arguments"].keys() <= provider.arguments
        and entry["blocks"].keys() <= provider.blocks.keys()
        and all(
            _block(block, provider.blocks[name])
            for name, blocks in entry["blocks"].items()
            for block in (blocks if isinstance(blocks, list) else [blocks])
        )
    )


def _block(block: Any, arguments: frozenset[str]) -> bool:
    return _arguments(block) and block.keys() <= arguments


def _files(files: Any) -> bool:
    return isinstance(files, dict) and all(
        (name in (*GENERATED, ROOT_LOCK) and _fits(digest, _text(_DIGEST)))
        or (name == MANIFEST and digest is None)
        for name, digest in files.items()
    )


def _source(one: Any) -> bool:
    return (
        _fits(one, {"type": _text(_IDENTIFIER), "name": _text(_IDENTIFIER), "arguments": _named})
        and one["arguments"].keys() <= _CLUSTERS.get(one["type"], frozenset())
        and all(isinstance(value, str) for value in one["arguments"].values())
    )


def _needs(needs: Any) -> bool:
    return isinstance(needs, dict) and all(
        _FOLDER(folder) and _fits(outputs, [_text(_IDENTIFIER)])
        for folder, outputs in needs.items()
    )


def _arguments(value: Any) -> bool:
    return _named(value) and stored.well_formed(value)


def _named(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_IDENTIFIER, value))


# What a root, or what it leaves, reaches its objects through.
_REACH = {
    "terraform": {"required_version": str, "required_providers": _required},
    "providers": _providers,
    "data": [_source],
    "gone_with": [_text(_INSIDE)],
}
_MANIFEST = {
    **dict.fromkeys(("job", "tenant", "name", "environment"), str),
    **_REACH,
    "version": int,
    "state": _state,
    "files": _files,
    "retired": bool,
    "runtime": _text(_TYPE),
    "sticky": [_text(_IDENTIFIER)],
    "region": _text(_REGION),
    "needs": _needs,
    "leaving": lambda leaving: leaving == {} or _fits(leaving, _REACH),
}
