"""Values that the module's own ``validation`` blocks refuse, told at the job's line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.errors import KeyPath, Problem
from generator.job.loaded import LoadedJob
from generator.model.problems import shown
from generator.model.variables import names_left
from generator.modules.interface import ModuleVariable
from generator.modules.validations import KEYS, LENGTH
from generator.plan.runtimes.field import Input

# Words that begin a sentence with a capital, and go on after a colon without.
_WORDS = frozenset(("The", "Each", "A", "An", "All", "Only", "One", "Every", "With", "Without"))


def refused(loaded: LoadedJob, declared: ModuleVariable, given: Input) -> Iterator[Problem]:
    """What the module's validations refuse of an input.

    Args:
        loaded: the job, for places.
        declared: the module's variable.
        given: its value, converted to the type of the variable.
    """
    for validation in declared.validations:
        for at, part, step in validation.faults(given.value):
            path = _field(loaded, given, at)
            written = loaded.locations.raw(path)
            said = _message(validation.message, declared, path, part, step, written)
            yield Problem("invalid-value", said, loaded.locations.location(path, step == KEYS))


def _field(loaded: LoadedJob, given: Input, at: KeyPath) -> KeyPath:
    """The field of the job that a part of an input's value comes from, as near as it is known."""
    for length in range(len(at), 0, -1):
        if (origin := given.origins.get(at[:length])) is not None:
            return origin + at[length:]
    path = given.path + at
    while len(path) > len(given.path) and loaded.locations.written(path) is None:
        path = path[:-1]
    return path


def _message(
    sentence: str, declared: ModuleVariable, path: KeyPath, part: Any, step: str, written: Any
) -> str:
    first = sentence.partition(" ")[0]
    said = sentence.removesuffix(".")
    if first in _WORDS:
        said = said[0].lower() + said[1:]
    below = path[1:] if path[0] == "infrastructure" and len(path) > 1 else path
    name = ".".join(map(str, below))
    if step == LENGTH:
        return f'"{name}" cannot have {part} items: {said}'
    if step == KEYS:
        return f'"{name}" cannot be a key here: {said}'
    # What stands where a secret is asked for may be the secret itself: it is not repeated.
    secret = declared.sensitive or any("secret" in str(key) for key in (declared.name, *path))
    if secret or isinstance(part, dict | list):
        return f'"{name}" is refused: {said}'
    given = shown(part)
    if isinstance(written, str) and written != str(part) and not names_left(written):
        given = f"{shown(written)} ({part})"
    return f'"{name}" cannot be {given}: {said}'
