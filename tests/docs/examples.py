"""The examples of the documentation: fenced blocks after ``<!-- example: NAME -->``."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLE = re.compile(r"<!-- example: ([^\n]+?) -->\n```[a-z]*\n(.*?)\n```", re.DOTALL)


def pages() -> list[Path]:
    """Every Markdown page that people read, generated roots left out."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("modules/**/*.md")]
    return sorted(found)


def example(page: str, name: str) -> str:
    """The text of one example."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = dict(_EXAMPLE.findall(text))
    return str(found[name]) + "\n"
