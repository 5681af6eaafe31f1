"""The tags of a root by the rules of something else: Google Cloud, Kubernetes, Databricks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.tags.relabel import labels_for
from generator.tags.rules import target_of
from generator.yaml.write import block

if TYPE_CHECKING:
    from generator.errors import Problem
    from generator.exports.job_root import JobRoot


def labels(chosen: JobRoot, target: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Key to value for another target, and warnings about what had to be changed.

    Args:
        chosen: the root.
        target: one of ``generator.exports.export.TARGETS``.

    Raises:
        InputError: a key or value cannot be used there, or two keys become one.
    """
    if target == "databricks":
        target = target_of(chosen.loaded.job.infrastructure.provider, target)
    if target == chosen.tags.cloud:
        return chosen.tags.as_map(), ()
    return labels_for(chosen.tags, target, chosen.project.settings.tags)


def render(found: dict[str, str], format: str) -> str:
    """The labels as a JSON object, or as YAML to paste below ``labels:``."""
    if format == "yaml":
        return block(found)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
