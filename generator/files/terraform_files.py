"""Finds what tells of states that other roots have; nothing but ``os`` is imported here.

These are Terraform files that people wrote, and the manifests of roots: those of another project
in the repository, or of a copy of this one.
"""

from __future__ import annotations

import os

from generator.files.folders import is_another_repository, is_file
from generator.files.names import LOCK_ENDING, MANIFEST

TYPE_CHECKING = False  # see cli.py
if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = frozenset(("node_modules", "__pycache__"))
_MAX_DEPTH = 12
# What OpenTofu reads besides, and in place of a file of the same name that Terraform reads.
TOFU = (".tofu", ".tofu.json")
# What Terraform and OpenTofu read as configuration.
ENDINGS = (".tf", ".tf.json", *TOFU)
# A search takes about 10 µs a folder. More are not looked at, which is told.
MOST_FOLDERS = 20_000


def is_terraform(name: str) -> bool:
    """Whether Terraform or OpenTofu reads a file of that name; hidden ones they leave out."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def is_lock(name: str) -> bool:
    """Whether a file in the project's folder of locks is one by its name."""
    return name.endswith(LOCK_ENDING) and not name.startswith(".")


def terraform_files(project: str, folders: list[str], output: str) -> list[str]:
    """The Terraform files that people wrote and the manifests of others' roots, in order.

    The output folder, hidden folders, Python environments, and clones and work trees inside the
    repository are left out; links to folders are not followed. In a folder with a manifest
    only the manifest counts.

    Args:
        project: the project folder.
        folders: where to look, relative to it.
        output: the output folder, below it.

    Returns:
        Paths relative to the project folder, with forward slashes. One that ends in a slash is
        a folder that could not be searched, or the first of those beyond ``MOST_FOLDERS``.
    """
    search = _Search(project, os.path.join(project, *output.split("/")))
    found: dict[str, None] = {}
    for folder in folders:
        start = os.path.normpath(os.path.join(project, *folder.split("/")))
        found.update(dict.fromkeys(search.below(start, 0)))
    return sorted(found)


class _Search:
    def __init__(self, project: str, output: str) -> None:
        self._project, self._output = project, output
        self._inside = project.rstrip(os.sep) + os.sep
        self._left = MOST_FOLDERS

    def below(self, folder: str, depth: int) -> Iterator[str]:
        """What is in a folder, given as an absolute path."""
        if folder == self._output or depth > _MAX_DEPTH or self._left < 0:
            return
        self._left -= 1
        try:
            if self._left < 0:
                raise OSError
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        except OSError:
            yield self._name(folder) + "/"
            return
        names = {entry.name for entry in entries}
        if MANIFEST in names:
            yield self._name(os.path.join(folder, MANIFEST))
        elif "pyvenv.cfg" not in names and not (
            depth and ".git" in names and is_another_repository(folder)
        ):
            yield from self._inside_of(entries, depth)

    def _inside_of(self, entries: list[os.DirEntry[str]], depth: int) -> Iterator[str]:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self.below(entry.path, depth + 1)
            elif is_terraform(entry.name) and is_file(entry):
                yield self._name(entry.path)

    def _name(self, path: str) -> str:
        """A path relative to the project folder."""
        if path.startswith(self._inside):
            path = path[len(self._inside) :]
        else:
            path = os.path.relpath(path, self._project)
        return path.replace(os.sep, "/")
