"""The name of the runtime, and what starts the runs where the name of that stands instead."""

from __future__ import annotations

from generator.dialects.accounts import is_plain
from generator.dialects.block import Block, dotted, filled
from generator.dialects.names import (
    CLUSTERS,
    NAMES,
    ORCHESTRATORS,
    OWN_MODULE,
    TODAY,
    UNSUPPORTED,
    USUAL,
)
from generator.errors import KeyPath
from generator.model.runtime_types import RUNTIME_TYPES

_TYPE = ("runtime", "type")
_OWN = ", ".join(sorted(OWN_MODULE))


def cloud_of(name: str) -> str | None:
    """The one cloud that has a runtime of this name; None where several have, or none."""
    return NAMES[name][0] if name in NAMES else TODAY.get(name)


def translate(block: Block, cloud: str | None) -> None:
    """Give the runtime its name of today, and the orchestrator its own field.

    Args:
        block: changed in place.
        cloud: the job's cloud; None when it is not known here.
    """
    _dagster(block)
    name = block.own(*_TYPE)
    if not filled(name):
        return
    written = block.written(_TYPE)
    if name in ORCHESTRATORS:
        _orchestrated(block, name, cloud)
    elif name in UNSUPPORTED:
        hint = f"these are: {', '.join(_offered(cloud))}; {_OWN} with a module of your own"
        block.error("unknown-runtime", f'"{name}" is no runtime that jobs have here', written, hint)
    elif cloud is not None and cloud_of(name) not in (None, cloud):
        _other_cloud(block, name, str(cloud_of(name)), cloud)
    elif name in NAMES:
        block.replace(_TYPE, NAMES[name][1])
    elif name in CLUSTERS and block.get("runtime", "cluster_name") is not None:
        block.replace(_TYPE, "kubernetes")


def _offered(cloud: str | None) -> list[str]:
    rows = RUNTIME_TYPES.values()
    return sorted(row.type for row in rows if row.module and cloud in (None, *row.clouds))


def _other_cloud(block: Block, name: str, wanted: str, cloud: str) -> None:
    written, provider = block.written(_TYPE), block.written(("provider",))
    message = f'"{name}" is a runtime of {wanted}, but "{dotted(provider)}" is {cloud}'
    block.error("conflict", message, written, "keep the one that is right")
    if block.own("provider") is not None:
        message = f'the cloud is {cloud}, but "{dotted(written)}" is {name}, which {wanted} has'
        block.error("conflict", message, provider, "keep the one that is right")


def _dagster(block: Block) -> None:
    """A block of Dagster's own settings says who starts the runs."""
    own = block.beside.get("dagster")
    if own is not None and own.value is not None:
        block.put(("orchestrator", "type"), "dagster", own.written)


def _orchestrated(block: Block, name: str, cloud: str | None) -> None:
    written = block.written(_TYPE)
    block.put(("orchestrator", "type"), name, written)
    if _in_cluster(block):
        message = f'"{name}" starts the runs, but nothing says whether they run in the cluster'
        hint = f"write `runtime: {{type: kubernetes}}` and `orchestrator: {{type: {name}}}`"
        if cloud in USUAL:
            hint += f", or {USUAL[cloud]} as the type"
        block.error("ambiguous", message, written, hint)
    elif cloud in USUAL:
        block.replace(_TYPE, USUAL[cloud])
    else:
        message = f'"{name}" starts the runs; what they run on depends on the cloud'
        block.error("ambiguous", message, written, "add `provider: aws`, gcp or azure")


def _in_cluster(block: Block) -> bool:
    """A cluster, a namespace and the bare name of a service account are those of Kubernetes."""
    bare = is_plain(block.get("runtime", "identity"))
    names: tuple[KeyPath, ...] = (("runtime", "cluster_name"), ("kubernetes", "namespace"))
    return bare and all(block.get(*map(str, path)) is not None for path in names)
