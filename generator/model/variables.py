"""``${NAME}`` in job files: filled from the job and the settings, never from the environment.

``{{jobs.NAME.outputs.OUTPUT}}`` stands beside it: an output of another job's root.

Text as written is *source*: a literal ``${NAME}`` in it is ``$${NAME}``, as in Terraform.
``substitute`` turns source into source, as often as it takes. ``fill`` ends that, once, when
everything is known: what it returns is text as it is meant, or a ``Template``, which waits for
names that only Terraform will know. Everything after ``job/`` has filled values only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from generator.errors import InputError, Location, Problem
from generator.text.patterns import lazy

_NAME_LEFT = r"(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}"
# A job may be given as tenant/job/environment.
_OUTPUT = r"\{\{\s*jobs\.([A-Za-z0-9][A-Za-z0-9_/-]*)\.outputs\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}"
_VARIABLE = lazy(_NAME_LEFT)
OUTPUT = lazy(_OUTPUT)
_PIECE = lazy(f"{_NAME_LEFT}|{_OUTPUT}")
NAME = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
# What every job says of itself; no value of dativo.yaml can stand in their place.
JOB_VARIABLES = ("TENANT_ID", "ENVIRONMENT", "JOB_NAME", "ASSET", "REGION")


class Template(str):
    """Source in which a ``${NAME}`` is left, or an output of another job stands.

    Any other text is what it says, braces and all.
    """

    __slots__ = ()


def waits(value: object) -> TypeGuard[Template]:
    """Whether a filled value still waits for a Terraform variable, or for another job's output."""
    return isinstance(value, Template)


def escape(text: str) -> str:
    """Text as source: every ``${NAME}`` in it is literal."""
    return _VARIABLE.sub(lambda match: "$" + match[0], text) if "${" in text else text


def substitute(source: Any, known: Mapping[str, str]) -> Any:
    """Replace ``${NAME}`` wherever ``known`` has NAME; mappings and lists are walked.

    Args:
        source: source, or plain data holding it. Keys of mappings are left alone.
        known: name to source. The names in ``JOB_VARIABLES`` stand for any case.

    Returns:
        Source; the same object where nothing changed.
    """
    if isinstance(source, str) and "${" not in source:  # as most single texts are
        return source
    return _walk(source, lambda text: _substitute(text, known))


def fill(source: Any, known: Mapping[str, str]) -> Any:
    """Replace ``${NAME}`` for the last time.

    Args:
        source: as for ``substitute``.
        known: likewise.

    Returns:
        Text as it is meant, and a ``Template`` for each text in which a name is left or another
        job's output stands; the same object where nothing changed.
    """
    return _walk(source, lambda text: _filled(_substitute(text, known)))


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    kind = type(value)
    if kind is dict:
        changed = None
        for key, item in value.items():
            if item is None or (isinstance(item, str) and "${" not in item and "{{" not in item):
                continue
            if (found := _walk(item, change)) is not item:
                changed = changed or dict(value)
                changed[key] = found
        return changed or value
    if kind is list:
        items = [_walk(item, change) for item in value]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return change(value) if isinstance(value, str) and ("${" in value or "{{" in value) else value


def _substitute(source: str, known: Mapping[str, str]) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        upper = match[2].upper()
        value = known.get(upper if upper in JOB_VARIABLES else match[2])
        return match[0] if value is None else value

    found = _VARIABLE.sub(replace, source)
    return source if found == source else found


def _filled(source: str) -> str:
    if names_left(source) or outputs_in(source):
        return Template(source)
    found = _VARIABLE.sub(lambda match: match[0][1:], source)
    return source if found == source else found


def names_left(source: str) -> list[str]:
    """The names in source that are not replaced yet, in order."""
    return [m[2] for m in _VARIABLE.finditer(source) if not m[1]] if "${" in source else []


def outputs_in(source: str) -> list[tuple[str, str]]:
    """The outputs of other jobs that source asks for: the job as written, and the output."""
    return OUTPUT.findall(source) if "{{" in source else []


def finish(text: str, location: Location | Callable[[], Location] | None) -> str:
    """A filled text where it may not wait for a variable.

    Args:
        text: hardly ever waits.
        location: where it stands, or what looks that up, which is done only if it waits.

    Raises:
        InputError: it does.
    """
    if waits(text):
        raise InputError(unfilled(text, location() if callable(location) else location))
    return text


def unfilled(text: Template, location: Location | None) -> Problem:
    """The problem of a text that waits where it may not."""
    if names := names_left(text):
        return undefined(names[0], location)
    job, output = outputs_in(text)[0]
    message = f'the output "{output}" of the job "{job}" is not known before that is applied'
    hint = "only what becomes an input of the module can take it; here write the value itself"
    return Problem("misplaced-output", message, location, hint)


def joined(*pieces: str) -> str:
    """Filled texts as one; a template if one of them is."""
    if any(map(waits, pieces)):
        return Template("".join(piece if waits(piece) else escape(piece) for piece in pieces))
    return "".join(pieces)


def piece_of(whole: str, piece: str) -> str:
    """What was cut out of a filled text, where it may hold the name that the whole waits for."""
    return _filled(piece) if waits(whole) else piece


def parts(text: Template) -> list[tuple[str, str]]:
    """Split it into ("text", literal), ("variable", NAME) and ("output", "JOB.outputs.OUTPUT")."""
    pieces: list[tuple[str, str]] = []
    end = 0
    literal = ""
    for match in _PIECE.finditer(text):
        literal += text[end : match.start()]
        end = match.end()
        if match[1]:
            literal += match[0][1:]
            continue
        pieces += [("text", literal)] if literal else []
        variable, job, output = match[2], match[3], match[4]
        pieces.append(("variable", variable) if variable else ("output", f"{job}.outputs.{output}"))
        literal = ""
    literal += text[end:]
    return [*pieces, ("text", literal)] if literal or not pieces else pieces


def undefined(name: str, location: Location | None) -> Problem:
    """The problem of a name that nothing defines."""
    own = name.upper() if name.upper() in JOB_VARIABLES else None
    if own is None:
        hint = f"add {name} under `values:` in dativo.yaml"
        hint += f", or write $${{{name}}} for the literal text"
    else:
        hint = f"here it would need itself, or the job has no {own.lower()}"
    return Problem("undefined-variable", f"${{{name}}} is not defined", location, hint)
