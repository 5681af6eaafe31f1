"""Fills the placeholders of a job file from the outputs of its root."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from generator.dialects import to_canonical, written
from generator.errors import InputError, KeyPath, Location, Problem, Problems
from generator.plan.outputs import PLACEHOLDER
from generator.resolve.outputs_file import Output
from generator.resolve.splice import as_text, filled
from generator.text.characters import composed
from generator.text.hints import did_you_mean, question
from generator.yaml.data import texts, value_at
from generator.yaml.load import load_yaml
from generator.yaml.source import BOM, decode
from generator.yaml.tree import Node, Scalar, Tree
from generator.yaml.write import scalar, spliced

_MENTION = "terraform_outputs"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A job file with its placeholders filled in.

    Attributes:
        data: the bytes; those of the file itself where it has no placeholder.
        filled: the outputs that were put in, in alphabetical order.
        left: placeholders that were left alone, being another environment's.
    """

    data: bytes
    filled: tuple[str, ...]
    left: int


def resolve(
    data: bytes,
    file: str,
    outputs: Mapping[str, Output],
    *,
    environment: str | None = None,
    allow_sensitive: bool = False,
    declared: Callable[[], Mapping[str, tuple[str, str]]] = dict,
) -> Resolved:
    """Fill in placeholders: the rest of the file stays as it is, to the byte.

    A placeholder that is all of a value gets the output as it is: text, number, boolean, list
    or mapping. One inside of text becomes text.

    Args:
        data: the job file.
        file: its path below the project folder.
        outputs: name to output.
        environment: leave what stands below another key of ``environments`` alone.
        allow_sensitive: put sensitive outputs in, too.
        declared: the outputs that the job's root declares, with message and hint for one that
            has no value; asked only when one is missing.

    Raises:
        InputError: not YAML; a placeholder that is malformed or is a key; an output that is
            unknown, null, sensitive, or not text where text is needed. All at once.
    """
    text = decode(data, file)
    document = load_yaml(data, file)
    if _MENTION not in text:
        return Resolved(data, (), 0)
    found = [one for one in Tree(text).scalars() if _MENTION in one.node.text]
    mine = [one for one in found if _is_mine(one.node.path, environment)]
    given = _Given(outputs, allow_sensitive, cache(declared))
    problems = Problems(p for one in mine for p in _problems(one.node, file, given))
    problems.raise_any()
    values = {name: output.value for name, output in outputs.items()}
    pieces = [(o.start, o.end, filled(text[o.start : o.end], o.node, values)) for o in mine]
    result = spliced(text, pieces).encode()
    _verify(result, file, _expected(document, (), environment, values), mine)
    names = {match[1] for one in mine for match in PLACEHOLDER.finditer(one.node.text)}
    prefix = BOM if data.startswith(BOM) else b""
    return Resolved(prefix + result, tuple(sorted(names)), len(found) - len(mine))


def outputs_in_older_spelling(
    document: dict[str, Any], file: str, provider: str | None = None
) -> list[Problem]:
    """Outputs that a job names as an older dialect does (``output.x``), each at its place.

    They are no placeholders, so nothing could be filled in; the canonical form has some.

    Args:
        document: the job file as plain data.
        file: its path below the project folder.
        provider: the cloud of dativo.yaml, where the file does not say which.

    Raises:
        InputError: the file cannot be read in any dialect.
    """
    translation = to_canonical(document, file, provider)
    hint = f"run: dativo migrate {file}, and then resolve"
    found = []
    for path, text in texts(translation.document):
        at = written(translation.moved, path)
        before, there = value_at(document, at)
        if _MENTION in text and not (there and isinstance(before, str) and _MENTION in before):
            message = "an output in an older spelling cannot be filled in"
            found.append(Problem("placeholder", message, Location(file, at), hint))
    return found


def _is_mine(path: KeyPath, environment: str | None) -> bool:
    """Whether a place is not that of another environment."""
    other = len(path) > 1 and path[0] == "environments" and path[1] != environment
    return environment is None or not other


class _Given(NamedTuple):
    """What there is to fill in, and what is known of the rest."""

    outputs: Mapping[str, Output]
    allow_sensitive: bool
    declared: Callable[[], Mapping[str, tuple[str, str]]]


def _problems(one: Node, file: str, given: _Given) -> Iterator[Problem]:
    location = Location(file, one.path, one.kind == "key")
    names = [match[1] for match in PLACEHOLDER.finditer(one.text)]
    if one.kind == "key":
        yield Problem("placeholder", "a placeholder cannot be a key", location)
        return
    if len(names) != one.text.count(_MENTION):
        shown = one.text.strip()[:60]
        hint = "write {{terraform_outputs.NAME}}, quoted"
        yield Problem("placeholder", f'"{shown}" is not a placeholder', location, hint)
        return
    alone = PLACEHOLDER.fullmatch(one.text) is not None
    for name in dict.fromkeys(names):
        if fault := _fault(name, given, alone):
            message, hint = fault
            yield Problem("output", message, location, hint)


def _fault(name: str, given: _Given, alone: bool) -> tuple[str, str] | None:
    """Why an output cannot be put in, and what to do about it."""
    outputs = given.outputs
    output = outputs.get(name)
    # Terraform leaves out what is null.
    null = bool(outputs) and (output is None or output.value is None)
    declared = given.declared() if null else {}
    meant = _meant(name, outputs, declared) if output is None else None
    if name in declared and meant is None:
        return declared[name]
    if output is None:
        if not outputs:
            hint = "there are no outputs at all: apply the root first"
            return f'there is no output "{name}"', hint
        hint = question(meant, "there are: " + ", ".join(sorted(outputs)))
        return f'there is no output "{name}"', hint
    if output.sensitive and not given.allow_sensitive:
        hint = "refer to where the secret is kept, or add --allow-sensitive to write it"
        return f'the output "{name}" is sensitive and does not belong in a file', hint
    if output.value is None:
        hint = "the root did not make what it names: remove the placeholder, or apply again"
        return f'the output "{name}" is null', hint
    if not alone and isinstance(output.value, dict | list):
        kind = "a list" if isinstance(output.value, list) else "a mapping"
        hint = "let the placeholder stand alone"
        return f'the output "{name}" is {kind} and cannot be part of a text', hint
    return None


def _meant(name: str, outputs: Mapping[str, Output], declared: Mapping[str, Any]) -> str | None:
    """The output of nearly the same name that the root does not have, if it has this one."""
    return did_you_mean(
        name, [one for one in outputs if name not in declared or one not in declared]
    )


def _expected(value: Any, path: KeyPath, environment: str | None, values: Mapping[str, Any]) -> Any:
    """What the file must read as when it is filled in."""
    if isinstance(value, dict):
        return {k: _expected(v, (*path, k), environment, values) for k, v in value.items()}
    if isinstance(value, list):
        return [_expected(v, (*path, i), environment, values) for i, v in enumerate(value)]
    if not isinstance(value, str) or _MENTION not in value or not _is_mine(path, environment):
        return value
    if whole := PLACEHOLDER.fullmatch(value):
        return _as_read(values[whole[1]])
    return composed(PLACEHOLDER.sub(lambda match: as_text(values[match[1]]), value))


def _as_read(value: Any) -> Any:
    """Plain data as ``load_yaml`` gives it: typed scalars as text."""
    if isinstance(value, dict):
        return {composed(key): _as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_read(item) for item in value]
    if isinstance(value, str):
        return composed(value)
    return value if value is None else scalar(value)


def _verify(data: bytes, file: str, expected: Any, mine: list[Scalar]) -> None:
    """Read the result again: it must say what it was meant to say, or nobody gets it.

    An anchor that two environments share, or a tag such as ``!!str`` before a list, cannot be
    filled in so that it does.
    """
    try:
        same = load_yaml(data, file) == expected
    except InputError as error:
        reason = error.problems[0].message
    else:
        if same:
            return
        reason = "an anchor or a tag stands in the way"
    message = f"the placeholders cannot be filled in: {reason}"
    raise InputError(Problem("placeholder", message, Location(file, mine[0].node.path)))
