"""The roots that a user names among those that changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase

from generator.changes.model import RootChanged
from generator.changes.repository import Trees
from generator.errors import UsageError


def chosen(
    project: str, trees: Trees, paths: Sequence[str], roots: Sequence[RootChanged]
) -> list[RootChanged]:
    """The roots that paths mean.

    Args:
        project: the absolute project folder.
        trees: both ends.
        paths: a root, a job file, a folder of such, ``tenant/job/environment`` or the start of
            one, a job's name, or a glob of any of these; a path is relative to the current folder
            or to the project folder. None means all.
        roots: those that changed.

    Raises:
        UsageError: one is in neither tree.
    """
    if not paths:
        return list(roots)
    found: dict[int, None] = {}
    for path in paths:
        names = list(dict.fromkeys(_names(project, path)))
        mine = [index for index, root in enumerate(roots) if _is_meant(names, root)]
        if not mine and not _is_there(trees, project, path, names):
            raise UsageError(f"{path}: no such root, job or folder in either tree")
        found.update(dict.fromkeys(mine))
    return [roots[index] for index in sorted(found)]


def _names(project: str, path: str) -> Iterator[str]:
    """What a path may mean, below the project folder."""
    real, top = os.path.realpath(path), os.path.realpath(project)
    if real == top or real.startswith(top + os.sep):
        yield os.path.relpath(real, top).replace(os.sep, "/")
    yield os.path.normpath(path).replace(os.sep, "/")


def _is_meant(names: Collection[str], root: RootChanged) -> bool:
    own = [root.root, root.job_file, f"{root.tenant}/{root.job}/{root.stage}", root.job]
    own += [root.moved_from] if root.moved_from else []
    return any(
        name == "."
        or any(one == name or one.startswith(f"{name}/") for one in own)
        or (_is_glob(name) and any(fnmatchcase(one, name) for one in own))
        for name in names
    )


def _is_glob(name: str) -> bool:
    return any(sign in name for sign in "*?[")


def _is_there(trees: Trees, project: str, path: str, names: Collection[str]) -> bool:
    """Whether a path is something in which nothing changed; of a glob nobody can tell."""
    if _is_glob(path) or os.path.lexists(path):
        return True
    repository = trees.repository
    for name in names:
        if os.path.lexists(os.path.join(project, name)):
            return True
        for tree in filter(None, (trees.base, trees.head)):
            if repository.ask(
                "rev-parse", "--quiet", "--verify", f"{tree}:{repository.prefix}{name}"
            ):
                return True
    return False
