"""Inputs and tags as a Pulumi stack's configuration: ``Pulumi.<stack>.yaml``.

Sources: Pulumi "Configuration" (structured values, namespaced keys, ``secure``), "Pulumi.yaml
project file" (names), and the ``config`` of the providers aws, gcp and azure-native.
"""

from __future__ import annotations

import re
from typing import Any

from generator.errors import Location, Problems, UsageError
from generator.exports.inputs import inputs_of
from generator.exports.job_root import JobRoot
from generator.model.infrastructure import Infrastructure
from generator.text.characters import in_line
from generator.yaml.write import block

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}").fullmatch


def configuration(job_root: JobRoot, namespace: str | None = None) -> dict[str, Any]:
    """Configuration key to value: ``<namespace>:<input>``, and what the provider needs.

    Inputs keep their names. What is null is left out, in objects too: a program then asks for
    a value that is not there, and gets its own default.

    Args:
        job_root: the root.
        namespace: the Pulumi project; the job's name unless given.

    Raises:
        InputError: a value that Pulumi would take for an encrypted one.
        UsageError: the namespace is no name of a Pulumi project.
    """
    prefix = namespace if namespace is not None else job_root.loaded.job.name
    if not _NAME(prefix):
        raise UsageError(f"{prefix}: not the name of a Pulumi project")
    found = _provider(job_root)
    problems = Problems()
    for name, value in inputs_of(job_root).values.items():
        if value is None:
            continue
        plain = _without_nulls(value)
        if _looks_encrypted(plain):
            message = (
                f'Pulumi takes the input "{name}" for an encrypted value, for its key "secure"'
            )
            problems.error("pulumi", message, Location(job_root.loaded.file))
        found[f"{prefix}:{name}"] = plain
    problems.raise_any()
    return found


def render(job_root: JobRoot, namespace: str | None = None) -> str:
    """The file's text; arguments and errors as ``configuration``."""
    head = f"# Stack configuration of {in_line(job_root.loaded.file)}\n"
    return head + block({"config": configuration(job_root, namespace)})


def _provider(job_root: JobRoot) -> dict[str, Any]:
    """The configuration of the cloud's provider; Azure's has no default tags."""
    written: Infrastructure = job_root.loaded.job.infrastructure
    account, tags = written.account, job_root.tags.as_map()
    arguments = job_root.plan.providers[0].arguments
    region = arguments.get("region", written.region)
    found: dict[str, Any]
    if written.provider == "aws":
        found = {"aws:region": region, "aws:defaultTags": {"tags": tags}}
        if account.account_id:
            found["aws:allowedAccountIds"] = [account.account_id]
    elif written.provider == "gcp":
        found = {"gcp:project": account.project_id, "gcp:region": region}
        found["gcp:defaultLabels"] = tags
    else:
        found = {
            "azure-native:location": region,
            "azure-native:subscriptionId": account.subscription_id,
        }
    return {key: value for key, value in found.items() if value is not None}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _looks_encrypted(value: Any) -> bool:
    if isinstance(value, dict):
        return list(value) == ["secure"] or any(map(_looks_encrypted, value.values()))
    return isinstance(value, list) and any(map(_looks_encrypted, value))
