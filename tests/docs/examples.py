"""The examples of the documentation: fenced blocks after ``<!-- example: NAME -->``."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLE = re.compile(r"<!-- example: ([^\n]+?) -->\n```[a-z]*\n(.*?)\n```", re.DOTALL)


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
