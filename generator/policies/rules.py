"""The required tags of a project on one cloud: keys, and what values may be."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.project import Project
from generator.tags.own_keys import format_for, own_keys
from generator.tags.rules import fit_value

# A pattern of nothing but text, alternatives, digits and an open end can be told without one.
_TEXT = r"(?:[A-Za-z0-9 _:/@=-]|\\[.+-])"
_SIMPLE = re.compile(rf"(?:{_TEXT}|\[0-9\](?:\{{[1-9][0-9]?\}})?)*(?:\.\*)?").fullmatch
_DIGITS = re.compile(r"\[0-9\](?:\{([1-9][0-9]?)\})?")


class Rule(NamedTuple):
    """One required tag.

    Attributes:
        name: as dativo.yaml has it.
        key: on the cloud.
        allowed: the values that are allowed, as the cloud has them; empty where any is.
        pattern: a regular expression that the whole value matches; "" where there is none.
        location: of the rule.
    """

    name: str
    key: str
    allowed: tuple[str, ...]
    pattern: str
    location: Location

    def globs(self, digits: str = "") -> list[str] | None:
        """The pattern as texts, of which one may end with ``*``; None where it is more.

        Args:
            digits: what stands for one digit; "" where nothing can.
        """
        found = []
        for part in self.pattern.removeprefix("^").removesuffix("$").split("|"):
            if not _SIMPLE(part) or ("[" in part and not digits):
                return None
            text = _DIGITS.sub(lambda m: digits * int(m[1] or 1), part.removesuffix(".*"))
            found.append(text.replace("\\", "") + ("*" if part.endswith(".*") else ""))
        return found

    def told(self, target: str, what: str, why: str) -> Problem:
        """The warning that a target cannot express something."""
        message = f'{what} of the tag "{self.name}" is not handed over to {target}: {why}'
        return Problem(
            "policy-left-out", message, self.location, "dativo itself checks it", "warning"
        )


def rules_of(project: Project, cloud: str) -> list[Rule]:
    """The required tags.

    Args:
        project: the repository.
        cloud: aws, gcp or azure, whose keys and values are meant.

    Raises:
        InputError: there are none, or the cloud does not take one of the keys or values.
    """
    settings = project.settings.tags
    if not settings.required:
        hint = "for example `tags: {required: {cost_center: , owner: }}`"
        message = "tags.required names no tags, so that there is no policy to hand over"
        raise InputError(Problem("no-policy", message, Location(SETTINGS_FILE, ("tags",)), hint))
    format, own = format_for(settings, cloud), own_keys(settings)
    problems, found = Problems(), []
    for name, rule in settings.required.items():
        location = Location(SETTINGS_FILE, ("tags", "required", name), True)
        key = format.key(own.concept(name, settings.namespace))
        fitted = (
            [fit_value(cloud, (v,), format.shorten) for v in (rule.allowed or ())] if rule else []
        )
        for one in (key, *fitted):
            if one.refusal:
                problems.error("policy", one.refusal, location)
        pattern = (rule.pattern or "") if rule else ""
        found.append(Rule(name, key.text, tuple(f.text for f in fitted), pattern, location))
    problems.raise_any()
    return found
