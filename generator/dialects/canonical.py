"""A job file in any dialect to the canonical form, as plain data.

Most files are canonical: a look at their keys tells, and the rules of the dialects stay unread.
"""

from __future__ import annotations

from typing import Any, TypeGuard

from generator.dialects.keys import sections
from generator.dialects.names import OLDER, TOOLS
from generator.dialects.translation import Translation

# The sections in which older spellings stand, too.
_MIXED = ("runtime", "network", "storage", "terraform", "monitoring")


def to_canonical(document: dict[str, Any], file: str, provider: str | None = None) -> Translation:
    """Read a job file in whatever dialect it is written.

    Args:
        document: the job file as plain data; not changed.
        file: its name for errors, below the project folder.
        provider: the cloud, by default of dativo.yaml, where nothing in the file says which.

    Returns:
        The canonical document, and where its values were written. A canonical document, one
        without ``infrastructure``, and one in which nothing but canonical keys and unknown ones
        stand come back as they are: the models know what to say about the latter.

    Raises:
        InputError: everything that cannot be read, at the places as written: contradictions
            between spellings, unknown keys, a cloud or a runtime that only a guess could tell.
    """
    if is_canonical(document):
        return Translation(document, iac=_iac(document))
    from generator.dialects.job import translate

    return translate(document, file, provider)


def _iac(document: dict[str, Any]) -> str:
    infrastructure = document.get("infrastructure")
    said = infrastructure.get("iac") if isinstance(infrastructure, dict) else None
    return said if isinstance(said, str) else "terraform"


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
    known = sections()
    provider = block.get("provider")
    if not known[()].issuperset(block) or (isinstance(provider, str) and provider in TOOLS):
        return False
    for name in _MIXED:
        section = block.get(name)
        if type(section) is dict and not known[(name,)].issuperset(section):
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
    return type(scaling) is not dict or sections()[("runtime", "scaling")].issuperset(scaling)


def _has_mapping(section: Any, key: str) -> TypeGuard[dict[str, Any]]:
    return type(section) is dict and type(section.get(key)) is dict
