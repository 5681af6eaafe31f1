"""What a view may be told beyond the changes."""

from __future__ import annotations

from typing import NamedTuple

# Fewer characters hold no table.
MIN_CHARS = 1000


class Options(NamedTuple):
    """How to show changes.

    Attributes:
        color: use terminal colours.
        max_chars: how many characters the text may have; None for the view's own bound.
        command: what was typed, for a sentence on how to see the rest: "dativo diff --base X".
        project: the absolute project folder, whose settings say what pipelines are like.
    """

    color: bool = False
    max_chars: int | None = None
    command: str = "dativo diff"
    project: str = "."
