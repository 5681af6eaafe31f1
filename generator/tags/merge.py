"""The tags of one root: gathered from the layers, merged by precedence, brought to the cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import InputError, Problem
from generator.tags import layers, mapping
from generator.tags.check import check
from generator.tags.clouds import fit_key, fit_value
from generator.tags.concepts import CONTAINS
from generator.tags.entry import Entry
from generator.tags.required import check_required
from generator.tags.styles import contains
from generator.tags.tag_set import Tag, TagLayer, TagSet

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.job.settings import TagSettings

CLASSES = "data_classification"


class Given:
    """An entry with its layer, and whether that layer's map still shows it."""

    __slots__ = ("entry", "layer", "shown")

    def __init__(self, layer: str, entry: Entry) -> None:
        self.layer = layer
        self.entry = entry
        self.shown = bool(entry.values)


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
    problems: list[Problem] = []
    given = _stack(order, _gather(loaded, settings, problems))
    tags = _fit(loaded.job.infrastructure.provider, order, given, settings)
    check(tags, given, settings, problems)
    check_required(tags, loaded, settings, problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(*errors)
    return TagSet(
        tags.cloud, tags.layers, tags.merged, tags.overridden, tuple(problems), tags.removed
    )


def _gather(
    loaded: LoadedJob, settings: TagSettings, problems: list[Problem]
) -> dict[str, list[list[Entry]]]:
    """Layer to its mappings, weakest first; only ``defaults`` has several."""
    written = layers.defaults(loaded, settings.namespace, problems)
    own = layers.infrastructure(loaded, settings.namespace, problems)
    identity = layers.identity(loaded, problems)
    stands = {entry.concept: entry for entry in identity}
    for entries in (*written, own):
        mapping.check_identity(entries, stands, problems)
    return {
        layers.DERIVED: [layers.derived(loaded, problems)],
        layers.DEFAULTS: written,
        layers.ASSET: [layers.asset(loaded, problems)],
        layers.JOB: [layers.job(loaded, problems)],
        layers.INFRASTRUCTURE: [own],
        layers.IDENTITY: [identity],
    }


def _stack(order: tuple[str, ...], found: dict[str, list[list[Entry]]]) -> dict[str, list[Given]]:
    """Concept to what was given for it, weakest first; the last one stands if it is shown."""
    stack: dict[str, list[Given]] = {}
    for layer in order:
        for entries in found[layer]:
            for entry in _with_classes(entries, stack):
                given = Given(layer, entry)
                before = stack.setdefault(entry.concept, [])
                for other in before:
                    if not entry.values or other.layer == layer:
                        other.shown = False
                before.append(given)
    return stack


def _with_classes(entries: list[Entry], stack: dict[str, list[Given]]) -> list[Entry]:
    """``entries`` with a tag for each class of data, in place of those of weaker layers.

    Who says how the data is classified says also what it contains: a weaker layer's
    ``contains_pii`` does not outlive the classification that it came from.
    """
    classes = next((entry for entry in entries if entry.concept == CLASSES), None)
    if classes is None:
        return entries
    for concept, before in stack.items():
        if concept.startswith(CONTAINS):
            for given in before:
                given.shown = False
    said = {entry.concept for entry in entries}
    new = dict.fromkeys(contains(value) for value in classes.values)
    return [*entries, *(Entry(c, ("true",), classes.place, c) for c in new if c not in said)]


def _fit(
    cloud: str, order: tuple[str, ...], stack: dict[str, list[Given]], settings: TagSettings
) -> TagSet:
    """Give every entry its key and value on the cloud."""
    style, namespace, shorten = settings.style, settings.namespace, settings.overlong == "shorten"
    shown: dict[str, list[Tag]] = {layer: [] for layer in order}
    merged: dict[str, Tag] = {}
    lost: dict[str, tuple[Tag, ...]] = {}
    removed: dict[str, Tag] = {}
    for concept, given in stack.items():
        key = fit_key(cloud, concept, style, namespace, shorten).text
        tags = []
        for one in given:
            layer, (_, values, place, _) = one.layer, one.entry
            value = fit_value(cloud, values, shorten).text if values else ""
            tag = Tag(concept, values, layer, place, key, value)
            tags.append(tag)
            if one.shown:
                shown[layer].append(tag)
        last = tags[-1]
        if given[-1].shown:
            merged[key] = tags.pop()
        elif not last.values:
            removed[key] = tags.pop()
        losers = tuple(tag for tag in tags if tag.values)
        if losers:
            lost[key] = losers
    return TagSet(
        cloud,
        tuple(_layer(name, tags) for name, tags in shown.items() if tags),
        dict(sorted(merged.items())),
        dict(sorted(lost.items())),
        (),
        removed,
    )


def _layer(name: str, tags: list[Tag]) -> TagLayer:
    tags.sort(key=lambda tag: tag.key)
    files = dict.fromkeys(tag.place.file for tag in tags if tag.place is not None)
    return TagLayer(name, tuple(files), tuple(tags))
