"""Texts that nearly are ``{{jobs.NAME.outputs.OUTPUT}}``, or stand where nothing fills them in."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import KeyPath, Location, Problem
from generator.job.loaded import LoadedJob
from generator.job.variants import READ_KEYS
from generator.model.problems import shown
from generator.model.variables import OUTPUT
from generator.text.patterns import lazy
from generator.yaml.data import texts

_NEAR = lazy(r"(?<!\$)\$?\{{1,2}\s*jobs?\s*[.\[][^{}]*\}{1,2}")
_DOLLAR = lazy(r"\$\{\{\s*jobs\.")
_FORM = "{{jobs.NAME.outputs.OUTPUT}}"


def strays(loaded: LoadedJob) -> Iterator[Problem]:
    """What is wrong with such texts of a job file, or deserves a word.

    Args:
        loaded: the job.
    """
    if not loaded.mentions_jobs:
        return
    for path, text in texts(loaded.document, ()):
        if path[:1] == ("environments",) and path[1:2] != (loaded.job.environment,):
            continue
        inner = path[2:] if path[:1] == ("environments",) else path
        problem = _stray(inner, text, Location(loaded.file, path))
        if problem is not None:
            yield problem


def _stray(path: KeyPath, text: str, location: Location) -> Problem | None:
    if path[:1] == ("infrastructure",):
        if path[1:2] == ("resource_identifiers",):
            return None  # where an output of the own root is meant, which is told there
        if _DOLLAR.search(text):
            message = f"{shown(text)} would leave a $ before the output"
            return Problem("placeholder", message, location, f"write {_FORM}, without the $")
        if near := _NEAR.search(OUTPUT.sub("", text)):
            message = f"{shown(near[0])} is not a placeholder"
            return Problem("placeholder", message, location, f"write {_FORM}, quoted")
    elif OUTPUT.search(text) and (path[:1] == ("target",) or path[0] not in READ_KEYS):
        message = "the runner finds this text as it stands: nothing fills it in"
        hint = "an output of another job goes into an input of the module, such as an environment "
        hint += "variable"
        return Problem("placeholder", message, location, hint, "warning")
    return None
