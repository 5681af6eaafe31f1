"""What changed, for people at a terminal: each difference once, with the roots that have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.changes.model import KINDS, Cause, Changes, Row
from generator.changes.views.options import Options
from generator.changes.views.parts import few, groups, name_of, place, places, values_of
from generator.changes.views.roots_text import totals
from generator.text.count import count
from generator.text.printable import printable

_BOLD, _RED, _GREEN, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[0m"


def as_text(changes: Changes, options: Options) -> str:
    """What stands on top, then each difference, then roots of which there is less to say."""
    lines = [
        _paint("! " + printable(highlight.text), _BOLD, options.color)
        for highlight in changes.highlights
    ]
    lines += [""] if lines else []
    for row in changes.rows:
        lines += _row(row, options.color)
    for group in groups(changes):
        said = group.note or KINDS[group.kind]
        lines.append(_paint(f"{group.kind}: {printable(said)}", _BOLD, options.color))
        lines += _below(group.roots, group.causes)
    return "\n".join([*lines, totals(changes), ""])


def _row(row: Row, color: bool) -> Iterator[str]:
    part, name = map(printable, name_of(row.difference))
    old, new = map(printable, values_of(row.difference))
    head = _paint(f"{part} {name}", _BOLD, color)
    change = row.difference.change
    if change == "changed":
        yield f"{head}: {_paint(old, _RED, color)} -> {_paint(new, _GREEN, color)}"
    elif change == "edited":
        yield f"{head}: its content changed"
    else:
        value = _paint(old or new, _GREEN if change == "added" else _RED, color)
        yield f"{head}: {change}" + (f" {value}" if (old or new) != "there" else "")
    if row.difference.replaces:
        yield f"    ! {printable(row.difference.replaces)}"
    yield from _below(row.roots, row.causes)


def _below(roots: Sequence[str], causes: Sequence[Cause]) -> Iterator[str]:
    names, more = few(roots)
    number = count(len(roots), "root")
    yield f"    in {number}: {', '.join([*map(printable, names), *filter(None, [more])])}"
    shown, left = places(causes)
    for cause in shown:
        yield f"    from {printable(place(cause))} ({printable(cause.text)})"
    if left:
        yield f"    {left}"
    yield ""


def _paint(text: str, code: str, color: bool) -> str:
    return f"{code}{text}{_RESET}" if color and text else text
