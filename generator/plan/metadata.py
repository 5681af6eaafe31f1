"""Metadata of a job: identity, size and tags in one flat map, for people's scripts and modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import KeyPath

if TYPE_CHECKING:
    from generator.model.job import Job
    from generator.tags.tag_set import TagSet

# What stands at the top under its own name; every other tag is `tag_<name>`.
_TAGS = ("team", "pipeline_type", "cost_center")
_IDENTITY = ("job_name", "environment")


class Fact(NamedTuple):
    """What is known of a job without its tags: how, and from which field."""

    of: Callable[[Job], str | None]
    path: KeyPath


_RUNTIME: KeyPath = ("infrastructure", "runtime")
FACTS = {
    "job_name": Fact(lambda job: job.name, ("name",)),
    "environment": Fact(lambda job: job.environment, ("environment",)),
    "provider": Fact(lambda job: job.infrastructure.provider, ("infrastructure", "provider")),
    "runtime_type": Fact(lambda job: job.infrastructure.runtime.type, (*_RUNTIME, "type")),
    "region": Fact(lambda job: job.infrastructure.region, ("infrastructure", "region")),
    "container_image": Fact(lambda job: job.infrastructure.runtime.image, (*_RUNTIME, "image")),
    "cpu": Fact(lambda job: f"{job.infrastructure.runtime.cpu:g}", (*_RUNTIME, "cpu")),
    "memory": Fact(lambda job: memory(job.infrastructure.runtime.memory), (*_RUNTIME, "memory")),
}


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
    facts = {name: fact.of(job) for name, fact in FACTS.items()}
    further = {
        f"tag_{name}": value
        for name, value in sorted(values.items())
        if name not in _TAGS and name not in _IDENTITY
    }
    return {
        "job_name": facts["job_name"],
        "team": values.get("team"),
        "pipeline_type": values.get("pipeline_type"),
        "environment": facts["environment"],
        "cost_center": values.get("cost_center"),
        **facts,
        **further,
    }


def memory(mib: int) -> str:
    """MiB as the clouds write it: ``512Mi``, ``4Gi``."""
    return f"{mib}Mi" if mib % 1024 else f"{mib // 1024}Gi"
