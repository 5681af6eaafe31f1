"""Text in the cells of Markdown tables that scripts write."""

from __future__ import annotations

import re

# What Markdown, or GitHub's extensions of it, would read as more than text.
_SPECIAL = re.compile(r"[\\*\[\]<>|$~]|(?<!\w)_|_(?!\w)")
_SPAN = re.compile(r"(`[^`]+`)")


def prose(text: str) -> str:
    """A description for a table cell: read as text but for code spans, and on one line."""
    parts = _SPAN.split(" ".join(text.split()))
    return "".join(
        part.replace("|", r"\|") if _SPAN.fullmatch(part) else _escaped(part) for part in parts
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("`", r"\`")
