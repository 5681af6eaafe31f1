"""What changed in the roots between two trees of git, as data."""

from __future__ import annotations

import os
from collections.abc import Sequence

from generator.changes.compare import changes
from generator.changes.model import Changes


def changed(
    project_dir: str | os.PathLike[str] = ".",
    base: str | None = None,
    head: str | None = None,
    paths: Sequence[str] = (),
) -> Changes:
    """The roots that differ between two trees; nothing is generated and nothing is written.

    Args:
        project_dir: the project folder.
        base: a commit, branch, tag or tree; ``NAME...`` for the merge base of NAME and the head;
            None for that of the default branch and the head.
        head: a commit; None for the work tree.
        paths: roots, job files, folders of such, or globs of them; none means all.

    Returns:
        The comparison. What could not be read is in its ``problems``.

    Raises:
        UsageError: there is no git, a commit is unknown, there is no merge base, or a path means
            nothing.
        InputError: dativo.yaml is no YAML.
    """
    return changes(os.path.abspath(os.fspath(project_dir)), base, head, paths)
