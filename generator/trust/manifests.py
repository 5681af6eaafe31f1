"""The manifest of a root whose job is gone: its tombstone may name no more than a job may.

A manifest is a file that anybody may edit, and says with which providers, on which state, what a
root made is destroyed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import KeyPath, Location, Problem
from generator.job.project import Project
from generator.trust.backends import ARGUMENTS
from generator.trust.rule import forbidden
from generator.trust.scope import Rules, rules_for
from generator.trust.spelling import command_allowed
from generator.yaml.data import texts

# What arguments of providers name; those of nested blocks by block and argument.
_OF_PROVIDERS = {
    "aws.assume_role.role_arn": "identities",
    "aws.endpoints": "endpoints",
    "azurerm.ado_pipeline_service_connection_id": "identities",
    "azurerm.client_id": "identities",
    "azurerm.metadata_host": "endpoints",
    "azurerm.oidc_token_file_path": "files",
    "databricks.host": "databricks",
    "google.impersonate_service_account": "identities",
    "google.impersonate_service_account_delegates": "identities",
    "kubernetes.host": "clusters",
}
_CUSTOM = "_custom_endpoint"


def of_manifest(
    project: Project, file: str, names: tuple[str, str, str], held: Mapping[str, Any]
) -> Iterator[Problem]:
    """What a manifest names that dativo.yaml does not trust a job with.

    What stands in dativo.yaml word for word is trusted.

    Args:
        project: the repository.
        file: the manifest, below the project folder.
        names: tenant, environment and job.
        held: its ``state`` and ``providers``, as it has them.
    """
    rules = rules_for(project.settings.trust, *names)
    if not rules.of:
        return
    said = {text for _, text in texts(project.document)}
    at = Location(file)
    yield from _state(held["state"], rules, said, "/".join(names[:3]), at)
    for name, block in held["providers"].items():
        body = {**block["arguments"], **block["blocks"]}
        for path, text in texts(body, (name,)):
            if text not in said and "reference" not in path and path[1:2] != ("exec",):
                yield from _argument(path, text, rules, at)
        for program in _each(body.get("exec")):
            yield from _command(program, rules, said, at)


def _state(
    state: Mapping[str, Any], rules: Rules, said: set[str], identity: str, at: Location
) -> Iterator[Problem]:
    arguments = dict(state["arguments"])
    rule = rules.of.get("backends")
    foreign = {
        ".".join(str(key) for key in path if isinstance(key, str)): text
        for path, text in texts(arguments)
        if text not in said
    }
    own = {name: text for name, text in foreign.items() if name not in _BY_IDENTITY}
    keys = [text for name, text in foreign.items() if name in _BY_IDENTITY]
    usual = not own and all(identity in text or _flat(identity) in text for text in keys)
    if rule is not None and not usual and not rule.allows(state["address"]):
        yield forbidden(rule, f'the state "{state["address"]}"', at)
    for name, text in foreign.items():
        found = rules.of.get(ARGUMENTS.get(name, ""))
        if found is not None and not found.allows(text):
            yield forbidden(found, f'"{name}" of the backend, "{text}",', at)


_BY_IDENTITY = frozenset(("key", "prefix", "path", "workspaces.name"))


def _flat(identity: str) -> str:
    return identity.replace("/", "-")


def _argument(path: KeyPath, text: str, rules: Rules, at: Location) -> Iterator[Problem]:
    name = ".".join(str(key) for key in path if isinstance(key, str))
    kind = _OF_PROVIDERS.get(name) or _OF_PROVIDERS.get(name.rpartition(".")[0])
    if kind is None and name.startswith("google.") and name.endswith(_CUSTOM):
        kind = "endpoints"
    rule = rules.of.get(kind or "")
    if rule is not None and not rule.allows(text):
        yield forbidden(rule, f'"{name}", "{text}",', at)


def _command(
    program: Mapping[str, Any], rules: Rules, said: set[str], at: Location
) -> Iterator[Problem]:
    rule = rules.of.get("commands")
    words = [text for _, text in texts(dict(program)) if text not in said]
    if rule is None or not words or not isinstance(program.get("command"), str):
        return
    arguments = [str(word) for word in program.get("args") or []]
    variables = program.get("env") or {}
    if not command_allowed(rule.patterns, program["command"], arguments, variables):
        line = " ".join((program["command"], *arguments))
        yield forbidden(rule, f'the command "{line}"', at)


def _each(blocks: Any) -> list[Mapping[str, Any]]:
    many = blocks if isinstance(blocks, list) else [blocks]
    return [block for block in many if isinstance(block, dict)]
