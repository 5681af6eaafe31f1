"""Removes what dativo and Terraform leave in folders that are to go, and what cut runs left."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection

from generator.files.names import DEPTH, MANIFEST, ROOT_LOCK
from generator.files.paths import exists, is_folder, is_leftover, leftovers
from generator.render.manifest_check import GENERATED

# What Terraform leaves in a folder that was initialised, and we in one that was not finished;
# without the root it means nothing.
OF_TERRAFORM = frozenset((".terraform", ROOT_LOCK))
_OURS = GENERATED | {MANIFEST, ROOT_LOCK}


def is_worthless(name: str) -> bool:
    """Whether a file or folder of this name means nothing once the root that it is in is gone."""
    return name in OF_TERRAFORM or is_leftover(name)


def clear(path: str, ours: Collection[str]) -> None:
    """Remove what means nothing without the root, if only that is in a folder beside our files.

    Args:
        path: the root's folder.
        ours: the files that dativo wrote there; they stay for now.
    """
    others = [name for name in os.listdir(path) if name not in ours]
    if not all(map(is_worthless, others)):
        return
    for name in others:
        if is_folder(leftover := f"{path}/{name}"):
            shutil.rmtree(leftover)
        else:
            os.unlink(leftover)


def remove_empty(top: str, folder: str) -> None:
    """Remove a root's folder and those above it, as far as they are empty.

    Args:
        top: the absolute output folder, which stays.
        folder: the root's folder below it.
    """
    with contextlib.suppress(OSError):  # a tenant or job that has other roots
        while folder:
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(f"{top}/{folder}")
            folder = folder.rpartition("/")[0]


def discard(path: str) -> None:
    """Remove the folder in which a root was staged, and in it only what dativo writes."""
    with contextlib.suppress(OSError):
        for name in os.listdir(path):
            if name in _OURS:
                os.unlink(f"{path}/{name}")
        os.rmdir(path)


def sweep(top: str) -> None:
    """Remove what runs that were cut short left beside roots, and where no root came to be.

    What they left in a root, the comparison finds. No file is touched but those of names that
    dativo alone uses.

    Args:
        top: the absolute output folder.
    """
    _sweep(top, "", 0)


def _sweep(top: str, folder: str, depth: int) -> None:
    path = f"{top}/{folder}" if folder else top
    if depth == DEPTH:
        if not exists(f"{path}/{MANIFEST}"):
            for name in leftovers(path):
                os.unlink(f"{path}/{name}")
            remove_empty(top, folder)
        return
    with os.scandir(path) as entries:
        names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    for name in names:
        if is_leftover(name):
            discard(f"{path}/{name}")
        elif not name.startswith("."):
            _sweep(top, f"{folder}/{name}" if folder else name, depth + 1)
    if folder:
        remove_empty(top, folder)
