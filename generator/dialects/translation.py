"""What a translation to the canonical form consists of."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.errors import KeyPath, Problem

CANONICAL = "canonical"
_NOTHING: Mapping[KeyPath, KeyPath] = MappingProxyType({})


class Translation(NamedTuple):
    """A job file in the canonical form.

    Attributes:
        document: the canonical document; what needed no change is the document's own.
        moved: canonical path to the path as written, both from the top of the document. What
            is below a canonical path was written below that other path.
        dialect: "canonical", or the letter of the dialect: E, R, P, D, V for a further variant.
        iac: the tool that deploys the job: terraform, cloudformation, pulumi or manual.
        warnings: what deserves a word, at the places as written.
    """

    document: dict[str, Any]
    moved: Mapping[KeyPath, KeyPath] = _NOTHING
    dialect: str = CANONICAL
    iac: str = "terraform"
    warnings: tuple[Problem, ...] = ()


def written(moved: Mapping[KeyPath, KeyPath], path: KeyPath) -> KeyPath:
    """The path as written of a path in the canonical document.

    Args:
        moved: the ``moved`` of a translation.
        path: keys from the top of the canonical document.
    """
    for length in range(len(path), 0, -1) if moved else ():
        if path[:length] in moved:
            return moved[path[:length]] + path[length:]
    return path
