"""Which cloud a job is for, and which tool deploys it, where ``provider`` says the one or other.

A cloud is inferred from hard evidence only: identifiers that one cloud alone has. Free text,
tags and the address of a module prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.dialects.block import Block, dotted, filled
from generator.dialects.names import TOOLS
from generator.dialects.runtimes import cloud_of
from generator.errors import KeyPath
from generator.model.runtime_types import CLOUDS
from generator.yaml.data import texts

_IAC = frozenset(("cloudformation", "pulumi", "manual"))
_EVIDENCE = (
    (
        "aws",
        re.compile(
            r"arn:aws[a-z-]*:|s3a?://|\bamazonaws\.com\b|\.cloud\.databricks\.com\b"
            r"|^(?:vpc|subnet|sg)-(?=[0-9a-z]*[0-9])[0-9a-z]{4,}$"
        ),
    ),
    (
        "gcp",
        re.compile(
            r"(?:^|/)projects/[^/\s]+/|\bgs://|@[a-z0-9.-]+\.gserviceaccount\.com\b"
            r"|\.gcp\.databricks\.com\b"
        ),
    ),
    ("azure", re.compile(r"(?i)^/subscriptions/|\.azuredatabricks\.net\b")),
)
# Names of machines, where a machine is named.
_MACHINES = (
    (
        "aws",
        re.compile(
            r"[a-z]+[0-9][a-z0-9-]*\.(?:nano|micro|small|medium|large|[0-9]*xlarge|metal.*)"
        ),
    ),
    ("gcp", re.compile(r"[a-z][0-9][a-z]?-[a-z]+(?:-[0-9]+)?(?:-[a-z]+)?")),
    ("azure", re.compile(r"Standard_[A-Z]+[0-9].*")),
)
_PROVES_NOTHING = frozenset(
    ("tags", "custom", "labels", "annotations", "alerts")
    + ("module_source", "module_path", "terraform_module", "module", "source")
)


def translate(
    block: Block, data: dict[str, Any], default: str | None = None
) -> tuple[str | None, str]:
    """Settle ``provider`` and ``iac`` of a job's own block.

    Args:
        block: changed in place.
        data: the block as written, for evidence.
        default: the cloud where nothing in the block says which.

    Returns:
        The cloud, None when it is not known here; and the tool that deploys the job.
    """
    said = block.own("provider")
    if said is not None and not isinstance(said, str):
        block.error("invalid-value", '"provider" must be text', block.written(("provider",)))
        return None, "terraform"
    if isinstance(said, str) and said not in TOOLS:
        return (said if said in CLOUDS else None), _own_tool(block)
    found = dict(_evidence(block, data))
    if said is None:
        cloud = next(iter(found)) if len(found) == 1 else None
        if cloud is not None and block.letters:
            block.put(("provider",), cloud, found[cloud][0])
        return (default if not found else cloud), _own_tool(block)
    return _tool(block, said, found, default)


def _own_tool(block: Block) -> str:
    said = block.own("iac")
    return said if isinstance(said, str) else "terraform"


def _tool(
    block: Block, said: str, found: dict[str, tuple[KeyPath, str]], default: str | None
) -> tuple[str | None, str]:
    block.letters.append("E")
    written = block.written(("provider",))
    iac = said if said in _IAC else "terraform"
    block.drop(("provider",))
    if said == "databricks" and block.own("runtime", "type") is None:
        block.put(("runtime", "type"), "databricks", written)
    if iac != "terraform" or block.own("iac") is not None:
        block.put(("iac",), iac, written)
    if len(found) == 1:
        cloud, (path, _) = next(iter(found.items()))
        block.put(("provider",), cloud, path)
        return cloud, iac
    if not found and default is not None:
        return default, iac
    keep = f" and `iac: {said}`" if iac != "terraform" else ""
    hint = f"write `provider: aws`, gcp or azure{keep} instead"
    hint += "" if found else ", here or in defaults of dativo.yaml"
    if not found:
        message = f'"{said}" is no cloud, and nothing in this file proves which cloud is meant'
    else:
        proofs = [f'"{dotted(path)}" of {cloud}' for cloud, (path, _) in sorted(found.items())]
        message = f'"{said}" is no cloud, and this file speaks of several: {", ".join(proofs)}'
    block.error("ambiguous", message, written, hint)
    return None, iac


def _evidence(block: Block, data: dict[str, Any]) -> Iterator[tuple[str, tuple[KeyPath, str]]]:
    """Each cloud that something proves, with the first path that does, and its text."""
    found: dict[str, tuple[KeyPath, str]] = {}
    name = block.own("runtime", "type")
    if filled(name) and (cloud := cloud_of(name)) is not None:
        found[cloud] = (block.written(("runtime", "type")), name)
    for path, text in texts(data, (), _PROVES_NOTHING):
        for cloud, pattern in _EVIDENCE:
            if cloud not in found and pattern.search(text):
                found[cloud] = (path, text)
        for cloud, pattern in _MACHINES if path[-1] == "instance_type" else ():
            if cloud not in found and pattern.fullmatch(text):
                found[cloud] = (path, text)
    backend = block.own("terraform", "backend")
    if isinstance(backend, dict) and "prefix" in backend and "key" not in backend:
        found.setdefault("gcp", (block.written(("terraform", "backend", "prefix")), "prefix"))
    yield from found.items()
