"""The block ``policies`` of dativo.yaml: read, and held against the fields that jobs have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from generator.concepts.styles import concept_of
from generator.concepts.table import CONCEPTS
from generator.errors import InputError, KeyPath, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.environments import not_allowed
from generator.model.policies import READY, Policies
from generator.model.policy_fields import ANY, ASSET, TAKES, JobField, field, fields
from generator.model.problems import dotted, problems_of
from generator.model.runtime_types import RUNTIME_TYPES
from generator.model.settings import Settings
from generator.model.variables import names_left
from generator.model.when import NAMED, Conditions, Operators
from generator.text.hints import did_you_mean, misspelt, question, suggest
from generator.text.linear import whole

BLOCK = "policies"
_RUNTIME = "infrastructure.runtime.type"
_LONGEST_PATTERN = 500
_TAG = JobField(("tag",), ANY)


def checked(written: Any, settings: Settings) -> Policies:
    """The policies of dativo.yaml.

    Args:
        written: the block as plain data.
        settings: all else in dativo.yaml.

    Raises:
        InputError: something in the block is wrong; with all that is.
    """
    try:
        policies = Policies.model_validate(written)
    except ValidationError as error:
        raise InputError(*problems_of(error, Policies, _at, (BLOCK,))) from None
    Problems(_problems(policies, settings)).raise_any()
    return policies


def faults(written: Any) -> tuple[Problem, ...]:
    """What is wrong with policies of a dativo.yaml in which something else is wrong as well."""
    try:
        checked(written, Settings())
    except InputError as error:
        return error.problems
    return ()


def _at(path: KeyPath, on_key: bool = False) -> Location:
    return Location(SETTINGS_FILE, path, on_key)


def _problems(policies: Policies, settings: Settings) -> Iterator[Problem]:
    for name, info in type(policies.ready).model_fields.items():
        ready = getattr(policies.ready, name)
        if ready is None:
            continue
        at: KeyPath = (BLOCK, "ready", info.alias or name)
        if ready.when is not None:
            yield from _of_conditions(ready.when, (*at, "when"), settings)
        for index, environment in enumerate(getattr(ready, "environments", ())):
            if "environments" in ready.model_fields_set:
                yield from _environment(environment, (*at, "environments", index), settings)
    for name, policy in policies.rules.items():
        at = (BLOCK, "rules", name)
        if policy.when is not None:
            yield from _of_conditions(policy.when, (*at, "when"), settings)
        yield from _of_conditions(policy.require, (*at, "require"), settings)
    yield from _of_exemptions(policies)


def _of_exemptions(policies: Policies) -> Iterator[Problem]:
    """Names that no policy has."""
    for index, exemption in enumerate(policies.exemptions):
        for number, name in enumerate(exemption.policies):
            if name not in policies.rules and name not in READY:
                message = f'there is no policy "{name}"'
                place = _at((BLOCK, "exemptions", index, "policies", number))
                hint = suggest(name, {*policies.rules, *READY})
                yield Problem("unknown-policy", message, place, hint)


def _of_conditions(conditions: Conditions, at: KeyPath, settings: Settings) -> Iterator[Problem]:
    """What is wrong with conditions at a place of dativo.yaml."""
    if not conditions.model_fields_set:
        yield Problem("empty-policy", f'"{dotted(at)}" asks for nothing', _at(at, True))
    for name, path in NAMED.items():
        asked = getattr(conditions, name)
        known = field(path)
        if asked is not None and known is not None:
            yield from _of_operators(asked, known, (*at, name), settings)
    for name, asked in conditions.field.items():
        known = field(name)
        if known is None:
            hint = _meant(name)
            place = _at((*at, "field", name), True)
            whose = "asset contracts" if name.startswith(f"{ASSET}.") else "jobs"
            yield Problem("unknown-field", f'{whose} have no field "{name}"', place, hint)
        else:
            yield from _of_operators(asked, known, (*at, "field", name), settings)
    for name, asked in conditions.tag.items():
        yield from _tag(name, (*at, "tag", name), settings)
        yield from _of_operators(asked, _TAG, (*at, "tag", name), settings)
    for index, one in enumerate(conditions.any):
        yield from _of_conditions(one, (*at, "any", index), settings)


def _meant(name: str) -> str:
    """The field that was likely meant: below a block that was left out, or one slip away."""
    for above in ("infrastructure", ASSET):
        if field(f"{above}.{name}") is not None:
            return question(f"{above}.{name}")
    document, dot, below = name.partition(".")
    if dot and document == ASSET:
        return _meant_in_asset(below)
    return suggest(name, fields())


def _meant_in_asset(below: str) -> str:
    """Its last key may be in another block of the contract."""
    known = [one.partition(".")[2] for one, found in fields().items() if found.in_asset]
    ends = [one for one in known if one.rpartition(".")[2] == below.rpartition(".")[2]]
    meant = ends[0] if len(ends) == 1 else did_you_mean(below, known)
    return question(meant and f"{ASSET}.{meant}", "docs/reference/keys.md lists them")


def _tag(name: str, at: KeyPath, settings: Settings) -> Iterator[Problem]:
    """A tag that is known, or one's own; a slip in a known name is neither."""
    tags = settings.tags
    own = {*tags.keys, *(tags.required or ())}
    if name in own or concept_of(name, tags.namespace) is not None:
        return
    if (meant := misspelt(name, {*CONCEPTS, *own})) is not None:
        yield Problem("unknown-tag", f'there is no tag "{name}"', _at(at, True), question(meant))


def _of_operators(
    asked: Operators, known: JobField, at: KeyPath, settings: Settings
) -> Iterator[Problem]:
    """Operators that a field does not take, and values that it cannot have."""
    if asked.short is not None:
        where = [(*at, index) for index in range(len(asked.short))] if asked.many else [at]
        if known.kind not in _WITH_VALUES:
            yield _not_taken("equals", known, at)
            return
        for place, text in zip(where, asked.short, strict=True):
            yield from _value(text, known, place, settings)
        return
    given = {type(asked).model_fields[name].alias or name for name in asked.model_fields_set}
    if not given - {name for name in given if _said(asked, name) is None}:
        message = f'"{dotted(at)}" asks for nothing'
        yield Problem("empty-policy", message, _at(at, True), "name an operator")
    for name in sorted(given - TAKES[known.kind] - {"present", "not"}):
        yield _not_taken(name, known, (*at, name))
    for name in sorted(given & TAKES[known.kind]):
        said = _said(asked, name)
        texts = said if isinstance(said, tuple) else [said] if said is not None else []
        for index, text in enumerate(texts):
            place = (*at, name, index) if isinstance(said, tuple) else (*at, name)
            yield from _operand(name, text, known, place, settings)
    if asked.not_ is not None:
        yield from _of_operators(asked.not_, known, (*at, "not"), settings)


TAKEN = frozenset(("present", "not")).union(*TAKES.values())
_WITH_VALUES = frozenset(kind for kind, takes in TAKES.items() if "equals" in takes)


def _said(asked: Operators, name: str) -> Any:
    return getattr(asked, {"in": "in_", "not": "not_"}.get(name, name))


def _not_taken(name: str, known: JobField, at: KeyPath) -> Problem:
    takes = ", ".join(sorted({"present", "not"} | TAKES[known.kind]))
    message = f'"{name}" cannot be asked of {_what(known)}, which is {_KINDS[known.kind]}'
    return Problem("unknown-operator", message, _at(at, True), f"it takes {takes}")


_KINDS = {
    "number": "a number",
    "size": "a size",
    "text": "text",
    "truth": "true or false",
    "list": "a list",
    "mapping": "a mapping",
    "block": "a block",
    "any": "anything",
}


def _what(known: JobField) -> str:
    return "a tag" if known is _TAG else f'"{known.name}"'


def _operand(
    name: str, text: str, known: JobField, at: KeyPath, settings: Settings
) -> Iterator[Problem]:
    if name == "pattern":
        if fault := pattern_fault(text):
            yield Problem("invalid-value", f"the pattern cannot be used: {fault}", _at(at))
    elif name == "contains":
        return
    elif name in ("at_least", "at_most") and known.type is None:
        try:
            float(text)
        except ValueError:
            yield Problem("invalid-value", f'"{name}" must be a number, not "{text}"', _at(at))
    else:
        yield from _value(text, known, at, settings)


def _value(text: str, known: JobField, at: KeyPath, settings: Settings) -> Iterator[Problem]:
    """A value that the field cannot have would never be found, or never be enough."""
    if names_left(text):
        hint = "what is filled in is what jobs say; a policy says it as it is"
        yield Problem("invalid-value", f'"{text}" stands for itself here', _at(at), hint)
        return
    try:
        known.read(text)
    except ValidationError as error:
        told = error.errors(include_url=False)[0]["msg"]
        told = told[0].lower() + told[1:]
        message = f'"{known.name}" cannot be "{text}": {told}'
        yield Problem("invalid-value", message, _at(at))
    if known.name == "environment":
        yield from _environment(text, at, settings)
    if known.name == _RUNTIME and text not in RUNTIME_TYPES:
        message = f'there is no runtime "{text}"'
        yield Problem("invalid-value", message, _at(at), suggest(text, RUNTIME_TYPES))


def _environment(name: str, at: KeyPath, settings: Settings) -> Iterator[Problem]:
    allowed = settings.environments.allowed
    if allowed is not None and (problem := not_allowed(name, allowed, _at(at))) is not None:
        yield problem


def pattern_fault(pattern: str) -> str:
    """What is wrong with a regular expression; empty where nothing is."""
    if len(pattern) > _LONGEST_PATTERN:
        return f"it has {len(pattern)} characters, at most {_LONGEST_PATTERN} are read"
    try:
        whole(pattern)
    except ValueError as error:
        return str(error)
    return ""
