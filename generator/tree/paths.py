"""Paths below the output folder: no link is followed, nothing outside is reached."""

from __future__ import annotations

import os
import stat

from generator.errors import Place, Problem, TreeError


def output_folder(project: str, output: str) -> str:
    """The absolute output folder, after making sure that it is where it seems to be.

    Args:
        project: the project folder.
        output: the output folder below it.

    Raises:
        TreeError: the folder, or one on the way, is a symbolic link or no folder, or lies
            outside the project.
    """
    steps = [step for step in output.replace("\\", "/").split("/") if step not in ("", ".")]
    if not steps or ".." in steps or os.path.isabs(output):
        raise TreeError(
            Problem("outside-project", f'the output folder "{output}" lies outside the project')
        )
    path = project
    for step in steps:
        path = os.path.join(path, step)
        refuse_link(path, project)
    return path


def refuse_link(path: str, project: str) -> None:
    """Make sure that a folder is a real one, or not there yet.

    Raises:
        TreeError: it is a link, or something other than a folder.
    """
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        return
    shown = shown_path(path, project)
    what = "a symbolic link, which is never followed" if stat.S_ISLNK(mode) else "not a folder"
    raise TreeError(
        Problem("symbolic-link", f"{shown} is {what}", Place(shown), "replace it by a folder")
    )


def shown_path(path: str, project: str) -> str:
    """A path below the project folder, with forward slashes."""
    return os.path.relpath(path, project).replace(os.sep, "/")


def read_file(path: str) -> bytes | None:
    """The content of a regular file; None when nothing is there.

    Raises:
        OSError: it is a link (``O_NOFOLLOW``), a folder, or cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return None
    try:
        data = os.read(descriptor, 65536)
        if len(data) < 65536:
            return data
        chunks = [data]
        while chunk := os.read(descriptor, 1 << 20):
            chunks.append(chunk)
        return b"".join(chunks)
    finally:
        os.close(descriptor)
