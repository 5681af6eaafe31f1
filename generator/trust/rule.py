"""What is told of a value that a list of patterns does not allow."""

from __future__ import annotations

from generator.errors import Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.trust.scope import Rule

FORBIDDEN = "not-trusted"


def forbidden(rule: Rule, what: str, location: Location, why: str = "") -> Problem:
    """The problem of a value that a list does not allow.

    Args:
        rule: the list.
        what: the value, for people.
        location: where it stands.
        why: what is wrong with it, where it is not just missing there.
    """
    message = f"{what} is not among what {rule.setting} in {SETTINGS_FILE} allows"
    return Problem(FORBIDDEN, message + (f": {why}" if why else ""), location, rule.hint)
