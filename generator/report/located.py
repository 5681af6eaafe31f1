"""Lines and columns for problems, and the source lines they stand in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from generator.dialects import to_canonical, written
from generator.errors import InputError, KeyPath, Location, Problem
from generator.files.regular import read
from generator.model.runtime_types import CLOUDS
from generator.text.patterns import lazy
from generator.yaml.load import load_yaml
from generator.yaml.positions import Positions

_MAX_BYTES = 4 * 1024 * 1024
# What is shown instead of what follows.
HIDDEN = "…"
_CREDENTIALS = frozenset(("credential", "likely-credential", "tag-secret"))
# libyaml counts these as line breaks, so they have to count here.
_BREAK = lazy("\r\n|[\n\r\x85\u2028\u2029]")


class Located(NamedTuple):
    """A problem with its position.

    Attributes:
        problem: the problem itself.
        file: below the project folder, with forward slashes; None when no file is concerned.
        line: 1-based, None when the file as a whole is meant or cannot be read.
        column: 1-based, in characters; None without a line.
        source: the line itself, None where it cannot be shown.
    """

    problem: Problem
    file: str | None
    line: int | None
    column: int | None
    source: str | None


def locate(problems: Iterable[Problem], project_dir: str) -> list[Located]:
    """Look positions up, sort, and drop what is said twice.

    Args:
        problems: in any order.
        project_dir: where the files are; those outside of it are not opened.
    """
    lines = Lines(project_dir)
    seen = set()
    found = []
    for problem in problems:
        located = _located(problem, lines)
        said = (located.file, located.line, located.column, problem.severity, problem.message)
        if said not in seen:
            seen.add(said)
            found.append(located)
    return sorted(_without_secrets(found), key=_order)


def _without_secrets(found: list[Located]) -> list[Located]:
    """The problems with their lines up to what may be a secret.

    A log of the run has more readers than the file.
    """
    shown: dict[tuple[str | None, int | None], int] = {}
    for one in filter(_is_secret, found):
        at = one.file, one.line
        shown[at] = min(shown.get(at, _MAX_BYTES), _before_value(one))
    return [
        (
            one._replace(source=one.source[: shown[one.file, one.line]] + HIDDEN)
            if one.source is not None and (one.file, one.line) in shown
            else one
        )
        for one in found
    ]


def _before_value(located: Located) -> int:
    """How much of a line can be shown: all before the value, which follows a key."""
    column = (located.column or 1) - 1
    location = located.problem.location
    if located.source is None or location is None or not location.on_key:
        return column
    colon = located.source.find(":", column)
    return colon + 2 if colon >= 0 else column


def _is_secret(located: Located) -> bool:
    problem = located.problem
    path = problem.location.path if problem.location else ()
    return problem.code in _CREDENTIALS or any("secret" in str(key).lower() for key in path)


def _order(located: Located) -> tuple[bool, str, int, int, str, str]:
    problem, file = located.problem, located.file
    place = (file is None, file or "", located.line or 0, located.column or 0)
    return (*place, problem.severity, problem.message)


def _located(problem: Problem, lines: Lines) -> Located:
    location = problem.location
    if location is None or not location.file:
        return Located(problem, None, None, None, None)
    source = lines.source(location.file)
    line, column = source.position(location)
    at = source.written(location)
    if at is not location:
        problem = problem._replace(location=at)
    return Located(problem, location.file, line, column, source.line(line))


class Lines:
    """Places as ``file:line``, each file parsed at most once."""

    def __init__(self, project_dir: str) -> None:
        """Args: project_dir: where the files are."""
        self.source = cache(lambda file: _Source(project_dir, file))

    def of(self, location: Location | None) -> str:
        """The file and line of a place; the file alone where the line is not known, "" for None."""
        if location is None:
            return ""
        line, _ = self.source(location.file).position(location)
        return f"{location.file}:{line}" if line is not None else location.file


class _Source:
    """One file, read once and parsed when first asked for a position."""

    def __init__(self, project_dir: str, file: str) -> None:
        self._text = _read(project_dir, file)
        self._is_yaml = file.endswith((".yaml", ".yml"))
        self._positions: Positions | None = None
        self._moved: Mapping[KeyPath, KeyPath] = {}
        self._lines: list[str] | None = None

    def position(self, location: Location) -> tuple[int | None, int | None]:
        if location.line is not None:
            return location.line, location.column or 1
        if self._text is None or not self._is_yaml:
            return None, None
        if self._positions is None:
            self._positions = Positions(self._text)
            self._moved = _moved(self._text, location.file)
        return self._positions.find(self.written(location).path, location.on_key)

    def written(self, location: Location) -> Location:
        """A canonical place as an older job file has it, once a position was asked for."""
        if not self._moved:
            return location
        path = written(self._moved, location.path)
        return location if path == location.path else location._replace(path=path)

    def line(self, number: int | None) -> str | None:
        if number is None or self._text is None:
            return None
        if self._lines is None:
            self._lines = _BREAK.split(self._text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None


def _moved(text: str, file: str) -> Mapping[KeyPath, KeyPath]:
    """Where an older job file has what stands elsewhere in the canonical form."""
    # dativo.yaml may say which cloud it is where the file does not.
    for provider in (None, *CLOUDS):
        try:
            document = load_yaml(text.encode(), file)
            if isinstance(document, dict):
                return to_canonical(document, file, provider).moved
        except InputError:
            continue
    return {}


def _read(project_dir: str, file: str) -> str | None:
    """The text of a regular file below the project folder; None where there is none."""
    normal = os.path.normpath(file)
    if os.path.isabs(normal) or normal.split(os.sep)[0] == os.pardir:
        return None
    path = os.path.join(project_dir, normal)
    try:
        data, _ = read(path, most=_MAX_BYTES)
    except OSError:
        return None
    return data[:_MAX_BYTES].decode("utf-8-sig", "replace")
