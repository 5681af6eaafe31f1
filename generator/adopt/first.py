"""A job that says all that a hand-written root does, as fields where there are some."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.adopt.inverse import fields_of
from generator.adopt.root import Root, Unknown
from generator.adopt.sources import as_in_settings
from generator.adopt.waiting import as_in_job
from generator.errors import KeyPath
from generator.job.project import Project
from generator.model.account import Account
from generator.model.runtime_types import Cloud
from generator.plan.runtimes.runtime import RuntimeSpec

BACKEND: KeyPath = ("infrastructure", "terraform", "backend")
MODULE: KeyPath = ("infrastructure", "terraform", "module")
_TAGS: KeyPath = ("infrastructure", "tags")
# What a cloud's provider calls otherwise than a job's account.
_ACCOUNT: dict[str, dict[str, str]] = {
    "aws": {"allowed_account_ids": "account_id"},
    "google": {"project": "project_id"},
    "azurerm": {},
}
_ORDER = ("provider", "iac", "region", "account", "runtime", "orchestrator", "network", "storage")


class Identity(NamedTuple):
    """Who the job is, and what runs it."""

    tenant: str
    environment: str
    name: str
    cloud: Cloud
    region: str
    runtime: RuntimeSpec


def first(project: Project, theirs: Root, folder: str, who: Identity, own: bool) -> dict[str, Any]:
    """Everything that the root says, as fields where there are some."""
    document: dict[str, Any] = {
        "tenant_id": who.tenant,
        "environment": who.environment,
        "name": who.name,
    }
    inputs = {
        name: as_in_job(written.value)
        for name, written in theirs.arguments.items()
        if not is_unknown(written.value)
    }
    fields = {} if own else fields_of(who.runtime, inputs)
    if ("schedule",) in fields:
        document["schedule"] = fields.pop(("schedule",))
    put(document, ("infrastructure", "provider"), who.cloud)
    put(document, ("infrastructure", "region"), who.region)
    for path, value in _account(theirs):
        put(document, path, value)
    put(document, ("infrastructure", "runtime", "type"), who.runtime.type)
    for path, value in fields.items():
        put(document, path, value)
    for key, value in _tags(theirs).items():
        put(document, (*_TAGS, key), as_in_job(_as_required(project, key, value)))
    if own:
        put(document, (*MODULE, "source"), as_in_settings(project, theirs.source, folder))
        if theirs.version is not None:
            put(document, (*MODULE, "version"), theirs.version)
        for name, value in inputs.items():
            put(document, (*MODULE, "inputs", name), _mapping(name, value, theirs))
    named = theirs.arguments.get("name")
    if not own and named is not None and isinstance(named.value, str) and named.value != who.name:
        put(document, ("infrastructure", "terraform", "resource_name"), as_in_job(named.value))
    if theirs.backend is not None and not theirs.imports:
        kind, arguments = theirs.backend.value
        known = {k: as_in_job(v) for k, v in arguments.items() if not is_unknown(v)}
        put(document, BACKEND, {"type": kind, **known})
    _in_order(document)
    return document


def _in_order(document: dict[str, Any]) -> None:
    infrastructure = document["infrastructure"]
    keys = sorted(
        infrastructure,
        key=lambda key: (
            _ORDER.index(key) if key in _ORDER else len(_ORDER) + (key == "terraform")
        ),
    )
    document["infrastructure"] = {key: infrastructure[key] for key in keys}


def is_unknown(value: Any) -> bool:
    """Whether a value, or a part of it, is known only to Terraform."""
    if isinstance(value, dict):
        return any(map(is_unknown, value.values()))
    return isinstance(value, Unknown) or (isinstance(value, list) and any(map(is_unknown, value)))


def _account(theirs: Root) -> Iterator[tuple[KeyPath, Any]]:
    for provider, others in _ACCOUNT.items():
        said = theirs.providers[provider].value if provider in theirs.providers else {}
        for argument, value in said.items():
            field = others.get(argument, argument)
            if field not in Account.model_fields or is_unknown(value):
                continue
            several = argument in others and isinstance(value, list)
            if several and len(value) != 1:
                continue
            yield ("infrastructure", "account", field), as_in_job(value[0] if several else value)
    if "resource_group_name" in theirs.arguments:
        value = theirs.arguments["resource_group_name"].value
        yield ("infrastructure", "account", "resource_group"), as_in_job(value)
    if "databricks" in theirs.providers:
        host = theirs.providers["databricks"].value.get("host")
        if isinstance(host, str):
            yield ("infrastructure", "databricks", "host"), as_in_job(host)


def _tags(theirs: Root) -> dict[str, Any]:
    """The tags of the root: those that the module is given, else those of the provider."""
    given = theirs.arguments
    own = given["tags"] if "tags" in given else given.get("labels")
    candidates = [] if own is None else [own.value]
    for provider in theirs.providers.values():
        candidates.append(provider.value.get("default_tags", {}).get("tags"))
        candidates.append(provider.value.get("default_labels"))
    found: dict[str, Any] = {}
    for tags in candidates:
        if isinstance(tags, dict) and not is_unknown(tags):
            found = {**tags, **found}
    return found


def _as_required(project: Project, key: str, value: Any) -> Any:
    """A tag in capitals where the policy wants them: labels of Google Cloud have none."""
    for name, rule in (project.settings.tags.required or {}).items():
        pattern = rule.pattern if rule is not None else None
        if pattern is None or not isinstance(value, str) or _word(name) != _word(key):
            continue
        with contextlib.suppress(re.error):
            if not re.fullmatch(pattern, value) and re.fullmatch(pattern, value.upper()):
                return value.upper()
    return value


def _word(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _mapping(name: str, value: Any, theirs: Root) -> Any:
    """What ``terraform.module.inputs`` says of an input."""
    sources = {"name": "name", "tenant": "tenant_id", "environment": "environment", "tags": "tags"}
    if name in sources:
        return sources[name]
    tags = _tags(theirs)
    return "tags" if isinstance(value, dict) and value and value == tags else {"literal": value}


def put(document: dict[str, Any], path: KeyPath, value: Any) -> None:
    """Set a value, with the mappings that lead to it."""
    holder: Any = document
    for key in path[:-1]:
        holder = holder.setdefault(key, {})
    holder[path[-1]] = value
