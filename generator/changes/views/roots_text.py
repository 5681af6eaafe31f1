"""The changed roots as lines of text, for people and for shells."""

from __future__ import annotations

from generator.changes.model import Changes
from generator.changes.views.options import Options
from generator.changes.views.parts import summary
from generator.text.count import count
from generator.text.printable import printable


def as_text(changes: Changes, options: Options) -> str:
    """A line for each root: its kind, its folder, whether it needs no plan; then the totals."""
    width = max((len(root.kind) for root in changes.roots), default=0) + 2
    lines = [
        f"{root.kind:<{width}}{printable(root.root)}" + ("" if root.plan else "  (no plan needed)")
        for root in changes.roots
    ]
    return "\n".join([*lines, totals(changes), ""])


def as_lines(changes: Changes, options: Options) -> str:
    """The folder of each root that has to be planned, one a line; no text without any."""
    return "".join(f"{printable(root.root)}\n" for root in changes.to_plan)


def totals(changes: Changes) -> str:
    """One line: how many roots changed, how many of them to plan, and between what."""
    between = f"from {printable(changes.base.shown)} to {printable(changes.head.shown)}"
    if not changes.roots:
        return f"no root changed {between}"
    parts = summary(changes.roots)
    return (
        f"{count(len(changes.roots), 'root')}: {parts}; {len(changes.to_plan)} to plan, {between}"
    )
