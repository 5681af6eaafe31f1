"""Metadata of a job as JSON, for the scripts of a pipeline: identity, size and tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.plan import metadata as of_job

if TYPE_CHECKING:
    from generator.exports.job_root import JobRoot


def metadata(chosen: JobRoot) -> dict[str, Any]:
    """The metadata, as ``generator.plan.metadata`` has it."""
    return dict(of_job.metadata(chosen.loaded.job, chosen.tags))


def as_json(chosen: JobRoot) -> str:
    """The metadata as one JSON object."""
    return json.dumps(metadata(chosen), indent=2, ensure_ascii=False) + "\n"
