"""The roots that a step works on: as a matrix hands them over, with what their manifests say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.ci.project_shape import manifests_of
from generator.ci.work import waves_of
from generator.errors import UsageError
from generator.job.project import Project


def named(words: Sequence[str]) -> list[str]:
    """The roots that were named, in order and each once.

    Args:
        words: each a root, several on lines of their own, or a JSON list of some.

    Raises:
        UsageError: what looks like a JSON list is none.
    """
    found: list[str] = []
    for word in words:
        if word.lstrip().startswith("["):
            try:
                found += map(str, json.loads(word))
            except ValueError as error:
                raise UsageError(f"that is no JSON list of roots: {word}") from error
        else:
            found += word.splitlines()
    return list(dict.fromkeys(one.strip().rstrip("/") for one in found if one.strip()))


def manifests(project: Project, roots: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Roots with their manifests, so ordered that each stands after those that it needs.

    Args:
        project: the repository.
        roots: folders below the project folder.

    Raises:
        UsageError: one is no root that dativo wrote, a manifest cannot be read, or roots need
            each other.
    """
    known = manifests_of(project)
    if strange := [root for root in roots if root not in known]:
        raise UsageError(f"{', '.join(strange)}: no root that dativo wrote")
    chosen = {root: known[root] for root in roots}
    waves = waves_of(chosen)
    return {root: chosen[root] for root in sorted(chosen, key=lambda one: (waves[one], one))}
