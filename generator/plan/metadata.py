"""Metadata of a job: identity, size and tags in one flat map, for people's scripts and modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.errors import KeyPath
from generator.model.job import Job
from generator.model.runtime import Runtime
from generator.tags.tag_set import TagSet

# What stands at the top under its own name; every other tag is `tag_<name>`.
_TAGS = ("team", "pipeline_type", "cost_center")
_IDENTITY = ("job_name", "environment")


class MetadataField(NamedTuple):
    """An entry that comes from a field of the job: its value there, and where the field is."""

    of: Callable[[Job], str | None]
    path: KeyPath


_BLOCK: KeyPath = ("infrastructure",)
_RUNTIME: KeyPath = (*_BLOCK, "runtime")
METADATA_FIELDS = {
    "job_name": MetadataField(lambda job: job.name, ("name",)),
    "environment": MetadataField(lambda job: job.environment, ("environment",)),
    "provider": MetadataField(lambda job: job.infrastructure.provider, (*_BLOCK, "provider")),
    "runtime_type": MetadataField(lambda job: _runtime(job).type, (*_RUNTIME, "type")),
    "region": MetadataField(lambda job: job.infrastructure.region, (*_BLOCK, "region")),
    "container_image": MetadataField(lambda job: _runtime(job).image, (*_RUNTIME, "image")),
    "cpu": MetadataField(lambda job: f"{_runtime(job).cpu:g}", (*_RUNTIME, "cpu")),
    "memory": MetadataField(lambda job: memory(_runtime(job).memory), (*_RUNTIME, "memory")),
}


def _runtime(job: Job) -> Runtime:
    return job.infrastructure.runtime


def metadata(job: Job, tags: TagSet) -> dict[str, str | None]:
    """The metadata; what the job does not say is None.

    Tags have the values that the files have, before a cloud's alphabet changes them, and the
    items of a list are joined with commas. A ``${NAME}`` that only apply knows stays as it is.

    Returns:
        job_name, team, pipeline_type, environment, cost_center, provider, runtime_type, region,
        container_image, cpu (vCPU, as text), memory (``512Mi``, ``4Gi``), and ``tag_<name>``
        for every further tag, by name: the canonical one for a tag that is known, else the key
        as written.
    """
    values = {tag.concept: ",".join(tag.values) for tag in tags.merged.values()}
    found = {name: field.of(job) for name, field in METADATA_FIELDS.items()}
    further = {
        f"tag_{name}": value
        for name, value in sorted(values.items())
        if name not in _TAGS and name not in _IDENTITY
    }
    return {
        "job_name": found["job_name"],
        "team": values.get("team"),
        "pipeline_type": values.get("pipeline_type"),
        "environment": found["environment"],
        "cost_center": values.get("cost_center"),
        **found,
        **further,
    }


def memory(mib: int) -> str:
    """MiB as the clouds write it: ``512Mi``, ``4Gi``."""
    return f"{mib}Mi" if mib % 1024 else f"{mib // 1024}Gi"


def stated(job: Job, tags: TagSet) -> dict[str, str]:
    """The metadata as a map of texts, without what the job does not say.

    Args:
        job: the job.
        tags: its merged tags.
    """
    return {name: value for name, value in metadata(job, tags).items() if value is not None}
