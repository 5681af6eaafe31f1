"""Roots that git ignores: they are written, but no commit ever holds them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator

from generator.errors import Location, Problem
from generator.files.folders import nearest
from generator.files.git import git_text
from generator.files.names import MANIFEST

CODE = "ignored-by-git"
# One file that every root has of each kind that a pattern may be about.
_SAMPLES = (MANIFEST, "terraform.tf", "README.md")


def ignored_roots(folder: str, output: str, roots: Iterable[str]) -> list[Problem]:
    """A warning for each root that git ignores; files that are committed already are not.

    Nothing is said where there is no git, or where the output folder itself is ignored: whoever
    does that generates elsewhere, on purpose.

    Args:
        folder: the project folder.
        output: the output folder below it.
        roots: below the output folder.
    """
    wanted = list(roots)
    if not wanted or nearest(folder, ".git") is None:
        return []
    paths = [f"{output}/", *(f"{output}/{root}/{name}" for root in wanted for name in _SAMPLES)]
    matches = dict(_matches(folder, paths))
    if f"{output}/" in matches or output in matches:
        return []
    found: list[Problem] = []
    for root in wanted:
        sample = next((n for n in _SAMPLES if f"{output}/{root}/{n}" in matches), None)
        if sample is not None:
            source, pattern = matches[f"{output}/{root}/{sample}"]
            found.append(_problem(f"{output}/{root}", output, source, pattern))
    return found


def _problem(root: str, output: str, source: str, pattern: str) -> Problem:
    hint = f"{source} has {pattern}; to add it all the same: git add --force {root}"
    if "/" not in pattern.rstrip("/") and source.startswith(".gitignore:"):
        hint += f', or for good a line "!/{output}/**/{pattern}" below that'
    message = f"git ignores {root}, so that no commit holds it"
    return Problem(CODE, message, Location(root), hint, "warning")


def _matches(folder: str, paths: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each path that git ignores, with the place of the pattern and the pattern."""
    # Git compares each path with each file of the index, a second for a thousand roots, so it is
    # asked about those alone that some pattern matches, committed or not: most often none.
    matched = [path for path, _ in _matched(folder, paths, "--no-index")]
    return _matched(folder, matched) if matched else iter(())


def _matched(folder: str, paths: list[str], *options: str) -> Iterator[tuple[str, tuple[str, str]]]:
    try:
        command = ("check-ignore", "--verbose", "-z", "--stdin", *options)
        said = git_text(*command, at=folder, given="\0".join(paths))
    except (subprocess.CalledProcessError, OSError):
        # No path is ignored (exit code 1), or git does not work here and will say so itself.
        return
    fields = said.split("\0")
    for source, line, pattern, path in zip(*(fields[n::4] for n in range(4)), strict=False):
        if not pattern.startswith("!"):
            yield path, (f"{source}:{line}", pattern)
