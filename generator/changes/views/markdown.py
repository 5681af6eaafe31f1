"""Changes as the comment of a pull request, which the next run finds and replaces.

The first line is a comment of HTML that nobody sees and that stays the same from run to run.
Whatever comes from a file stands in code spans, in which no host reads Markdown, HTML or mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.changes.model import KINDS, Cause, Changes, Row
from generator.changes.views.options import Options
from generator.changes.views.parts import (
    few,
    groups,
    name_of,
    place,
    places,
    summary,
    values_of,
)
from generator.render.markdown import code
from generator.text.characters import code_point, in_line
from generator.text.count import count

# GitHub takes 65,536 characters in a comment, Azure DevOps 150,000, GitLab 1,000,000.
MAX_CHARS = 65536
_FOOTER = 320
_NONE = "\u2013"


class _Table(NamedTuple):
    """Lines that stand or go one by one, and what stands above them if any of them stands."""

    head: tuple[str, ...]
    lines: tuple[str, ...]


def marker(changes: Changes) -> str:
    """The line that tells this comment from others; one for each project of a repository."""
    where = f" {_in_comment(changes.project)}" if changes.project else ""
    return f"<!-- dativo diff{where} -->"


def _in_comment(text: str) -> str:
    """Text for a comment of HTML, which only a ``>`` could end."""
    return in_line(text).replace(">", code_point(">"))


def as_markdown(changes: Changes, options: Options) -> str:
    """The comment, cut by whole lines to as many characters as there may be."""
    title = f"### Terraform roots: {_title(changes)}"
    between = f"From {code(changes.base.shown)} to {code(changes.head.shown)}."
    if changes.roots:
        between = f"{summary(changes.roots)[:1].upper()}{summary(changes.roots)[1:]}. {between}"
    text = f"{marker(changes)}\n{title}\n\n{between}\n"
    room = (options.max_chars or MAX_CHARS) - len(text) - _FOOTER
    left = 0
    for table in _tables(changes):
        above = "\n".join(("", *table.head, ""))
        kept: list[str] = []
        for line in table.lines:
            needs = len(line) + 1 + (0 if kept else len(above))
            if left or needs > room:
                left += 1
                continue
            room -= needs
            kept.append(line)
        if kept:
            text += above + "\n".join(kept) + "\n"
    if left:
        said = "is one more line" if left == 1 else f"are {left} more lines"
        text += (
            f"\nThere {said}, left out to fit this comment; all of them: {code(options.command)}\n"
        )
    return text


def _title(changes: Changes) -> str:
    if not changes.roots:
        return "none changed"
    return f"{len(changes.roots)} changed, {len(changes.to_plan)} to plan"


def _tables(changes: Changes) -> Iterator[_Table]:
    if changes.highlights:
        lines = tuple(f"- {_sentence(one.text, one.roots)}" for one in changes.highlights)
        yield _Table(("**Look at this first**", ""), lines)
    if changes.problems:
        lines = tuple(
            f"- {code(p.message)} {_at(p.location and p.location.file)}" for p in changes.problems
        )
        yield _Table(("**Not understood**", ""), lines)
    if changes.rows:
        head = ("| what | before | after | roots | from |", "|---|---|---|---|---|")
        yield _Table(head, tuple(map(_row, changes.rows)))
    whole = groups(changes)
    if whole:
        head = ("| roots | what became of them | from |", "|---|---|---|")
        lines = tuple(
            f"| {_roots(one.roots)} | **{one.kind}**: {_noted(one.note, one.kind)} "
            f"| {_causes(one.causes)} |"
            for one in whole
        )
        yield _Table(head, lines)
    if changes.hints:
        yield _Table(("**Note**", ""), tuple(f"- {code(hint)}" for hint in changes.hints))


def _at(file: str | None) -> str:
    return f"({code(file)})" if file else ""


def _sentence(text: str, roots: Sequence[str]) -> str:
    names, more = few(roots)
    listed = ", ".join([*map(code, names), *filter(None, [more])])
    return f"{code(text)}" if len(roots) <= 1 else f"{code(text)}: {listed}"


def _noted(note: str, kind: str) -> str:
    return code(note) if note else KINDS[kind]


def _row(row: Row) -> str:
    part, name = name_of(row.difference)
    old, new = (code(text) if text else _NONE for text in values_of(row.difference))
    if row.difference.change == "edited":
        new = "its content changed"
    what = f"{part} {code(name)}"
    if row.difference.replaces:
        what += f"<br>**{code(row.difference.replaces)}**"
    return f"| {what} | {old} | {new} | {_roots(row.roots)} | {_causes(row.causes)} |"


def _roots(roots: Sequence[str]) -> str:
    names, more = few(roots)
    listed = "<br>".join([*map(code, names), *filter(None, [more])])
    return listed if len(roots) <= len(names) else f"{count(len(roots), 'root')}:<br>{listed}"


def _causes(causes: Sequence[Cause]) -> str:
    shown, more = places(causes)
    return "<br>".join([*(code(place(cause)) for cause in shown), *filter(None, [more])])
