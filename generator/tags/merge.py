"""The tags of one root: gathered from the layers, merged by precedence, brought to the cloud."""

from __future__ import annotations

from operator import attrgetter

from generator.concepts.table import CLASSES, CONTAINS
from generator.errors import InputError
from generator.job.loaded import LoadedJob
from generator.model.settings import TagSettings
from generator.tags import layers, mapping
from generator.tags.check import check, check_secrets
from generator.tags.factory import TagFactory
from generator.tags.own_keys import format_for, own_keys
from generator.tags.required import check_required
from generator.tags.rules import target_of
from generator.tags.tag_set import (
    ASSET,
    DEFAULTS,
    DERIVED,
    IDENTITY,
    INFRASTRUCTURE,
    JOB,
    Tag,
    TagLayer,
    TagSet,
)

_by_key = attrgetter("key")


def build(loaded: LoadedJob, settings: TagSettings) -> TagSet:
    """The tags of a job's root on its cloud.

    Args:
        loaded: the job with its asset and defaults.
        settings: the ``tags`` of dativo.yaml.

    Returns:
        Every tag with its origin, what it overrode, and warnings.

    Raises:
        InputError: tags that contradict each other, that the cloud would refuse, that look
            like secrets, or that are required and missing; all problems at once.
    """
    order = layers.order(settings.precedence)
    infrastructure = loaded.job.infrastructure
    runtime = infrastructure.runtime
    cloud = target_of(infrastructure.provider, runtime.type, runtime.cluster_name is not None)
    factory = TagFactory(format_for(settings, cloud), own_keys(settings))
    found = _without_omitted(_gather(loaded, factory), factory)
    given, hidden = _stack(order, found)
    merged, overridden, removed = _outcome(given, hidden)
    shown = _shown(order, found, hidden)
    check(factory, merged, shown)
    check_required(merged, removed, loaded, settings, factory.problems)
    errors = [problem for problem in factory.problems if problem.severity == "error"]
    if errors:
        raise InputError(*errors)
    return TagSet(cloud, shown, merged, overridden, tuple(factory.problems), removed)


def _gather(loaded: LoadedJob, factory: TagFactory) -> dict[str, list[list[Tag]]]:
    """Layer to its mappings, weakest first; only ``defaults`` has several."""
    identity = layers.identity(loaded, factory)
    written = layers.defaults(loaded, factory)
    own = layers.infrastructure(loaded, factory)
    for tags in (*written, own):
        mapping.check_identity(tags, identity, factory.problems)
    found = {
        DERIVED: [layers.derived(loaded, factory)],
        DEFAULTS: written,
        JOB: [layers.job(loaded, factory)],
        INFRASTRUCTURE: [own],
        IDENTITY: [identity],
    }
    everything = [tag for lists in found.values() for tags in lists for tag in tags]
    factory.problems += check_secrets(everything)
    found[ASSET] = [layers.asset(loaded, factory)]
    return found


def _without_omitted(
    found: dict[str, list[list[Tag]]], factory: TagFactory
) -> dict[str, list[list[Tag]]]:
    """The layers without the tags that dativo.yaml leaves out; a warning where a job sets one."""
    if not factory.own.omitted:
        return found
    for tag in found[INFRASTRUCTURE][0]:
        if (
            tag.values
            and factory.own.omits(tag.concept)
            and factory.concept(tag.written) == tag.concept
        ):
            message = f'tag "{tag.written}" is left out by tags.omit of dativo.yaml'
            factory.problems.warning("tag-omitted", message, tag.location)
    return {
        layer: [[tag for tag in tags if not factory.own.omits(tag.concept)] for tags in lists]
        for layer, lists in found.items()
    }


def _stack(
    order: tuple[str, ...], found: dict[str, list[list[Tag]]]
) -> tuple[dict[str, list[Tag]], set[int]]:
    """Concept to what was given for it, weakest first.

    Terraform's merge() cannot take a key away. So a tag that a stronger layer takes away is
    hidden: left out of its layer's map. So are tags that lose inside their own layer, and the
    ``contains_`` tags of layers weaker than the one that classifies the data: they came from
    another classification.

    Returns:
        What was given, and the ids of the tags that are hidden.
    """
    given: dict[str, list[Tag]] = {}
    hidden: set[int] = set()
    for layer in order:
        for tags in found[layer]:
            for tag in tags:
                before = given.get(tag.concept)
                if tag.concept == CLASSES:
                    for concept, others in given.items():
                        if concept.startswith(CONTAINS):
                            hidden.update(map(id, others))
                if not tag.values:
                    hidden.update(map(id, before or ()))
                    hidden.add(id(tag))
                if before is None:
                    given[tag.concept] = [tag]
                    continue
                if before[-1].layer == layer:
                    hidden.add(id(before[-1]))
                before.append(tag)
    return given, hidden


def _outcome(
    given: dict[str, list[Tag]], hidden: set[int]
) -> tuple[dict[str, Tag], dict[str, tuple[Tag, ...]], dict[str, Tag]]:
    """Key to the tag that wins, to those that lost, and to the null that took it away."""
    merged: dict[str, Tag] = {}
    overridden: dict[str, tuple[Tag, ...]] = {}
    removed: dict[str, Tag] = {}
    for tags in given.values():
        last = tags[-1]
        losers = tags[:-1]
        if id(last) not in hidden:
            merged[last.key] = last
        elif not last.values:
            removed[last.key] = last
        else:
            losers = tags
        if losers:
            lost = tuple(tag for tag in losers if tag.values)
            if lost:
                overridden[last.key] = lost
    return (
        {key: merged[key] for key in sorted(merged)},
        {key: overridden[key] for key in sorted(overridden)},
        removed,
    )


def _shown(
    order: tuple[str, ...], found: dict[str, list[list[Tag]]], hidden: set[int]
) -> tuple[TagLayer, ...]:
    layers = []
    for name in order:
        tags = [tag for tags in found[name] for tag in tags if id(tag) not in hidden]
        if tags:
            tags.sort(key=_by_key)
            files = dict.fromkeys([tag.location.file for tag in tags if tag.location is not None])
            layers.append(TagLayer(name, tuple(files), tuple(tags)))
    return tuple(layers)
