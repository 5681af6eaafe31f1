"""Metadata of a job as JSON, for the scripts of a pipeline: identity, size and tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.job.variables import finish, names_left

if TYPE_CHECKING:
    from generator.exports.chosen import JobRoot

# What stands at the top under its own name; every other tag is `tag_<name>`.
_TAGS = ("team", "pipeline_type", "cost_center")
_IDENTITY = ("job_name", "environment")


def metadata(chosen: JobRoot) -> dict[str, Any]:
    """The metadata; what the job does not say is None.

    Tags have the values that the files have, before a cloud's alphabet changes them, and the
    items of a list are joined with commas. A ``${NAME}`` that only apply knows stays as it is.

    Returns:
        job_name, team, pipeline_type, environment, cost_center, provider, runtime_type, region,
        container_image, cpu (vCPU, as text), memory (``512Mi``, ``4Gi``), and ``tag_<name>``
        for every further tag, by name: the canonical one for a tag that is known, else the key
        as written.
    """
    job = chosen.loaded.job
    block = job.infrastructure
    tags = {tag.concept: ",".join(tag.values) for tag in chosen.tags.merged.values()}
    further = {
        f"tag_{name}": value
        for name, value in sorted(tags.items())
        if name not in _TAGS and name not in _IDENTITY
    }
    return {
        "job_name": job.name,
        "team": tags.get("team"),
        "pipeline_type": tags.get("pipeline_type"),
        "environment": job.environment,
        "cost_center": tags.get("cost_center"),
        "provider": block.provider,
        "runtime_type": block.runtime.type,
        "region": _text(block.region),
        "container_image": _text(block.runtime.image),
        "cpu": f"{block.runtime.cpu:g}",
        "memory": memory(block.runtime.memory),
        **further,
    }


def as_json(chosen: JobRoot) -> str:
    """The metadata as one JSON object."""
    return json.dumps(metadata(chosen), indent=2, ensure_ascii=False) + "\n"


def memory(mib: int) -> str:
    """MiB as the clouds write it: ``512Mi``, ``4Gi``."""
    return f"{mib}Mi" if mib % 1024 else f"{mib // 1024}Gi"


def _text(text: str | None) -> str | None:
    return text if text is None or names_left(text) else finish(text, None)
