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


def labels(job_root: JobRoot, target: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Key to value for another target, and warnings about what had to be changed.

    Args:
        job_root: the root.
        target: one of ``generator.exports.export.TARGETS``.

    Raises:
        InputError: a key or value cannot be used there, or two keys become one.
    """
    if target == "databricks":
        target = target_of(job_root.loaded.job.infrastructure.provider, target)
    if target == job_root.tags.cloud:
        return job_root.tags.as_map(), ()
    return labels_for(job_root.tags, target, job_root.project.settings.tags)


def render(found: dict[str, str], format: str) -> str:
    """The labels as a JSON object, or as YAML to paste below ``labels:``."""
    if format == "yaml":
        return block(found)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
