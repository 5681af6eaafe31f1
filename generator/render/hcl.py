"""Python values to HCL, laid out as ``terraform fmt`` leaves them.

What ``terraform fmt`` does, found by experiment: in a run of neighbouring lines ``name = value``
it aligns the ``=`` one column after the longest name. A line that opens a bracket it does not
close (``tags = {``) is not part of a run and gets one space; so it ends the run before it, and
the lines after its closing bracket start a new one. Blank lines, comments and blocks end a run too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from generator.errors import InputError, Problem
from generator.text.characters import has_surrogate, in_key, in_string
from generator.text.expression import Call, Interpolation, Reference, Value

_WIDTH = 80
_MANTISSA_BITS = 512
_CONSTANTS = {None: "null", True: "true", False: "false"}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*").fullmatch
_PLAIN = re.compile(r"[ !#-\[\]-~]*").fullmatch
# An object that starts with `for` is a for expression; the others read like the literals.
_KEYWORDS = frozenset({"for", "true", "false", "null", "if", "in"})


def to_hcl(value: Value, indent: int = 0) -> str:
    """A value as an HCL expression.

    Args:
        value: plain data, a reference (verbatim), a template (references interpolated) or a
            call of a function.
        indent: columns that the line of the expression is indented by; lines after the first
            are indented from there.

    Returns:
        The expression; it evaluates to the value and holds no template but those of ``value``.

    Raises:
        InputError: a number or a string that HCL cannot hold, or keys of a map that are one
            after Terraform's Unicode normalisation.
    """
    kind = type(value)
    if kind is str:
        return quote(value)  # type: ignore[arg-type]
    if kind is dict:
        return _object(value, indent)  # type: ignore[arg-type]
    return _other(value, indent)


def _other(value: Value, indent: int) -> str:
    """What is neither plain text nor a plain mapping, as most values are."""
    if isinstance(value, str):
        return quote(str(value))
    if isinstance(value, Reference):
        return value.text
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, (list, tuple)):
        return _list(value, indent)
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, Mapping):  # after those above, since it takes longest to tell
        return _object(value, indent)
    if isinstance(value, Interpolation):
        return _template(value)
    if isinstance(value, Call):
        given = ", ".join([to_hcl(argument, indent) for argument in value.arguments])
        return f"{_name(value.function)}({given})"
    raise TypeError(f"no HCL for a value of type {type(value).__name__}")


# Roots share most of their texts: saves 3 % of a run over 1,000 jobs.
@lru_cache(maxsize=4096)
def quote(text: str) -> str:
    """A string as a quoted HCL literal.

    Raises:
        InputError: a string that UTF-8 cannot hold.
    """
    if _PLAIN(text) and "${" not in text and "%{" not in text:
        return f'"{text}"'
    if has_surrogate(text):
        raise _unrepresentable("a string with half a UTF-16 pair cannot be written in UTF-8")
    return f'"{in_string(text)}"'


def attributes(pairs: Iterable[tuple[str, Value]], indent: int = 0) -> str:
    """Lines of ``name = value``, aligned as ``terraform fmt`` aligns them.

    Args:
        pairs: argument name and value, in the order of the lines.
        indent: columns before each name.

    Returns:
        The lines without a newline at the end; empty for no pairs.

    Raises:
        InputError: as ``to_hcl``.
        ValueError: a name that is no HCL identifier.
    """
    rows = [(_name(name), to_hcl(value, indent)) for name, value in pairs]
    return "\n".join(_aligned(rows, " " * indent))


def block(header: str, arguments: Mapping[str, Value], indent: int = 0) -> str:
    """A block of arguments, ``{}`` when there are none.

    Args:
        header: type and labels, made by us: ``backend "s3"``.
        arguments: name to value.
        indent: columns before the lines after the first.
    """
    if not arguments:
        return f"{header} {{}}"
    body = attributes(arguments.items(), indent + 2)
    return f"{header} {{\n{body}\n{' ' * indent}}}"


# Roots share their names of arguments, and most keys.
@lru_cache(maxsize=4096)
def _name(name: str) -> str:
    if not _IDENTIFIER(name):
        raise ValueError(f"not an HCL identifier: {name!r}")
    return name


def _aligned(rows: Iterable[tuple[str, str]], margin: str) -> list[str]:
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, text in rows:
        if "\n" in text:
            if run:
                _close(run, margin, lines)
                run = []
            lines.append(f"{margin}{name} = {text}")
        else:
            run.append((name, text))
    if run:
        _close(run, margin, lines)
    return lines


def _close(run: list[tuple[str, str]], margin: str, lines: list[str]) -> None:
    width = max([len(name) for name, _ in run])
    lines.extend([f"{margin}{name.ljust(width)} = {text}" for name, text in run])


def _object(value: Mapping[str, Value], indent: int) -> str:
    if not value:
        return "{}"
    keys = list(value)
    if not "".join(keys).isascii():
        _refuse_twins(keys)
    rows = [
        (_key(key), quote(item) if type(item) is str else to_hcl(item, indent + 2))
        for key, item in value.items()
    ]
    body = "\n".join(_aligned(rows, " " * (indent + 2)))
    return f"{{\n{body}\n{' ' * indent}}}"


@lru_cache(maxsize=4096)
def _key(key: str) -> str:
    if _IDENTIFIER(key) and key not in _KEYWORDS:
        return key
    if has_surrogate(key):
        raise _unrepresentable("a key with half a UTF-16 pair cannot be written in UTF-8")
    return f'"{in_key(key)}"'


def _refuse_twins(keys: list[str]) -> None:
    seen: dict[str, str] = {}
    for key in keys:
        twin = seen.setdefault(unicodedata.normalize("NFC", key), key)
        if twin != key:
            raise _unrepresentable(f"Terraform takes the keys {twin!r} and {key!a} for one")


def _list(value: list[Value] | tuple[Value, ...], indent: int) -> str:
    if not value:
        return "[]"
    items = [to_hcl(item, indent + 2) for item in value]
    short = f"[{', '.join(items)}]"
    if len(short) + indent <= _WIDTH and "\n" not in short:
        return short
    margin = " " * (indent + 2)
    lines = "\n".join([f"{margin}{item}," for item in items])
    return f"[\n{lines}\n{' ' * indent}]"


def _number(value: int | float) -> str:
    if isinstance(value, float):
        if not isfinite(value):
            raise _unrepresentable(f"{value} is no number in HCL")
        # The shortest decimal that reads back as this float, without an exponent.
        text = format(Decimal(repr(value)), "f")
        whole, _, fraction = text.partition(".")
        fraction = fraction.rstrip("0")
        text = f"{whole}.{fraction}" if fraction else whole
        return "0" if text == "-0" else text
    if value and abs(value).bit_length() - (value & -value).bit_length() >= _MANTISSA_BITS:
        raise _unrepresentable("Terraform keeps 512 bits of a number, and this one needs more")
    return str(value)


def _template(value: Interpolation) -> str:
    pieces = []
    literal = ""
    for part in value.parts:
        if isinstance(part, str):
            literal += part
            continue
        pieces.append(_before_reference(literal))
        pieces.append(f"${{{part.text}}}")
        literal = ""
    pieces.append(quote(literal)[1:-1])
    return f'"{"".join(pieces)}"'


def _before_reference(literal: str) -> str:
    # A dollar sign right before an interpolation would escape it.
    text = quote(literal)[1:-1]
    return f"{text[:-1]}\\u{ord(text[-1]):04x}" if text.endswith(("$", "%")) else text


def _unrepresentable(message: str) -> InputError:
    return InputError(Problem("unrepresentable-value", message))
