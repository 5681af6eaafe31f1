"""Whether git has a file as it is, so that removing it loses nothing."""

from __future__ import annotations

import os
import subprocess

from generator.errors import Location, Problem
from generator.files.git import git

CODE = "not-committed"


def not_committed(folder: str, file: str, hint: str) -> Problem | None:
    """Why a file would be lost; None where the last commit has it as it is.

    Args:
        folder: the project folder.
        file: below it.
        hint: what to do about it.
    """
    at, name = os.path.split(os.path.join(folder, file))
    command = ("status", "--porcelain=v1", "-z", "--ignored", "--untracked-files=all")
    try:
        said = git(*command, "--", f":(literal){name}", at=at)
        if not said:  # also where it matches nothing: git ls-files knows
            git("ls-files", "--error-unmatch", "--", f":(literal){name}", at=at)
            return None
    except (subprocess.CalledProcessError, OSError):
        why = "no git repository has it"
    else:
        why = {"??": "git does not know it", "!!": "git ignores it"}.get(
            said[:2].decode(), "it has changes that no commit holds"
        )
    return Problem(CODE, f"{file} would be lost: {why}", Location(file), hint)
