"""The examples of the documentation: fenced blocks after ``<!-- example: NAME -->``, and pages that
are played from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLE = re.compile(r"<!-- example: ([^\n]+?) -->\n```[a-z]*\n(.*?)\n```", re.DOTALL)


_STEP = re.compile(r"<!-- (?:played|edit: ([^\n]+?)) -->\n```[a-z]*\n(.*?)\n```", re.DOTALL)


def pages() -> list[Path]:
    """Every Markdown page that people read, generated roots left out."""
    folders = ("*.md", "docs/**/*.md", "generator/**/*.md", "modules/**/*.md")
    found = [page for folder in folders for page in ROOT.glob(folder)]
    return sorted(found)


def example(page: str, name: str) -> str:
    """The text of one example."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = dict(_EXAMPLE.findall(text))
    return str(found[name]) + "\n"


@dataclass(frozen=True)
class Played:
    """One step of a page that is played in order: a command with its output, or an edit."""

    command: str = ""
    output: str = ""
    file: str = ""
    before: str = ""
    after: str = ""


def steps(page: str) -> Iterator[Played]:
    """The steps of a page: blocks after ``<!-- played -->`` and ``<!-- edit: FILE -->``."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for file, body in _STEP.findall(text):
        if file:
            lines = [(line[0], line[1:]) for line in body.splitlines()]
            before = "".join(f"{rest}\n" for mark, rest in lines if mark in " -")
            after = "".join(f"{rest}\n" for mark, rest in lines if mark in " +")
            yield Played(file=file, before=before, after=after)
            continue
        for part in body.split("\n$ "):
            command, _, output = part.removeprefix("$ ").partition("\n")
            yield Played(command=command, output=f"{output}\n" if output else "")
