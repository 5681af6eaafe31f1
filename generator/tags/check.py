"""What would be refused, or misread, later: found before Terraform or a cloud sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.concepts.styles import contains, is_known, stage
from generator.concepts.table import CLASSES
from generator.errors import Location, Problem, Problems
from generator.tags.factory import TagFactory
from generator.tags.lengths import Fitted
from generator.tags.mapping import where
from generator.tags.rules import TAG_RULES, fit_value
from generator.tags.tag_set import Tag, TagLayer
from generator.text import credentials

# A certificate is nothing for a tag either.
_PEM = "-----BEGIN"


def check(factory: TagFactory, merged: dict[str, Tag], layers: tuple[TagLayer, ...]) -> None:
    """Check a merged set.

    Args:
        factory: made the tags; problems go to it.
        merged: key to the tag that wins.
        layers: what the root shows, weakest first.
    """
    cloud = TAG_RULES[factory.format.cloud]
    problems = factory.problems
    problems.extend(_collisions(cloud.title, layers))
    problems.extend(_unfit(factory, merged))
    found = {tag.concept: tag for tag in merged.values()}
    problems.extend(_contradictions(found))
    problems.extend(_stages(found))
    if len(merged) > cloud.most > 0:
        message = f"{len(merged)} {cloud.word}s, {cloud.title} allows {cloud.most} on a resource"
        hint = "take some away with null in infrastructure.tags"
        problems.error("tag-count", message, _last_location(layers), hint)


def _collisions(title: str, layers: tuple[TagLayer, ...]) -> Iterator[Problem]:
    """Keys are one key on some cloud or service when they differ in case only (IAM, Azure)."""
    shown = [tag for layer in layers for tag in layer.tags]
    if len({tag.key.lower() for tag in shown}) == len({tag.concept for tag in shown}):
        return  # a concept has one key, so as many keys as concepts means that none is shared
    seen: dict[str, Tag] = {}
    for layer in layers:
        for tag in layer.tags:
            other = seen.setdefault(tag.key.lower(), tag)
            if other.concept != tag.concept:
                message = (
                    f'"{tag.written}" and "{other.written}" ({where(other.location)}) are one key '
                    f'on {title}: "{tag.key}"'
                )
                hint = "use one spelling everywhere"
                yield Problem("tag-collision", message, tag.location, hint)


def _unfit(factory: TagFactory, merged: dict[str, Tag]) -> Iterator[Problem]:
    """Of the tags that were changed or do not fit, those that win."""
    if not factory.altered:
        return
    for tag in merged.values():
        if tag not in factory.altered:
            continue
        key = factory.format.key(tag.concept)
        value = fit_value(factory.format.cloud, tag.values, factory.format.shorten)
        name = tag.key if is_known(tag.concept) else tag.concept
        yield from unfit(f'tag "{name}"', key, value, tag.location)


def unfit(named: str, key: Fitted, value: Fitted, location: Location | None) -> Iterator[Problem]:
    """What a cloud refuses of a tag, and a warning for what it changes.

    Args:
        named: the tag, for people.
        key: as the cloud takes it.
        value: likewise.
        location: where the tag was written.
    """
    on_key = location._replace(on_key=True) if location else None
    for part, fitted, at in (("key", key, on_key), ("value", value, location)):
        if fitted.refusal:
            message = f"the {part} of {named} cannot be used: {fitted.refusal}"
            yield Problem(f"tag-{part}", message, at)
        elif fitted.note:
            message = f"the {part} of {named} is changed: {fitted.note}"
            yield Problem(f"tag-{part}-changed", message, at, severity="warning")


def _contradictions(found: dict[str, Tag]) -> Iterator[Problem]:
    """Nobody says that data does not contain what it is classified as."""
    classes = found.get(CLASSES)
    if classes is None:
        return
    for value in classes.values:
        tag = found.get(contains(value))
        if tag is not None and tag.values != ("true",):
            yield Problem(
                "tag-contradiction",
                f'tag "{tag.key}" is "{", ".join(tag.values)}", but the data is classified '
                f'"{value}" ({where(classes.location)})',
                tag.location,
                "set data_classification instead: such tags follow from it",
            )


def _stages(found: dict[str, Tag]) -> Iterator[Problem]:
    """The accounts' word for the stage should mean the stage of the root.

    An asset is shared by the stages of a job, and defaults by many jobs: only what the job
    itself says can contradict.
    """
    money = found.get("finops_environment")
    if money is None or money.layer in ("asset", "defaults"):
        return
    own = found.get("environment")  # it may be left out
    if own is not None and stage(money.values[0]) != stage(own.values[0]):
        message = (
            f'finops.environment is "{money.values[0]}", but the root is for "{own.values[0]}"'
        )
        yield Problem("tag-environment", message, money.location, severity="warning")


def _last_location(layers: tuple[TagLayer, ...]) -> Location | None:
    locations = (layer.tags[-1].location for layer in reversed(layers) if layer.name != "identity")
    return next(locations, None)


def check_secrets(tags: Collection[Tag]) -> list[Problem]:
    """Errors for tags that look like secrets; the value itself is not repeated.

    Every layer counts: what is overridden is written to ``locals.tf`` all the same.
    """
    everything = "\n".join([value for tag in tags for value in tag.values])
    if not credentials.may_hold(everything) and _PEM not in everything:
        return []
    problems = Problems()
    for tag in tags:
        kind = next(filter(None, map(_kind, tag.values)), None)
        if kind:
            message = f'the value of tag "{tag.written}" looks like {kind}'
            hint = "tags are readable for everybody who sees the resource or the bill"
            problems.error("tag-secret", message, tag.location, hint)
    return problems


def _kind(text: str) -> str | None:
    return credentials.looks_like(text) or ("a certificate" if _PEM in text else None)
