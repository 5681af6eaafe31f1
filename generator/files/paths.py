"""Paths below the output folder: no link is followed, nothing outside is reached."""

from __future__ import annotations

import os
import stat

from generator.errors import Location, Problem, TreeError
from generator.files.names import PENDING, SCRATCH
from generator.files.regular import read
from generator.files.stamps import stamp_of
from generator.text.patterns import lazy

_LEFTOVER = lazy(r"(?:\.dativo-new|\.dativo\.json\.new)(?:-[0-9a-f]{12})?")


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
    except OSError as error:  # a name too long, or a folder on the way that may not be entered
        message = f"cannot use {shown_path(path, project)}: {error.strerror}"
        raise TreeError(Problem("unreadable", message)) from None
    if stat.S_ISDIR(mode):
        return
    shown = shown_path(path, project)
    what = "a symbolic link, which is never followed" if stat.S_ISLNK(mode) else "not a folder"
    raise TreeError(
        Problem("symbolic-link", f"{shown} is {what}", Location(shown), "replace it by a folder")
    )


def refuse_links(top: str, folder: str, project: str, checked: set[str] | None = None) -> None:
    """Make sure that every folder from the output folder to a root is a real one.

    Args:
        top: the absolute output folder.
        folder: the root below it.
        project: the project folder, for the message.
        checked: folders that need no second look; added to.

    Raises:
        TreeError: one is a link, something other than a folder, or no step down.
    """
    path = top
    for step in folder.split("/"):
        if step in ("", ".", "..") or "\\" in step:
            raise TreeError(Problem("outside-project", f'"{folder}" is not a folder of a root'))
        path = f"{path}/{step}"
        if checked is None or path not in checked:
            refuse_link(path, project)
        if checked is not None:
            checked.add(path)


def own_token() -> str:
    """What no other process has in the names of its scratch files."""
    return os.urandom(4).hex()


def own_name(kind: str, token: str, number: int) -> str:
    """A name that no other process has.

    Args:
        kind: ``SCRATCH`` or ``PENDING``.
        token: of the process, see ``own_token``.
        number: tells names in one folder apart.
    """
    return f"{kind}-{token}{number & 0xFFFF:04x}"


def is_pending(name: str) -> bool:
    """Whether a file name is that of a manifest that was about to be put in place."""
    return name.startswith(PENDING) and is_leftover(name)


def is_leftover(name: str) -> bool:
    """Whether a file name is one that only stands there while a root is written."""
    return name.startswith((SCRATCH, PENDING)) and _LEFTOVER.fullmatch(name) is not None


def leftovers(path: str) -> list[str]:
    """What a run that was cut short left in a root, in order; links too, but no folders."""
    try:
        found = [name for name in os.listdir(path) if is_leftover(name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(name for name in found if not is_folder(f"{path}/{name}"))


def is_folder(path: str) -> bool:
    """Whether a folder is there, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def exists(path: str) -> bool:
    """Whether anything is there, a dangling link too."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def shown_path(path: str, project: str) -> str:
    """A path below the project folder, with forward slashes."""
    return os.path.relpath(path, project).replace(os.sep, "/")


def read_file(path: str) -> bytes | None:
    """The content of a regular file; None when nothing is there.

    Raises:
        OSError: it is a link, no regular file, or cannot be read.
    """
    return read_stamped(path)[0]


def read_stamped(path: str) -> tuple[bytes | None, str]:
    """The content of a regular file and its stamp at that time; None when nothing is there.

    Raises:
        OSError: it is a link, no regular file, or cannot be read.
    """
    try:
        data, found = read(path, follow=False)
    except FileNotFoundError:
        return None, ""
    return data, stamp_of(found)
