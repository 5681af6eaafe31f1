"""Removes the folders of tombstones, and in them only what dativo wrote."""

from __future__ import annotations

import contextlib
import os
import shutil

from generator.render import manifest
from generator.render.manifest import Manifest, sha256
from generator.tree.paths import output_folder, read_file

# What Terraform leaves in a folder that was initialised; without the root it means nothing.
_LEFTOVERS = (".terraform", ".terraform.lock.hcl", ".dativo-new")


def prune(
    project: str, output: str, tombstones: dict[str, Manifest]
) -> tuple[list[str], dict[str, list[str]]]:
    """Remove roots that are tombstones.

    Args:
        project: the project folder.
        output: the output folder below it.
        tombstones: root folder to its manifest, retired ones only.

    Returns:
        The folders that are gone, and for those that stay the files of the user's in them.
    """
    top = output_folder(project, output)
    gone: list[str] = []
    kept: dict[str, list[str]] = {}
    for folder, found in sorted(tombstones.items()):
        path = os.path.join(top, folder)
        ours = [
            name for name, digest in found.files.items() if _unchanged(f"{path}/{name}", digest)
        ]
        theirs = sorted(set(os.listdir(path)) - {*ours, *_LEFTOVERS, manifest.NAME})
        if theirs:
            kept[folder] = theirs
            continue
        for name in (*ours, manifest.NAME):
            os.unlink(f"{path}/{name}")
        _remove_leftovers(path)
        _remove_empty(top, folder)
        gone.append(folder)
    return gone, kept


def _unchanged(path: str, digest: str) -> bool:
    data = read_file(path)
    return data is not None and sha256(data) == digest


def _remove_leftovers(path: str) -> None:
    for name in _LEFTOVERS:
        leftover = f"{path}/{name}"
        if os.path.isdir(leftover) and not os.path.islink(leftover):
            shutil.rmtree(leftover)
        elif os.path.lexists(leftover):
            os.unlink(leftover)


def _remove_empty(top: str, folder: str) -> None:
    """The root's folder, and those above it that have become empty."""
    with contextlib.suppress(OSError):
        while folder:
            os.rmdir(os.path.join(top, folder))
            folder = folder.rpartition("/")[0]
