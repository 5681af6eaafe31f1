"""An organisation's own keys for known tags, and the tags that it leaves out: ``dativo.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.concepts.styles import concept_of, fold
from generator.concepts.table import CONCEPTS, CONTAINS
from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.model.settings import TagSettings
from generator.tags.lengths import Fitted
from generator.tags.rules import TAG_RULES, fit_key
from generator.text.hints import suggest

# In tags.omit it stands for the tags of all classes of data.
ALL_CLASSES = CONTAINS.rstrip("_")
_ALWAYS = "default"


class TagFormat(NamedTuple):
    """How the keys and values of a root's tags are written.

    Attributes:
        cloud: a name in ``rules.TAG_RULES``.
        style: "pascal", "snake" or "namespaced".
        namespace: prefix of the namespaced style.
        shorten: overlong keys and values get a hash at their end.
        own: concept and the organisation's own key for it on this cloud.
    """

    cloud: str
    style: str
    namespace: str
    shorten: bool
    own: tuple[tuple[str, str], ...] = ()

    def key(self, concept: str) -> Fitted:
        """The key of a concept, or of a tag of the user's own, on the cloud."""
        return _key(self, concept)


@lru_cache(maxsize=8192)  # a run of 1,000 jobs asks 30,000 times for some 100 keys
def _key(tag_format: TagFormat, concept: str) -> Fitted:
    cloud, style, namespace, shorten, own = tag_format
    written = dict(own).get(concept)
    if written is not None:  # the style that leaves every key as it is
        return fit_key(cloud, written, "snake", namespace, shorten)
    return fit_key(cloud, concept, style, namespace, shorten)


class OwnKeys(NamedTuple):
    """What dativo.yaml says of single tags.

    Attributes:
        by_target: cloud to concept to key.
        spelled: what all spellings of such a key have in common, to its concept.
        omitted: concepts that no root gets.
        problems_of: cloud to what is wrong with the keys that its roots would get.
    """

    by_target: Mapping[str, tuple[tuple[str, str], ...]]
    spelled: Mapping[str, str]
    omitted: frozenset[str]
    problems_of: Mapping[str, tuple[Problem, ...]]

    def concept(self, key: str, namespace: str) -> str:
        """The concept that a key spells; for a key of the user's own the key itself."""
        own = self.spelled.get(fold(key)) if self.spelled else None
        return own or concept_of(key, namespace) or key

    def omits(self, concept: str) -> bool:
        """Whether no root gets a tag."""
        classes = ALL_CLASSES in self.omitted and concept.startswith(CONTAINS)
        return classes or concept in self.omitted


def format_for(settings: TagSettings, cloud: str) -> TagFormat:
    """How tags are written on a cloud.

    Raises:
        InputError: as ``own_keys``; or the cloud does not take one of the keys.
    """
    own = own_keys(settings)
    if problems := own.problems_of.get(cloud):
        raise InputError(*problems)
    keys = own.by_target.get(cloud, ())
    shorten = settings.overlong == "shorten"
    return TagFormat(cloud, settings.style, settings.namespace, shorten, keys)


@lru_cache(maxsize=64)  # the settings are the same for every job of a run
def own_keys(settings: TagSettings) -> OwnKeys:
    """The organisation's keys, and what it leaves out.

    Args:
        settings: the ``tags`` of dativo.yaml.

    Raises:
        InputError: a name that is no tag, a key that is another tag's, a tag that
            is required and left out; all problems at once.
    """
    if not settings.keys and not settings.omit:
        return OwnKeys({}, {}, frozenset(), {})
    problems = Problems()
    spelled: dict[str, str] = {}
    given: dict[str, tuple[str, Mapping[str, str]]] = {}
    for name, keys in settings.keys.items():
        at = ("tags", "keys", name)
        concept = _named(name, settings, Location(SETTINGS_FILE, at, True), problems)
        if concept is None:
            continue
        given[concept] = (name, {str(target): key for target, key in keys.items()})
        for key in keys.values():
            other = spelled.setdefault(fold(key), concept)
            other = other if other != concept else concept_of(key, settings.namespace) or concept
            if other != concept:
                message = f'"{key}" is a key of the tag {other}, so it cannot be one of {concept}'
                location = Location(SETTINGS_FILE, at)
                problems.error("tag-collision", message, location, "choose another key")
    by_target = {target: tuple(_of_target(target, given)) for target in TAG_RULES}
    problems_of = {
        target: tuple(_unfit(settings, given, target, own)) for target, own in by_target.items()
    }
    omitted = frozenset(_omitted(settings, problems))
    if problems:
        raise InputError(*dict.fromkeys(problems))
    return OwnKeys(by_target, spelled, omitted, problems_of)


def _named(name: str, settings: TagSettings, location: Location, problems: Problems) -> str | None:
    concept = concept_of(name, settings.namespace)
    if concept is None:
        hint = suggest(name, (*CONCEPTS, ALL_CLASSES), "docs/tags.md lists all")
        problems.error("unknown-tag", f'there is no tag "{name}"', location, hint)
    return concept


def _of_target(
    target: str, given: Mapping[str, tuple[str, Mapping[str, str]]]
) -> Iterator[tuple[str, str]]:
    """Concept and key on one cloud; Databricks hands its tags on to the cloud that it is on."""
    names = [target, _ALWAYS]
    if target.startswith("databricks"):
        on = target.removesuffix("_job").removeprefix("databricks").lstrip("_") or "aws"
        names = ["databricks", on, _ALWAYS]
    for concept, (_, keys) in given.items():
        key = next((keys[name] for name in names if name in keys), None)
        if key is not None:
            yield concept, key


def _unfit(
    settings: TagSettings,
    given: Mapping[str, tuple[str, Mapping[str, str]]],
    target: str,
    own: tuple[tuple[str, str], ...],
) -> Iterator[Problem]:
    """Keys that a cloud does not take."""
    tag_format = TagFormat(target, settings.style, settings.namespace, True, own)
    for concept, key in own:
        if fault := tag_format.key(concept).refusal:
            name, keys = given[concept]
            path = ("tags", "keys", name, target) if target in keys else ("tags", "keys", name)
            message = f'"{key}" cannot be a key: {fault}'
            yield Problem("tag-key", message, Location(SETTINGS_FILE, path))


def _omitted(settings: TagSettings, problems: Problems) -> Iterator[str]:
    required = {concept_of(name, settings.namespace) or name for name in settings.required or ()}
    for index, name in enumerate(settings.omit):
        location = Location(SETTINGS_FILE, ("tags", "omit", index))
        if fold(name) == ALL_CLASSES:
            yield ALL_CLASSES
            continue
        concept = _named(name, settings, location, problems)
        if concept in required:
            message = f'the tag "{name}" is required, and left out'
            problems.error("tag-required", message, location, "keep one of the two")
        elif concept is not None:
            yield concept
