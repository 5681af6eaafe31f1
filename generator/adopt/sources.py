"""Whether two module calls mean the same module, and which of ours one means."""

from __future__ import annotations

import posixpath

from generator.job.project import Project


def local_folder(source: str, folder: str) -> str | None:
    """The folder of a local module, below the project folder; None for one that is not local."""
    if not source.startswith(("./", "../")):
        return None
    return posixpath.normpath(posixpath.join(folder, source))


def same_module(one: str, its_folder: str, other: str, other_folder: str) -> bool:
    """Whether two roots call one module."""
    here, there = local_folder(one, its_folder), local_folder(other, other_folder)
    return here == there if here is not None or there is not None else one == other


def name_of(source: str) -> str:
    """The last word of a source: the folder of a module, or the name in a registry."""
    path = source.partition("?")[0].rstrip("/")
    return path.rpartition("//")[2].rpartition("/")[2] or path


def as_in_settings(project: Project, source: str, folder: str) -> str:
    """A source as ``terraform.module.source`` has it: local ones below the project folder."""
    local = local_folder(source, folder)
    return source if local is None else f"./{local}"
