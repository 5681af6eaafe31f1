"""Whether a job file is in the canonical form already: a look at its keys, no more."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeGuard

from generator.dialects.names import OLDER, TOOLS

# The sections in which older spellings stand, too.
_MIXED = ("runtime", "network", "storage", "terraform", "monitoring")


@cache
def _keys() -> tuple[frozenset[str], tuple[tuple[str, frozenset[str]], ...]]:
    from generator.dialects.tables import sections

    known = sections()
    return known[()], tuple((name, known[(name,)]) for name in _MIXED)


@cache
def _scaling_keys() -> frozenset[str]:
    from generator.dialects.tables import sections

    return sections()[("runtime", "scaling")]


def is_canonical(document: dict[str, Any]) -> bool:
    """Whether no older spelling can stand in a document.

    Args:
        document: the job file as plain data.

    Returns:
        False where a key or a name is not canonical: an older spelling, or a misspelling.
    """
    block = document.get("infrastructure")
    if block is not None and not _is_canonical(block):
        return False
    overlays = document.get("environments")
    for overlay in overlays.values() if type(overlays) is dict else ():
        block = overlay.get("infrastructure") if type(overlay) is dict else None
        if block is not None and not _is_canonical(block):
            return False
    return True


def _is_canonical(block: Any) -> bool:
    if type(block) is not dict:
        return True
    top, mixed = _keys()
    provider = block.get("provider")
    if not top.issuperset(block) or (isinstance(provider, str) and provider in TOOLS):
        return False
    for name, known in mixed:
        section = block.get(name)
        if type(section) is dict and not known.issuperset(section):
            return False
    terraform = block.get("terraform")
    return (
        _is_canonical_runtime(block.get("runtime"))
        and not _has_mapping(block.get("tags"), "custom")
        and not (_has_mapping(terraform, "backend") and "config" in terraform["backend"])
        and not (_has_mapping(terraform, "outputs") and terraform["outputs"])
    )


def _is_canonical_runtime(runtime: Any) -> bool:
    if type(runtime) is not dict:
        return True
    kind, scaling = runtime.get("type"), runtime.get("scaling")
    if isinstance(kind, str) and kind in OLDER:
        return False
    return type(scaling) is not dict or _scaling_keys().issuperset(scaling)


def _has_mapping(section: Any, key: str) -> TypeGuard[dict[str, Any]]:
    return type(section) is dict and type(section.get(key)) is dict
