"""The same change in many roots as one row, and what has to be seen first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.changes.causes import Sources
from generator.changes.model import (
    CREATED,
    REMOVED,
    RETIRED,
    STATE_MOVED,
    Cause,
    Difference,
    Highlight,
    RootChanged,
    Row,
)
from generator.text.count import count

_OF_THE_JOB = frozenset(("backend", "input", "label", "provider", "tag"))


def rows(roots: Iterable[RootChanged]) -> list[Row]:
    """Every difference once: those that replace resources first, then those in most roots."""
    found: dict[str, tuple[Difference, list[RootChanged]]] = {}
    for root in roots:
        for difference in root.differences:
            found.setdefault(repr(difference), (difference, []))[1].append(root)
    made = [
        Row(difference, tuple(root.root for root in having), tuple(_causes(difference, having)))
        for difference, having in found.values()
    ]
    return sorted(made, key=_order)


def _order(row: Row) -> tuple[bool, int, str, str]:
    return not row.difference.replaces, -len(row.roots), row.difference.part, row.difference.name


def _causes(difference: Difference, roots: list[RootChanged]) -> Iterable[Cause]:
    """The causes of all its roots; only those that speak of it, where any do."""
    causes = dict.fromkeys(cause for root in roots for cause in root.causes)
    if difference.part in _OF_THE_JOB:  # which no file of a module decides
        causes = dict.fromkeys(c for c in causes if c.file.endswith((".yaml", ".yml")))
    fitting = [cause for cause in causes if _fits(difference, cause)]
    return fitting or causes


def _fits(difference: Difference, cause: Cause) -> bool:
    key, _, values = cause.text.partition(":")
    name = _bare(difference.name.rpartition(".")[2])
    if name and name in _bare(key.rpartition(".")[2]):
        return True
    if difference.part == "module" and cause.file.startswith(f"{difference.name}/"):
        return True
    return any(
        isinstance(value, str) and value and value in values.replace(" -> ", " ").split()
        for value in (difference.old, difference.new)
    )


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def highlights(roots: list[RootChanged], sources: Sources) -> list[Highlight]:
    """What destroys resources or makes them anew, that in most roots first within its kind."""
    gone = [root for root in roots if root.kind in (RETIRED, REMOVED)]
    renamed = list(_renamed(gone, [root for root in roots if root.kind == CREATED], sources))
    paired = {name for highlight in renamed for name in highlight.roots}
    retired = [root.root for root in gone if root.kind == RETIRED and root.root not in paired]
    lost = [
        root.root
        for root in gone
        if root.kind == REMOVED and not root.manifest["retired"] and root.root not in paired
    ]
    found = [*renamed, *_with_state(roots), *_replaced(roots)]
    if retired:
        said = (
            "retires: its next apply destroys what it made"
            if len(retired) == 1
            else "retire: their next apply destroys what they made"
        )
        found.append(Highlight("retired", f"{_many(retired)} {said}", tuple(retired)))
    if lost:
        said = (
            "is gone without a tombstone: nothing destroys what it made"
            if len(lost) == 1
            else "are gone without a tombstone: nothing destroys what they made"
        )
        hint = "restore it with git, or let dativo generate retire it"
        found.append(Highlight("lost", f"{_many(lost)} {said} ({hint})", tuple(lost)))
    moved = [root.root for root in roots if root.kind == STATE_MOVED]
    if moved:
        said = (
            "the state moves of " + _many(moved) + ": terraform init -migrate-state comes before "
            "the plan, or all is made anew"
        )
        found.append(Highlight("state-moved", said, tuple(moved)))
    return found


def _many(roots: list[str]) -> str:
    return roots[0] if len(roots) == 1 else count(len(roots), "root")


def _renamed(
    gone: list[RootChanged], created: list[RootChanged], sources: Sources
) -> Iterator[Highlight]:
    """Jobs that are there under another name: the old root goes, a new one is made."""
    for new in created:
        for old in gone:
            if (old.tenant, old.stage) == (new.tenant, new.stage) or (
                old.job_file == new.job_file and old.job == new.job
            ):
                if old.job_file != new.job_file and not sources.same_job(
                    old.job_file, new.job_file
                ):
                    continue
                yield _rename(old, new)
                break


def _rename(old: RootChanged, new: RootChanged) -> Highlight:
    if old.kind == REMOVED:
        text = f"{new.root} takes the place of {old.root}, which is gone"
    else:
        text = f"{old.root} becomes {new.root}: all that it made is destroyed, and made anew there"
    if old.job != new.job:
        text += f" (the job {old.job} is called {new.job} now, {new.job_file})"
    return Highlight("rename", text, (old.root, new.root))


def _with_state(roots: list[RootChanged]) -> Iterator[Highlight]:
    """Roots that go by another name and keep their state, so that nothing is made anew for it."""
    for root in roots:
        if root.moved_from.split("/")[-3:] != root.root.split("/")[-3:] and root.moved_from:
            text = f"{root.root} is {root.moved_from} under another name, and keeps its state"
            yield Highlight("rename", text, (root.root,))


def _replaced(roots: list[RootChanged]) -> Iterator[Highlight]:
    found: dict[str, list[str]] = {}
    for root in roots:
        if root.elsewhere:
            found.setdefault(root.elsewhere, []).append(root.root)
        for difference in root.differences:
            if difference.replaces:
                name = f"another {difference.part} {difference.name} {difference.replaces}"
                found.setdefault(name, []).append(root.root)
    for text, having in sorted(found.items(), key=lambda item: -len(item[1])):
        yield Highlight("replacement", f"{_many(having)}: {text}", tuple(having))
