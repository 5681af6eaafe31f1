"""The tags of a root as its locals and its README show them."""

from __future__ import annotations

from generator.plan.root_plan import TagMap, TagRow
from generator.tags.tag_set import TagSet

_COMMENTS = {
    "derived": "What dativo knows of the runtime, which anything overrides",
    "defaults": "Defaults of the organisation",
    "asset": "The asset contract",
    "job": "The job",
    "infrastructure": "The job's infrastructure",
    "identity": "Identity, which nothing overrides",
}


def tag_maps(tags: TagSet) -> tuple[TagMap, ...]:
    """One map a layer, weakest first."""
    return tuple(
        [
            TagMap(
                f"{layer.name}_tags",
                _COMMENTS[layer.name] + (f": {', '.join(layer.files)}" if layer.files else ""),
                {tag.key: tag.value for tag in layer.tags},
            )
            for layer in tags.layers
        ]
    )


def tag_rows(tags: TagSet) -> tuple[TagRow, ...]:
    """The merged tags, each with the file it was written in."""
    return tuple(
        [
            TagRow(key, tag.value, tag.layer, tag.location.file if tag.location else "dativo")
            for key, tag in tags.merged.items()
        ]
    )
