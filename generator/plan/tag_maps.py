"""The tags of a root as its locals show them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.plan.root_plan import TagMap
from generator.tags.tag_set import TagSet

_COMMENTS = {
    "derived": "What dativo knows of the runtime, which anything overrides",
    "defaults": "Defaults of the organisation",
    "asset": "The asset contract",
    "job": "The job",
    "infrastructure": "The job's infrastructure",
    "identity": "Identity, which nothing overrides",
}


def tag_maps(tags: TagSet, job_file: str) -> tuple[TagMap, ...]:
    """One map a layer, weakest first.

    Args:
        tags: the tags.
        job_file: the file that no comment names, since README does.
    """
    return tuple(
        [
            TagMap(
                f"{layer.name}_tags",
                _COMMENTS[layer.name] + _origin(layer.files, job_file),
                {tag.key: tag.value for tag in layer.tags},
            )
            for layer in tags.layers
        ]
    )


def _origin(files: Sequence[str], job_file: str) -> str:
    if not set(files) - {job_file}:
        return ""
    return ": " + ", ".join("the job file" if file == job_file else file for file in files)
