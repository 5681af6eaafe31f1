"""What would be refused, or misread, later: found before Terraform or a cloud sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import Place, Problem
from generator.tags import credentials
from generator.tags.clouds import CLOUDS, fit_key, fit_value
from generator.tags.concepts import CONTAINS
from generator.tags.mapping import stage, where
from generator.tags.styles import contains, is_known
from generator.tags.tag_set import Tag, TagSet

if TYPE_CHECKING:
    from generator.job.settings import TagSettings
    from generator.tags.merge import Given


def check(
    tags: TagSet, given: dict[str, list[Given]], settings: TagSettings, problems: list[Problem]
) -> None:
    """Check a merged set.

    Args:
        tags: the set as it would reach the cloud.
        given: everything that was given, for the spellings in messages.
        settings: the ``tags`` of dativo.yaml.
        problems: what is wrong, or worth a warning, is added here.
    """
    problems.extend(_collisions(tags))
    problems.extend(_fits(tags, settings))
    problems.extend(_secrets(given))
    problems.extend(_contradictions(tags))
    most = CLOUDS[tags.cloud].most
    if len(tags.merged) > most:
        cloud = CLOUDS[tags.cloud]
        problems.append(
            Problem(
                "tag-count",
                f"{len(tags.merged)} {cloud.word}s, {cloud.title} allows {most} on a resource",
                _last_place(tags),
                "take some away with null in infrastructure.tags",
            )
        )


def _collisions(tags: TagSet) -> Iterator[Problem]:
    """Keys are one key on some cloud or service when they differ in case only (IAM, Azure)."""
    seen: dict[str, Tag] = {}
    for layer in tags.layers:
        for tag in layer.tags:
            other = seen.setdefault(tag.key.lower(), tag)
            if other.concept == tag.concept:
                continue
            yield Problem(
                "tag-collision",
                f'"{tag.concept}" and "{other.concept}" ({where(other.place)}) are one key on '
                f'{CLOUDS[tags.cloud].title}: "{tag.key}"',
                tag.place,
                "use one spelling everywhere",
            )


def _fits(tags: TagSet, settings: TagSettings) -> Iterator[Problem]:
    shorten = settings.overlong == "shorten"
    for tag in tags.merged.values():
        key = fit_key(tags.cloud, tag.concept, settings.style, settings.namespace, shorten)
        value = fit_value(tags.cloud, tag.values, shorten)
        name = tag.key if is_known(tag.concept) else tag.concept
        for part, fitted in (("key", key), ("value", value)):
            if fitted.fault:
                message = f'the {part} of tag "{name}" cannot be used: {fitted.fault}'
                yield Problem(f"tag-{part}", message, tag.place)
            elif fitted.note:
                message = f'the {part} of tag "{name}" is changed: {fitted.note}'
                yield Problem(f"tag-{part}-changed", message, tag.place, severity="warning")


def _secrets(given: dict[str, list[Given]]) -> Iterator[Problem]:
    """Every layer counts: what is overridden is written to locals.tf all the same."""
    everything = "\n".join(v for many in given.values() for one in many for v in one.entry.values)
    if not credentials.any_sign(everything):
        return
    for many in given.values():
        for one in many:
            kind = next(filter(None, map(credentials.looks_like, one.entry.values)), None)
            if kind:
                message = f'the value of tag "{one.entry.written}" looks like {kind}'
                hint = "tags are readable for everybody who sees the resource or the bill"
                yield Problem("tag-secret", message, one.entry.place, hint)


def _contradictions(tags: TagSet) -> Iterator[Problem]:
    found = {tag.concept: tag for tag in tags.merged.values()}
    classes = found.get("data_classification")
    for value in classes.values if classes else ():
        tag = found.get(contains(value))
        if tag is not None and tag.values != ("true",):
            yield Problem(
                "tag-contradiction",
                f'tag "{tag.key}" is "{", ".join(tag.values)}", but the data is classified '
                f'"{value}" ({where(classes.place if classes else None)})',
                tag.place,
                "set data_classification instead: the "
                f"{CONTAINS.rstrip('_')} tags follow from it",
            )
    money, own = found.get("finops_environment"), found["environment"]
    # An asset is shared by the stages of a job, so only what the job says can contradict.
    if money is None or money.layer in ("asset", "defaults"):
        return
    if stage(money.values[0]) != stage(own.values[0]):
        yield Problem(
            "tag-environment",
            f'finops.environment is "{money.values[0]}", but the root is for "{own.values[0]}"',
            money.place,
            severity="warning",
        )


def _last_place(tags: TagSet) -> Place | None:
    return next(
        (layer.tags[-1].place for layer in reversed(tags.layers) if layer.name != "identity"), None
    )
