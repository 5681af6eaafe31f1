"""The pages of the site and their order: the tables of docs/README.md."""

from __future__ import annotations

import glob
import os
import posixpath
import re
from dataclasses import dataclass

from scripts.site.links import DOCS

HOME = "docs/README.md"
# Pages that have others below them, which no table names one by one.
_BELOW = {
    "docs/adr/README.md": "docs/adr/[0-9]*.md",
    "modules/README.md": "modules/*/README.md",
}

_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\| \[([^\]]+)\]\(([^)#]+)\) \|", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A page of the site.

    Args:
        title: what the list calls it.
        path: below the repository.
        below: those that belong to it: each module, each decision.
    """

    title: str
    path: str
    below: tuple[Entry, ...] = ()

    def all(self) -> list[str]:
        """The paths of the page and of those below it."""
        return [self.path, *(one.path for one in self.below)]


def sections(top: str) -> dict[str, list[Entry]]:
    """The headings of docs/README.md that have tables, each with the pages of its rows."""
    found: dict[str, list[Entry]] = {}
    parts = _SECTION.split(_read(top, HOME))
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        rows = [
            (title, posixpath.normpath(posixpath.join("docs", link)))
            for title, link in _ROW.findall(text)
        ]
        if rows:
            found[heading] = [Entry(title, path, _below(top, path)) for title, path in rows]
    return found


def _below(top: str, path: str) -> tuple[Entry, ...]:
    pattern = _BELOW.get(path)
    found = sorted(glob.glob(pattern, root_dir=top)) if pattern else []
    return tuple(Entry(title(top, one), one.replace(os.sep, "/")) for one in found)


def title(top: str, path: str) -> str:
    """A page's heading."""
    found = _TITLE.search(_read(top, path))
    if found is None:
        raise ValueError(f"{path} has no heading")
    return found[1].replace("`", "")


def place(path: str) -> str:
    """Where a file of the repository is on the site: docs/ is the top, all else lies below it."""
    return path.removeprefix(DOCS)


def _read(top: str, path: str) -> str:
    with open(os.path.join(top, path), encoding="utf-8") as stream:
        return stream.read()
