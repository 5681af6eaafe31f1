"""Changes that runs are cut short in, and what the next run has to make of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import Any

from generator.render import manifest
from generator.render.render import render_tombstone
from generator.tree.write import write
from tests.tree.trees import Tree, other, wanted

Roots = Mapping[str, Mapping[str, str]]
EVERYTHING: dict[str, Any] = {
    "required_version": ">= 1.11",
    "summary": {"Cloud": "new"},
    "tag_maps": (),
    "variables": (),
}


def tombstone(roots: Roots) -> Roots:
    """What becomes of the roots when their jobs are gone."""
    return {
        folder: render_tombstone(
            manifest.read(files[".dativo.json"].encode(), folder, ""), "generated"
        )
        for folder, files in roots.items()
    }


def gone(roots: Roots) -> Roots:
    """The roots vanish, since their states belong to others."""
    return {folder: {} for folder in roots}


A, B = wanted("a"), wanted("b", **EVERYTHING)
C, D = wanted("c", outputs=()), wanted("d")
BOTH = A | other("second")
# Each: what is there whole; what two runs that die were to write; and what the last one writes.
CHANGES: dict[str, tuple[Roots, Roots, Roots, Roots]] = {
    "changed": (A, B, C, D),
    "back": (A, B, C, A),
    "again": (A, B, B, B),
    "forth": (A, B, A, B),
    "created": ({}, B, C, D),
    "never mind": ({}, B, C, other("second")),
    "retired": (A, tombstone(A), B, C),
    "retired in between": (A, B, tombstone(B), D),
    "retired at last": (A, B, C, tombstone(A)),
    "gone": (A, gone(A), gone(A), gone(A)),
    "gone and back": (A, gone(A), B, C),
    "gone in the end": (A, B, C, gone(A)),
    "two": (other("second"), BOTH, B | other("second", "s3://acme-state/second"), D),
}


def generate(tree: Tree, roots: Roots, apart: bool = False) -> Callable[[], None]:
    """A whole run, to be called; apart: with a second process."""

    def call() -> None:
        comparison = tree.compare(roots)
        write(comparison, comparison.changes, whole=True, least=1 if apart else None)

    return call


def laid_out(tree: Tree, roots: Roots) -> None:
    """Have a project with just these roots."""
    shutil.rmtree(tree.project)
    tree.project.mkdir()
    if roots:
        tree.generate(roots)


def healed(tree: Tree, last: Roots, apart: bool = False) -> None:
    """Write once more, and see that all is as if nothing had happened."""
    before = tree.content()
    comparison = tree.compare(last)
    assert comparison.problems == [], before
    write(comparison, comparison.changes, whole=True, least=1 if apart else None)
    assert tree.compare(last).changes == []
    found = {path: data for path, data in tree.content().items() if not path.startswith(".dativo")}
    for folder, files in last.items():
        for name, text in files.items():
            assert found.pop(f"generated/{folder}/{name}") == text.encode(), before
    left = {path for path, data in found.items() if data is not None}
    assert left <= {f"generated/{path}" for path in _kept(tree, last)}, left
    assert not [path for path, data in found.items() if data is None and _is_bare(tree, path)]
    assert not (tree.project / ".dativo" / "writing").exists()


def _kept(tree: Tree, last: Roots) -> set[str]:
    """The files of roots that the last run does not know; the command would let them retire."""
    known = tree.path().rglob(".dativo.json")
    roots = [path.parent for path in known if path.parent.relative_to(tree.path()).as_posix()]
    return {
        file.relative_to(tree.path()).as_posix()
        for root in roots
        if root.relative_to(tree.path()).as_posix() not in last
        for file in root.iterdir()
    }


def _is_bare(tree: Tree, path: str) -> bool:
    folder = tree.project / path
    return path != "generated" and not any(folder.iterdir())


def restore(tree: Tree, content: Mapping[str, bytes | None]) -> None:
    """Have a project with just this content, see ``Tree.content``."""
    shutil.rmtree(tree.project)
    tree.project.mkdir()
    for path, data in sorted(content.items()):
        if data is None:
            (tree.project / path).mkdir()
        else:
            (tree.project / path).write_bytes(data)
