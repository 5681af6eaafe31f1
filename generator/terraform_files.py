"""Finds the Terraform files that people wrote; nothing but ``os`` is imported here."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = frozenset(("node_modules", "__pycache__"))
_MAX_DEPTH = 12
# What OpenTofu reads besides, and in place of a file of the same name that Terraform reads.
TOFU = (".tofu", ".tofu.json")
ENDINGS = (".tf", ".tf.json", *TOFU)


def is_terraform(name: str) -> bool:
    """Whether Terraform or OpenTofu reads a file of that name; hidden ones they leave out."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def terraform_files(project: str, folders: list[str], output: str) -> list[str]:
    """The Terraform files that people wrote, as paths below the project folder, in order.

    The output folder, hidden folders and Python environments are left out, links not followed.

    Args:
        project: the project folder.
        folders: where to look, below it.
        output: the output folder, below it.
    """
    found: dict[str, None] = {}
    for folder in folders:
        start = "" if folder in (".", "") else folder.strip("/")
        found.update(dict.fromkeys(_below(project, start, output.strip("/"), 0)))
    return sorted(found)


def _below(project: str, folder: str, output: str, depth: int) -> Iterator[str]:
    if folder == output or depth > _MAX_DEPTH:
        return
    try:
        entries = list(os.scandir(os.path.join(project, folder)))
    except OSError:
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _below(project, path, output, depth + 1)
        elif is_terraform(entry.name) and entry.is_file(follow_symlinks=False):
            yield path
