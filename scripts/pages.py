"""Where the files that scripts write stand, and text in pages: between markers, in cells."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MODULES = os.path.join(TOP, "modules")

# What Markdown, or GitHub's extensions of it, would read as more than text.
_SPECIAL = re.compile(r"[\\*\[\]<>|$~]|(?<!\w)_|_(?!\w)")
_SPAN = re.compile(r"(`[^`]+`)")

# Path below the repository, with slashes, and the text that belongs there; None: no file.
Files = Iterator[tuple[str, str | None]]


def module_names() -> list[str]:
    """The folders below modules/, in order."""
    return sorted(n for n in os.listdir(MODULES) if os.path.isdir(os.path.join(MODULES, n)))


def read(path: str) -> str | None:
    """The text of a file below the repository; None where there is none."""
    try:
        with open(os.path.join(TOP, path), encoding="utf-8", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def between_markers(path: str, sections: Mapping[str, Iterable[str]]) -> str:
    """A page with the lines of each section between its BEGIN and END.

    Raises:
        ValueError: the page lacks a marker.
    """
    text = read(path) or ""
    for name, lines in sections.items():
        head, begin, rest = text.partition(f"<!-- BEGIN_{name} -->\n")
        _, end, tail = rest.partition(f"<!-- END_{name} -->")
        if not begin or not end:
            raise ValueError(f"{path}: markers BEGIN_{name} and END_{name} are missing")
        text = head + begin + "".join(f"{line}\n" for line in lines) + end + tail
    return text


def prose(text: str) -> str:
    """A description for a table cell: read as text but for code spans, and on one line."""
    parts = _SPAN.split(" ".join(text.split()))
    return "".join(
        part.replace("|", r"\|") if _SPAN.fullmatch(part) else _escaped(part) for part in parts
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("`", r"\`")
