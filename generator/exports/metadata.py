"""Metadata of a job as JSON, for the scripts of a pipeline: identity, size and tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.plan import metadata as of_job

if TYPE_CHECKING:
    from generator.exports.job_root import JobRoot


def metadata(job_root: JobRoot) -> dict[str, Any]:
    """The metadata, as ``generator.plan.metadata`` has it."""
    return dict(of_job.metadata(job_root.loaded.job, job_root.tags))


def as_json(job_root: JobRoot) -> str:
    """The metadata as one JSON object."""
    return json.dumps(metadata(job_root), indent=2, ensure_ascii=False) + "\n"
