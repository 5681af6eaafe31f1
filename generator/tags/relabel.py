"""The tags of a root in the form of something inside the cloud: Kubernetes, Databricks."""

from __future__ import annotations

from generator.errors import InputError, Problem, Problems
from generator.model.settings import TagSettings
from generator.tags.check import unfit
from generator.tags.own_keys import format_for
from generator.tags.rules import TAG_RULES, fit_value
from generator.tags.tag_set import TagSet


def labels_for(
    tags: TagSet, target: str, settings: TagSettings
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The winning tags by the rules of another row of ``rules.TAG_RULES``.

    Args:
        tags: what ``build`` returned.
        target: "kubernetes", "databricks", or another cloud.
        settings: the ``tags`` of dativo.yaml.

    Returns:
        Key to value in the order of keys, and warnings about what was changed.

    Raises:
        InputError: a key or value cannot be used there, two keys become one, or there are
            too many; all problems at once.
    """
    rules = TAG_RULES[target]
    tag_format = format_for(settings, target)
    labels: dict[str, str] = {}
    errors = Problems()
    warnings = Problems()
    for tag in tags.merged.values():
        key = tag_format.key(tag.concept)
        value = fit_value(target, tag.values, tag_format.shorten)
        for problem in unfit(f'{rules.word} "{tag.key}"', key, value, tag.location):
            (errors if problem.severity == "error" else warnings).append(problem)
        if key.text.lower() in map(str.lower, labels):
            message = f'two {rules.word}s become one on {rules.title}: "{key.text}"'
            errors.error("tag-collision", message, tag.location)
        labels[key.text] = value.text
    if len(labels) > rules.most > 0:
        message = f"{len(labels)} {rules.word}s, {rules.title} allows {rules.most} on a resource"
        errors.error("tag-count", message)
    if errors:
        raise InputError(*errors)
    return dict(sorted(labels.items())), tuple(warnings)
