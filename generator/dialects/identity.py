"""Tags, and what they say of the job's name and stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.concepts.styles import STAGES, concept_of, stage
from generator.dialects.block import Block, dotted, filled
from generator.dialects.spellings import P_TAGS
from generator.errors import KeyPath, Location
from generator.yaml.scalars import PlainScalar

_TAGS = ("tags",)


def translate(block: Block) -> None:
    """Tags as a flat mapping: booleans as YAML has them, nothing where nothing was said.

    Args:
        block: changed in place.
    """
    given = block.own(*_TAGS)
    if not isinstance(given, dict):
        return
    tags = dict(given)
    for key, value in given.items():
        if value is None:
            written = block.written((*_TAGS, key))
            message = f'"{dotted(written)}" has no value and is left out'
            block.warn("tag-empty", message, written, "remove it, or give it a value")
            del tags[key]
        elif type(value) is PlainScalar and value.lower() in ("true", "false"):
            tags[key] = value.lower()
        elif isinstance(value, str) and concept_of(key) == "environment":
            tags[key] = STAGES.get(value.lower(), value)
    block.replace(_TAGS, tags)


def _tag(block: Block, concept: str) -> tuple[KeyPath, Any] | None:
    """Where a tag stands in the block, below it, and its value; whatever its spelling."""
    tags = block.own(*_TAGS)
    for key, value in tags.items() if isinstance(tags, dict) else ():
        if concept_of(key) == concept:
            return (*_TAGS, key), value
    return None


def check_flat(block: Block) -> None:
    """Tags below ``custom`` are read in the section ``tags`` only; elsewhere it is no tag."""
    tags = block.own(*_TAGS)
    if isinstance(tags, dict) and isinstance(tags.get("custom"), dict):
        hint = "write each of them beside the other tags"
        block.error("tag-type", "a tag is text or a list", block.written((*_TAGS, "custom")), hint)


def required(block: Block) -> None:
    """The five tags that every job of dialect P has."""
    tags = block.own(*_TAGS)
    for name in P_TAGS if isinstance(tags, dict | None) else ():
        found = _tag(block, name)
        if found is None or not str(found[1]).strip():
            written = (*_TAGS,) if found is None else block.written(found[0])
            message = f'tag "{name}" is missing: jobs with this runtime.type have {_LIST}'
            hint = f"add `{name}:` to infrastructure.tags"
            block.error("tag-required", message, written, hint, on_key=True)


_LIST = ", ".join(P_TAGS[:-1]) + " and " + P_TAGS[-1]


def identify(block: Block, document: dict[str, Any]) -> Iterator[tuple[str, str, KeyPath]]:
    """The keys beside ``infrastructure`` that follow from the tags.

    Args:
        block: the job's own block, translated.
        document: the job as written.

    Yields:
        Key, value, and the path in the document that it comes from.
    """
    name = _tag(block, "job_name")
    if document.get("name") is None and name is not None and isinstance(name[1], str):
        yield "name", name[1], (*block.at, *block.written(name[0]))
    if "environments" in document:
        return
    at: KeyPath = ("environment",)
    environment = document.get("environment")
    if environment is None:
        tag = _tag(block, "environment")
        if tag is not None and isinstance(tag[1], str):
            environment, at = tag[1], (*block.at, *block.written(tag[0]))
    if isinstance(environment, str):
        known = STAGES.get(environment.lower(), environment)
        if known != environment or at != ("environment",):
            yield "environment", known, at


def check_stages(block: Block, document: dict[str, Any], environment: Any) -> None:
    """What finops calls the stage is the stage, whatever the word for it.

    Args:
        block: takes the warning.
        document: the job as written.
        environment: the job's environment.
    """
    finops = document.get("finops")
    said = finops.get("environment") if isinstance(finops, dict) else None
    if not filled(said) or not filled(environment):
        return
    if stage(str(said)) != stage(environment):
        message = f'"finops.environment" is "{said}", but the job is for "{environment}"'
        location = Location(block.file, ("finops", "environment"))
        hint = "make them the same, or leave finops.environment out"
        block.problems.warning("stage", message, location, hint)
