"""A copy of this repository as a commit of everything in it would be."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def files() -> list[str]:
    """Every file that is not ignored, tracked or not yet, below the top of the repository."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = done.stdout.decode().split("\0")
    return sorted(name for name in set(names) if name and os.path.lexists(os.path.join(ROOT, name)))


def copy_to(folder: str, wanted: Callable[[str], bool] = bool) -> str:
    """Copy those files, symbolic links as they are, or those of them that are wanted; returns the
    folder.
    """
    for name in filter(wanted, files()):
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(os.path.join(ROOT, name), target, follow_symlinks=False)
    return folder
