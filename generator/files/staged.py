"""What git has of a project: what is not staged, and the staged files laid out in a folder.

Git runs hooks at the top of the working tree and may name the index relative to it
(``GIT_INDEX_FILE``: of ``git commit FILE`` it is one of its own), so the folder is not changed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.files.git import git_meanwhile, git_text

_SUBMODULE = "160000"
_TOP = ("rev-parse", "--show-toplevel")
_FILES = ("--no-renames", "--untracked-files=all", "--ignored=matching")
_STATUS = ("status", "--porcelain=v1", "-z", *_FILES, "--ignore-submodules=none", "--")


class Status(NamedTuple):
    """Files below the project folder, by what git says of them.

    Attributes:
        loose: those that differ from the index, and those git does not know.
        ignored: those git ignores; of a folder that it ignores only the folder, with a slash.
    """

    loose: list[str]
    ignored: list[str]


def _top(said: str) -> str:
    return os.path.realpath(said.rstrip("\n"))


def _prefix(folder: str, top: str) -> str:
    below = os.path.relpath(os.path.realpath(folder), top)
    return "" if below == os.curdir else below.replace(os.sep, "/") + "/"


def status(folder: str, below: str) -> Status:
    """What git says of the files of a project.

    Args:
        folder: the project folder.
        below: what leads to it from the top of the working tree: "" or "data/etl/".
    """
    return _status(git_text(*_STATUS, folder), below)


@contextlib.contextmanager
def status_meanwhile(folder: str) -> Iterator[Callable[[], tuple[str, Status]]]:
    """Likewise, while this process does something else.

    Returns:
        A function that waits for what leads to the project, as ``status`` takes it, and the status.
    """
    with git_meanwhile(*_TOP) as top, git_meanwhile(*_STATUS, folder) as listed:

        def found() -> tuple[str, Status]:
            below = _prefix(folder, _top(top()))
            return below, _status(listed(), below)

        yield found


def _status(listed: str, below: str) -> Status:
    found = Status([], [])
    for entry in filter(None, listed.split("\0")):
        path = entry[3:].removeprefix(below)
        if entry.startswith("!!"):
            found.ignored.append(path)
        elif entry[1] != " ":
            found.loose.append(path)
    return Status(sorted(found.loose), sorted(found.ignored))


@contextlib.contextmanager
def laid_out(below: str) -> Iterator[str | None]:
    """The project as it is staged, in a folder of its own; None when nothing of it is staged.

    Submodules are laid out at the commit that is staged, where it is at hand.

    Args:
        below: what leads to the project, see ``status``.
    """
    import tempfile

    tree = git_text("write-tree").strip()
    with tempfile.TemporaryDirectory(prefix="dativo-") as scratch:
        index = os.path.join(scratch, "index")
        target = os.path.join(scratch, "project")
        if below and not git_text("ls-tree", "-d", tree, below.rstrip("/")):
            yield None
            return
        os.mkdir(target)
        only = (f"--prefix={below}", f"{tree}:{below}") if below else (tree,)
        _read_tree(None, index, *only)
        top = _top(git_text(*_TOP))
        for path, commit in _lay_out(target, None, index):
            _submodule(os.path.join(top, path), os.path.join(target, path), commit, index + "-")
        inner = os.path.join(target, *below.split("/"))
        yield inner if os.path.isdir(inner) else None


def _read_tree(at: str | None, index: str, *what: str) -> None:
    # In a sparse checkout all files are part of the commit still.
    whole = ("-c", "core.sparseCheckout=false")
    git_text(*whole, "read-tree", *what, at=at, environment={"GIT_INDEX_FILE": index})


def _lay_out(target: str, at: str | None, index: str) -> list[tuple[str, str]]:
    """Write the files of an index below a folder; the submodules in it with their commits."""
    environment = {"GIT_INDEX_FILE": index}
    git_text("checkout-index", "--all", f"--prefix={target}/", at=at, environment=environment)
    listed = git_text("ls-files", "--stage", "-z", at=at, environment=environment)
    links = []
    for entry in filter(None, listed.split("\0")):
        facts, _, path = entry.partition("\t")
        mode, commit, _ = facts.split(" ")
        if mode == _SUBMODULE:
            links.append((path, commit))
    return links


def _submodule(source: str, target: str, commit: str, index: str) -> None:
    """Lay out a submodule; one that was never fetched stays empty, as it is in the working tree."""
    if not os.path.lexists(os.path.join(source, ".git")):
        return
    os.makedirs(target, exist_ok=True)
    try:
        _read_tree(source, index, commit)
    except subprocess.CalledProcessError:  # the commit is not at hand
        return
    for path, inner in _lay_out(target, source, index):
        _submodule(os.path.join(source, path), os.path.join(target, path), inner, index + "-")
