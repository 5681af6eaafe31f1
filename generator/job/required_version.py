"""Whether this dativo is one that a project wants: ``required_version`` of dativo.yaml.

Constraints are written and mean what they do in Terraform (its documentation, "Version
Constraints"). What is installed has a version by PEP 440.
"""

from __future__ import annotations

import os
import re
from typing import Any

from generator.errors import Location, Problem
from generator.files.regular import read as read_regular
from generator.text.patterns import lazy
from generator.version import __version__

KEY = "required_version"
PACKAGE = "dativo-generator"
_ONE = lazy(r"\s*(=|!=|>=|<=|~>|>|<)?\s*([0-9]+(?:\.[0-9]+){0,2})(-[0-9A-Za-z.-]+)?\s*")
_VERSION = lazy(r"([0-9]+(?:\.[0-9]+)*)(.*)")

_Release = tuple[int, ...]
# The numbers, and whether it is a release: what comes before one is less than it.
_Key = tuple[_Release, bool]
_MOST_BYTES = 100_000


def problem(
    document: dict[str, Any], file: str, folder: str, version: str = __version__
) -> Problem | None:
    """What stands against working on a project with this version.

    To be asked before anything else in the settings is looked at, since keys of a newer version
    would be reported as mistakes.

    Args:
        document: dativo.yaml as plain data.
        file: its name.
        folder: the project folder.
        version: of this dativo.
    """
    wanted = document.get(KEY)
    if wanted is None:
        return None
    location = Location(file, (KEY,))
    bounds = _bounds(wanted)
    if bounds is None:
        message = f'"{KEY}" is no version constraint such as `>= 1.4, < 2` or `~> 1.4`'
        return Problem("invalid-value", message, location)
    mine = _key(version)
    if all(_holds(mine, operator, bound) for operator, bound in bounds):
        return None
    message = f"this project wants dativo {wanted}, and this is {version}"
    hint = f"run: pip install '{_for_pip(bounds)}'"
    if _is_pinned(folder):
        hint += " or what the project pins: pip install -r requirements.txt"
    if all(mine >= bound for operator, bound in bounds if operator in (">=", ">")):
        hint += "; to move the whole project on, change this line and generate"
    return Problem("wrong-version", message, location, hint)


def _bounds(wanted: Any) -> list[tuple[str, _Key]] | None:
    """A constraint as comparisons; None when it is none."""
    found: list[tuple[str, _Key]] = []
    for part in wanted.split(",") if isinstance(wanted, str) else [""]:
        match = _ONE.fullmatch(part)
        if match is None:
            return None
        numbers = tuple(map(int, match[2].split(".")))
        key = (_padded(numbers), not match[3])
        if match[1] != "~>":
            found.append((match[1] or "=", key))
            continue
        found.append((">=", key))
        if len(numbers) > 1:  # the last number may grow; where it is the first, without end
            found.append(("<", (_padded((*numbers[:-2], numbers[-2] + 1)), True)))
    return found


def _key(version: str) -> _Key:
    """The version by which this dativo is compared; local parts and post-releases are releases."""
    match = _VERSION.match(version)
    if match is None:
        return ((0, 0, 0), False)
    final = not match[2] or match[2].startswith(("+", ".post"))
    return (_padded(tuple(map(int, match[1].split(".")))), final)


def _padded(numbers: _Release) -> _Release:
    return numbers + (0,) * (3 - len(numbers))


def _holds(mine: _Key, operator: str, bound: _Key) -> bool:
    if operator == "<":  # 2.0rc1 is no version below 2
        return mine[0] < bound[0] or (mine < bound and not bound[1])
    return {
        "=": mine == bound,
        "!=": mine != bound,
        ">=": mine >= bound,
        "<=": mine <= bound,
        ">": mine > bound,
    }[operator]


def _for_pip(bounds: list[tuple[str, _Key]]) -> str:
    parts = []
    for operator, (numbers, final) in bounds:
        shown = re.sub(r"(\.0)+$", "", ".".join(map(str, numbers))) + ("" if final else ".dev0")
        parts.append(("==" if operator == "=" else operator) + shown)
    return PACKAGE + ",".join(parts)


def _is_pinned(folder: str) -> bool:
    """Whether the project's requirements name dativo, at a version or an address of its own."""
    try:
        path = os.path.join(folder, "requirements.txt")
        text = read_regular(path, most=_MOST_BYTES)[0][:_MOST_BYTES].decode()
    except (OSError, ValueError):
        return False
    return re.search(rf"^{PACKAGE}\b", text, re.MULTILINE) is not None
