"""Outputs of a root: what ``terraform output -json`` prints, or a plain map of names to values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.errors import InputError, Location, Problem
from generator.text.characters import has_surrogate

MAX_BYTES = 16 * 1024 * 1024
_MAX_EXPONENT = 400
# What Terraform and OpenTofu write about one output.
_KEYS = frozenset(("sensitive", "type", "value", "deprecated"))


@dataclass(frozen=True, slots=True)
class Output:
    """One output: plain data, and whether Terraform calls it sensitive."""

    value: Any
    sensitive: bool


def outputs_of(data: bytes, file: str) -> dict[str, Output]:
    """Read outputs.

    Args:
        data: JSON in any of the encodings that JSON may have; PowerShell writes UTF-16.
        file: its name for errors.

    Returns:
        Name to output. Numbers with a fraction or an exponent are ``Decimal``, as written.

    Raises:
        InputError: not JSON, not an object, a name twice, or too large.
    """
    if len(data) > MAX_BYTES:
        raise _error(file, "the outputs are larger than 16 MiB, which is the limit")
    document = _parse(data, file)
    if not isinstance(document, dict):
        raise _error(file, "the outputs must be a JSON object of names and values", _HINT)
    whole = all(map(_is_described, document.values()))
    found = {}
    for name, entry in document.items():
        if _is_described(entry) and (whole or "sensitive" in entry):
            found[name] = Output(entry["value"], entry.get("sensitive") is True)
        else:
            found[name] = Output(entry, False)
    return found


_HINT = "make it with: terraform output -json > outputs.json"


def _is_described(entry: Any) -> bool:
    return isinstance(entry, dict) and "value" in entry and _KEYS.issuperset(entry)


def _parse(data: bytes, file: str) -> Any:
    text = ""
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
        document = json.loads(
            text, object_pairs_hook=_object, parse_float=_number, parse_constant=_constant
        )
    except UnicodeDecodeError:
        raise _error(file, "the outputs are not JSON: not UTF-8 text", _HINT) from None
    except RecursionError:
        raise _error(file, "the outputs are nested too deep") from None
    except json.JSONDecodeError as error:
        raise _syntax(file, text, error) from None
    except ValueError as error:
        raise _error(file, f"the outputs cannot be used: {error}") from None
    if has_surrogate(text) or ("\\u" in text and _broken(document)):
        raise _error(file, "the outputs hold half a UTF-16 pair, which no file can hold")
    return document


def _syntax(file: str, text: str, error: json.JSONDecodeError) -> InputError:
    if not text.strip():
        return _error(file, "the outputs are empty", _HINT)
    hint = _HINT
    if text.startswith(("[command]", "::")):
        hint = "the wrapper of setup-terraform adds lines to it: set terraform_wrapper: false"
    message = f"the outputs are not JSON: {error.msg[0].lower()}{error.msg[1:]}"
    location = Location(file, line=error.lineno, column=error.colno)
    return InputError(Problem("outputs", message, location, hint))


def _error(file: str, message: str, hint: str = "") -> InputError:
    return InputError(Problem("outputs", message, Location(file), hint))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'"{twice}" stands twice in one object')
    return found


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if number and abs(number.adjusted()) > _MAX_EXPONENT:
        raise ValueError(f"the number {text[:40]} is out of range")
    return number


def _constant(text: str) -> Any:
    raise ValueError(f"{text} is no number in JSON")


def _broken(value: Any) -> bool:
    if isinstance(value, str):
        return has_surrogate(value)
    if isinstance(value, dict):
        return any(_broken(key) or _broken(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_broken, value))
