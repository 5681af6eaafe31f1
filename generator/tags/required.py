"""Tags that every job must end up with, by dativo.yaml or by good custom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.concepts.table import CONCEPTS
from generator.errors import Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob
from generator.model.settings import TagRule, TagSettings
from generator.tags.own_keys import own_keys
from generator.tags.tag_set import Tag
from generator.text.hints import did_you_mean, question, suggest
from generator.text.linear import whole

# Without settings: who pays, and whom to ask. Each row is fulfilled by any one of its tags.
CUSTOMARY = (("cost_center",), ("owner", "team"))
_LONGEST_PATTERN = 500
_LONGEST_VALUE = 1000


def check_required(
    merged: dict[str, Tag],
    removed: dict[str, Tag],
    loaded: LoadedJob,
    settings: TagSettings,
    problems: Problems,
) -> None:
    """Check that required tags are there and match their rules.

    Args:
        merged: key to the tag that wins.
        removed: key to the null that took the tag away.
        loaded: the job, for the place where a missing tag would be added.
        settings: ``required`` of None asks for the customary tags with a warning; an empty
            mapping asks for nothing.
        problems: what is missing or wrong is added here.
    """
    found = {tag.concept: tag for tag in merged.values()}
    if settings.required is None:
        problems.extend(_customary(found, loaded))
        return
    for key, rule in settings.required.items():
        concept = own_keys(settings).concept(key, settings.namespace)
        tag = found.get(concept)
        if tag is None:
            problems.append(_missing(key, removed, concept, loaded))
        elif rule is not None:
            problems.extend(_against(key, tag, rule))


def _customary(found: dict[str, Tag], loaded: LoadedJob) -> Iterator[Problem]:
    for names in CUSTOMARY:
        if not any(name in found for name in names):
            listed = " or ".join(f'"{name}"' for name in names)
            yield Problem(
                "tag-missing",
                f"no tag {listed} comes from the job, its asset or dativo.yaml",
                loaded.locations.location(("infrastructure", "tags")),
                f"add for example infrastructure.tags.{names[0]}",
                "warning",
            )


def _missing(key: str, removed: dict[str, Tag], concept: str, loaded: LoadedJob) -> Problem:
    taken = next((tag for tag in removed.values() if tag.concept == concept), None)
    if taken is not None:
        message = f'tag "{key}" is required by dativo.yaml and cannot be taken away'
        return Problem("tag-required", message, taken.location)
    if concept not in CONCEPTS and (meant := did_you_mean(key, CONCEPTS)) is not None:
        # One slip in dativo.yaml, not one in every job.
        message = f'jobs have no tag "{key}", which is required here'
        location = Location(SETTINGS_FILE, ("tags", "required", key), True)
        return Problem("tag-required", message, location, question(meant))
    return Problem(
        "tag-required",
        f'tag "{key}" is required by dativo.yaml and missing',
        loaded.locations.location(("infrastructure", "tags")),
        f"add infrastructure.tags.{concept}, or let the job or its asset say it",
    )


def _against(key: str, tag: Tag, rule: TagRule) -> Iterator[Problem]:
    """What of a tag's values breaks the rule; each item of a list has to keep it."""
    for value in tag.values:
        if rule.allowed is not None and value not in rule.allowed:
            message = f'tag "{key}" is "{value}", allowed are: {", ".join(rule.allowed)}'
            yield Problem("tag-not-allowed", message, tag.location, suggest(value, rule.allowed))
    if rule.pattern is None:
        return
    matches, fault = _compiled(rule.pattern)
    if matches is None:
        location = Location(SETTINGS_FILE, ("tags", "required", key, "pattern"))
        yield Problem("tag-pattern", f"the pattern cannot be used: {fault}", location)
        return
    for value in tag.values:
        if len(value) > _LONGEST_VALUE or not matches(value):
            message = f'tag "{key}" is "{value}", which does not match {rule.pattern}'
            yield Problem("tag-pattern", message, tag.location)


# Compiles patterns of the settings, once for all jobs: saves 1 % of a run over 1,000 jobs.
@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[Callable[[str], bool] | None, str]:
    if len(pattern) > _LONGEST_PATTERN:
        return None, f"it has {len(pattern)} characters, at most {_LONGEST_PATTERN} are read"
    try:
        return whole(pattern), ""
    except ValueError as error:
        return None, str(error)
