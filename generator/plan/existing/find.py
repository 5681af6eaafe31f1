"""The data sources of one root: every row of the cloud's table that the job has something for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.runtime_types import platform_of
from generator.model.variables import Template, parts, waits
from generator.plan.existing.lookup import (
    ITSELF,
    UNVERIFIED_IMAGE,
    Arguments,
    Check,
    Lookup,
    Unverified,
    attribute,
)
from generator.plan.other_jobs import taken
from generator.plan.providers import CLOUD_PROVIDERS
from generator.plan.root_plan import (
    Condition,
    DataSource,
    ProviderBlock,
    ProviderRequirement,
    Variable,
)
from generator.text.expression import Interpolation, Reference, Value
from generator.text.versions import satisfiable

_EACH = Reference("each.value")


def data_sources(
    loaded: LoadedJob,
    providers: tuple[ProviderBlock, ...],
    variables: tuple[Variable, ...],
    required: tuple[ProviderRequirement, ...] = (),
) -> tuple[DataSource, ...]:
    """What the job names and others made, to be looked up when its root is planned.

    A field that the runtime cannot honour is refused before, so what is set has an effect.

    Args:
        loaded: the job.
        providers: those of the root; without the cloud's own, or that of the workspace that
            the job runs in, there is nobody to ask.
        variables: those of the root. What holds another one is left out, as is what would have
            to be taken apart and holds one.
        required: which versions of the providers the root asks for.
    """
    infrastructure = loaded.job.infrastructure
    inside = platform_of(infrastructure.runtime.type) == "databricks"
    cloud = "databricks" if inside else infrastructure.provider
    asked = cloud if inside else CLOUD_PROVIDERS[cloud].provider
    if all(block.name != asked for block in providers):
        return ()
    wanted = infrastructure.terraform.verify_existing
    declared = frozenset([variable.name for variable in variables])
    version = "".join(one.version for one in required if one.name == asked)
    found = []
    for lookup, keys in _rows(cloud, infrastructure.runtime.type, version):
        named = _named(infrastructure, keys)
        if not named or not (wanted or lookup.needed):
            continue
        if lookup.when is None or lookup.when(infrastructure):
            source = _source(lookup, named, loaded, declared)
            if source is not None:
                found.append(source)
    return tuple(found)


def _of_version(lookup: Lookup, constraint: str) -> Lookup:
    """The row with the names that attributes have in the versions of the provider asked for."""
    checks = tuple(_former(check, constraint) for check in lookup.checks)
    return lookup if checks == lookup.checks else lookup._replace(checks=checks)


def _former(check: Check, constraint: str) -> Check:
    if check.former is None or not isinstance(check.left, Reference):
        return check
    name, since = check.former
    if satisfiable(constraint, f">= {since}"):
        return check
    before = attribute(name)
    return check._replace(left=before, says=check.says.replace(check.left.text, before.text))


def tables(cloud: str) -> tuple[tuple[Lookup, ...], tuple[Unverified, ...]]:
    """What can be looked up on a cloud or in a Databricks workspace, and what cannot."""
    table = import_module(f"generator.plan.existing.{cloud}")
    return table.LOOKUPS, (*table.UNVERIFIED, UNVERIFIED_IMAGE)


# The same for all jobs of a runtime: saves 1 % of a run over 1,000 jobs.
@lru_cache(maxsize=64)
def _rows(cloud: str, runtime: str, version: str) -> tuple[tuple[Lookup, list[str]], ...]:
    return tuple(
        (_of_version(lookup, version), lookup.field.split("."))
        for lookup in tables(cloud)[0]
        if not lookup.runtimes or runtime in lookup.runtimes
    )


def _named(value: Any, keys: list[str]) -> Any:
    for key in keys:
        value = getattr(value, key)
        if value is None:
            return None
    return value


def _source(
    lookup: Lookup, named: Any, loaded: LoadedJob, declared: frozenset[str]
) -> DataSource | None:
    """The data source of one field; None where nothing that it names can be looked up."""
    infrastructure = loaded.job.infrastructure
    texts = (named,) if isinstance(named, str) else named
    pairs = texts if isinstance(texts, Mapping) else {text: text for text in texts}
    things: dict[str, Arguments] = {}
    for key, text in pairs.items():
        found = _arguments(lookup, text, loaded, declared)
        if found is not None:
            things[key] = found
    if not things:
        return None
    if lookup.type.startswith("aws_"):
        _without_own_region(things, infrastructure.region)
    single = isinstance(named, str) or (
        len(things) == 1 and lookup.parse is not None and not isinstance(named, Mapping)
    )
    if single:
        ((key, arguments),) = things.items()
        itself = arguments[lookup.argument] if lookup.argument else key
        return _made(lookup, loaded, arguments, (), itself)
    return _made(lookup, loaded, *_several(things, lookup), ITSELF)


def _arguments(
    lookup: Lookup, text: str, loaded: LoadedJob, declared: frozenset[str]
) -> Arguments | None:
    """The arguments that find one thing."""
    infrastructure = loaded.job.infrastructure
    if lookup.parse is not None:
        return None if waits(text) else lookup.parse(text, infrastructure)
    value = _expressed(text, declared, loaded) if waits(text) else text
    if value is None:
        return None
    more = lookup.more(infrastructure) if lookup.more else {}
    found = {name: _expressed(v, declared, loaded) if waits(v) else v for name, v in more.items()}
    return None if None in found.values() else {lookup.argument: value, **found}


def _expressed(text: Template, declared: frozenset[str], loaded: LoadedJob) -> Value:
    """Text that waits as the module's inputs have it; None: the root has no such variable."""
    found: list[str | Reference] = []
    for what, piece in parts(text):
        if what == "text":
            found.append(piece)
            continue
        other = taken(loaded, piece) if what == "output" else None
        if other is not None and loaded.from_state:
            found.append(other.read)
            continue
        name = piece.lower() if other is None else other.variable
        if name not in declared:
            return None
        found.append(Reference(f"var.{name}"))
    return found[0] if len(found) == 1 else Interpolation(tuple(found))


def _without_own_region(things: Mapping[str, Arguments], region: str) -> None:
    """The provider looks in the region of the job anyway."""
    if all(arguments.get("region", region) == region for arguments in things.values()):
        for arguments in things.values():
            arguments.pop("region", None)


def _several(
    things: dict[str, Arguments], lookup: Lookup
) -> tuple[Arguments, tuple[Value, ...] | dict[str, Value]]:
    """The arguments of several things, and what they are made for each of."""
    names = list(dict.fromkeys(name for arguments in things.values() for name in arguments))
    if len(names) > 1:
        each: dict[str, Value] = {
            key: {name: arguments.get(name) for name in names} for key, arguments in things.items()
        }
        return {name: Reference(f"each.value.{name}") for name in names}, each
    (name,) = names
    values = {key: arguments[name] for key, arguments in things.items()}
    return {name: _EACH}, tuple(values.values()) if lookup.argument else values


def _made(
    lookup: Lookup,
    loaded: LoadedJob,
    arguments: Arguments,
    for_each: tuple[Value, ...] | dict[str, Value],
    itself: Value,
) -> DataSource:
    holds = ["each is there" if for_each else "is there"]
    checks = list(_in_effect(lookup, loaded.job.infrastructure, itself))
    conditions: list[Condition] = []
    if checks:
        path = ("infrastructure", *lookup.field.split("."))
        file = loaded.locations.location(path).file
        where = f"of the job {loaded.job.name}" if file == loaded.file else f"in {file}"
        end = f"; see infrastructure.{lookup.field} {where}."
        region = loaded.job.infrastructure.region
    for check, right in checks:
        says = _sentence(lookup.noun, itself, check, region, end)
        conditions.append(Condition(check.left, check.operator, right, says))
        holds.append(check.holds)
    comment = f"infrastructure.{lookup.field}: {', '.join(holds)}."
    return DataSource(
        type=lookup.type,
        name=lookup.name,
        comment=comment,
        arguments=arguments,
        for_each=for_each,
        conditions=tuple(conditions),
        needed=lookup.needed,
        permissions=lookup.permissions,
    )


def _in_effect(
    lookup: Lookup, infrastructure: Infrastructure, itself: Value
) -> Iterator[tuple[Check, Value]]:
    """The checks for which this job says what to expect, and what that is."""
    for check in lookup.checks:
        right = check.right
        if callable(right):
            right = right(infrastructure)
            if right is None:
                continue
        yield check, itself if right is ITSELF else right


def _sentence(noun: str, itself: Value, check: Check, region: str, end: str) -> Value:
    """The error: a whole sentence that names the thing, the field and the file."""
    said = [region if piece == "region" else piece for piece in _said(check.says)]
    named = itself.parts if isinstance(itself, Interpolation) else (itself,)
    pieces: list[Any] = [f"The {noun} ", *named, " ", *said, end]
    joined: list[str | Reference] = []
    for piece in pieces:
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined[0] if len(joined) == 1 else Interpolation(tuple(joined))


@lru_cache(maxsize=256)
def _said(text: str) -> tuple[str | Reference, ...]:
    """The pieces of a check's words: every other one stood in braces."""
    return tuple(
        Reference(piece) if index % 2 and piece != "region" else piece
        for index, piece in enumerate(text.replace("}", "{").split("{"))
    )
