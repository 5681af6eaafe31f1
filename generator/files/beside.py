"""Writes a file beside its place and renames it there, and removes what a killed process left.

A note in the cache folder says where, for as long as that takes; the next command that writes to
the project finds it. The content is on the disk before it is renamed: what people wrote themselves
cannot be made again. Roots have a way of their own, see ``generator.tree.staged``.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from errno import ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM

from generator.errors import TreeError
from generator.files import cache
from generator.files.inside import is_inside
from generator.files.names import CACHE_FOLDER, SCRATCH
from generator.files.paths import is_folder, is_leftover, own_name, own_token
from generator.files.regular import create, read, replace

_NOTE = "beside-"
_MOST = 8192
# Outside a project nobody holds a lock; no write takes as many seconds.
_OLD = 3600


def replace_beside(
    path: str, data: bytes, *, mode: int | None = None, project: str | None = None
) -> None:
    """Write a file as a whole or not at all; one that is there is replaced.

    Args:
        path: the file.
        data: the whole content.
        mode: its permissions; None for those of any new file.
        project: the project folder whose lock this process holds; None where it holds none.

    Raises:
        OSError: the system refuses; what was there is there still.
    """
    folder = os.path.dirname(path)
    scratch = os.path.join(folder, own_name(SCRATCH, own_token(), 0))
    if project is None:
        _sweep(folder or os.curdir)
        replace(path, scratch, data, mode=mode, durable=True)
        return
    with _noted(project, scratch):
        replace(path, scratch, data, mode=mode, durable=True)


def create_beside(path: str, data: bytes, *, project: str) -> None:
    """The same where nothing may be yet: nothing is replaced.

    Args as of ``replace_beside``.

    Raises:
        OSError: something is there, or the system refuses.
    """
    scratch = os.path.join(os.path.dirname(path), own_name(SCRATCH, own_token(), 0))
    with _noted(project, scratch):
        create(scratch, data, durable=True)
        try:
            os.link(scratch, path)
        except OSError as error:
            if error.errno not in (EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP):  # no hard links here
                raise
            create(path, data, durable=True)
        finally:
            os.unlink(scratch)


def heal(project: str) -> None:
    """Remove what processes that were killed left of such files, and their notes.

    To be called by the only writer; no file is touched but those of names that dativo alone uses.

    Args:
        project: the project folder.
    """
    folder = os.path.join(project, CACHE_FOLDER)
    if not is_folder(folder):
        return
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(_NOTE):
                _remove(project, os.path.join(folder, name))


def _remove(project: str, note: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        below = os.fsdecode(read(note, follow=False, most=_MOST)[0])
        if is_leftover(os.path.basename(below)) and is_inside(project, os.path.dirname(below)):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(project, below))
    with contextlib.suppress(OSError):
        os.unlink(note)


@contextlib.contextmanager
def _noted(project: str, scratch: str) -> Iterator[None]:
    """Note what is about to be there; where no note can be written, go without."""
    folder = os.path.join(project, CACHE_FOLDER)
    known, note = os.path.lexists(folder), os.path.join(folder, _NOTE + own_token())
    try:
        cache.prepare(project)
        create(note, os.fsencode(os.path.relpath(scratch, project)))
    except (OSError, TreeError, ValueError):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(note)
            if not known:  # a project without a cache stays one
                os.unlink(os.path.join(folder, cache.IGNORE))
                os.rmdir(folder)


def _sweep(folder: str) -> None:
    """Remove what such a process left here long ago."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (
                is_leftover(entry.name)
                and entry.is_file(follow_symlinks=False)
                and time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD
            ):
                os.unlink(entry.path)
