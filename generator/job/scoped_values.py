"""The values of dativo.yaml as they are for one tenant and environment.

Weakest first: ``values``, ``defaults.tenants.NAME.values``, ``defaults.environments.NAME.values``.
Every name stands in ``values``, with null where there is none for all, so that a misspelt one is
found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.errors import KeyPath, Location, Problem
from generator.files.names import SETTINGS_FILE
from generator.model.settings import Settings
from generator.model.values import resolve_values
from generator.model.variables import JOB_VARIABLES, NAME
from generator.text.hints import suggest

Scope = tuple[str | None, str | None]


class Values(NamedTuple):
    """The values for one tenant and environment.

    Attributes:
        texts: name to text in which only a job's variables are left.
        places: name to where it stands in dativo.yaml.
        raw: name to text as written.
        problems: names that nothing defines, and circles.
    """

    texts: dict[str, str]
    places: dict[str, KeyPath]
    raw: dict[str, str]
    problems: tuple[Problem, ...]


def values_for(settings: Settings, tenant: str | None, environment: str | None) -> Values:
    """The values for one tenant and environment; None stands for none, and leaves its own out.

    Args:
        settings: dativo.yaml.
        tenant: of the job.
        environment: likewise.
    """
    written: dict[str, str] = {}
    places: dict[str, KeyPath] = {}
    for path, values in blocks_for(settings, tenant, environment):
        for name, text in values.items():
            if text is not None:
                written[name], places[name] = text, (*path, name)
            else:
                written.pop(name, None)
    declared = frozenset(settings.values)
    texts, problems = resolve_values(
        written, lambda name: Location(SETTINGS_FILE, places[name]), declared
    )
    return Values(texts, places, written, tuple(problems))


def blocks_of(settings: Settings) -> Iterator[tuple[KeyPath, Mapping[str, str | None]]]:
    """Every mapping of values in dativo.yaml, with where it stands."""
    yield ("values",), settings.values
    for section in ("tenants", "environments"):
        for name, level in getattr(settings.defaults, section).items():
            if level.values:
                yield ("defaults", section, name, "values"), level.values


def blocks_for(
    settings: Settings, tenant: str | None, environment: str | None
) -> Iterator[tuple[KeyPath, Mapping[str, str | None]]]:
    """Those that apply to one tenant and environment, weakest first."""
    yield ("values",), settings.values
    defaults = settings.defaults
    if tenant in defaults.tenants:
        yield ("defaults", "tenants", tenant, "values"), defaults.tenants[tenant].values
    if environment in defaults.environments:
        path = ("defaults", "environments", environment, "values")
        yield path, defaults.environments[environment].values


def value_problems(settings: Settings) -> Iterator[Problem]:
    """A value that no ``${NAME}`` could mean, or that needs itself for some tenant."""
    for path, values in blocks_of(settings):
        for name in values:
            location = Location(SETTINGS_FILE, (*path, name), True)
            if name.upper() in JOB_VARIABLES:
                message = f'"{name}" cannot be a value: ${{{name}}} is what the job says of itself'
                yield Problem("reserved-name", message, location, "choose another name")
            elif not NAME.fullmatch(name):
                message = f'"{name}" cannot be written as ${{NAME}}'
                hint = "use letters, digits and _, and start with a letter or _"
                yield Problem("invalid-name", message, location, hint)
            elif name not in settings.values:
                message = f'there is no value "{name}" that could differ here'
                hint = suggest(name, settings.values, f"declare it: `values: {{{name}: null}}`")
                yield Problem("unknown-key", message, location, hint)
    yield from _unresolved(settings)


def _unresolved(settings: Settings) -> Iterator[Problem]:
    """Names that nothing defines, and circles, for every tenant and environment with values."""
    named: dict[str, list[str | None]] = {"tenants": [None], "environments": [None]}
    for path, _ in blocks_of(settings):
        if len(path) > 1:
            named[str(path[1])].append(str(path[2]))
    told: set[tuple[str, KeyPath]] = set()
    for tenant in named["tenants"]:
        for environment in named["environments"]:
            for problem in values_for(settings, tenant, environment).problems:
                at = problem.location.path if problem.location else ()
                key = (problem.code, at)
                if key not in told:
                    told.add(key)
                    yield problem
