"""Problems to text, for people and for machines.

A problem names the keys that lead to a value; the line and column are looked up here, and
only here, because most runs have nothing to report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from generator.errors import Problem

FORMATS = ("text", "json", "github", "sarif")


def render(
    problems: Sequence[Problem], project_dir: str, *, format: str = "text", color: bool = False
) -> str:
    """Everything that there is to say about some problems.

    They are sorted by file, line and column, and said once each. What concerns no file
    comes last.

    Args:
        problems: in any order.
        project_dir: the folder that the places' files are below.
        format: "text" (a compiler's messages), "json", "github" (workflow commands) or
            "sarif" (2.1.0).
        color: use terminal colours; for the text format only. See ``wants_color``.

    Returns:
        Text that ends with a line feed. It holds no control character that came from a file.
        Without problems it is empty in the formats "text" and "github".

    Raises:
        ValueError: an unknown format.
    """
    from generator.report.located import locate

    found = locate(problems, project_dir)
    if format == "text":
        from generator.report.text import as_text

        return as_text(found, color)
    if format == "sarif":
        from generator.report.sarif import as_sarif

        return as_sarif(found, project_dir)
    from generator.report.machine import as_github, as_json

    if format not in FORMATS:
        raise ValueError(f"unknown report format: {format}")
    return as_json(found) if format == "json" else as_github(found, project_dir)


def wants_color(stream: IO[str], environment: Mapping[str, str]) -> bool:
    """Whether to use colours: on a terminal only, and not against the user's will.

    Args:
        stream: where the text goes.
        environment: the process environment; a ``NO_COLOR`` that is not empty
            (https://no-color.org) and ``TERM=dumb`` say no.
    """
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()
