"""Reads and writes regular files: the one reader and the one writer; nothing but ``os`` is needed.

What is no regular file is refused, never waited for; what is written is there as a whole or not
at all.
"""

from __future__ import annotations

import os
import stat

_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ |= getattr(os, "O_NONBLOCK", 0)  # a named pipe must not make the open wait for its writer
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | getattr(os, "O_BINARY", 0)
_CHUNK = 65536
_PATIENCE = 10_000  # milliseconds


def read(
    path: str, *, follow: bool = True, most: int | None = None
) -> tuple[bytes, os.stat_result]:
    """The content of a regular file, and what the system says of it at that time.

    Args:
        path: the file.
        follow: follow a symbolic link, where the system can refuse to.
        most: how many bytes are of interest; there may be more in what is returned.

    Raises:
        FileNotFoundError: nothing is there, or no file can have that name.
        OSError: it is a link that is not followed (ELOOP), no regular file, or cannot be read.
    """
    try:
        descriptor = os.open(path, _READ | (0 if follow else _NOFOLLOW))
    except ValueError as error:  # a NUL in the name
        raise FileNotFoundError(2, "no such file", path) from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            what = "it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no regular file"
            raise OSError(22, what, path)
        size = min(found.st_size, _CHUNK) + 1  # so that the end is seen
        data = os.read(descriptor, size)
        if len(data) == size:
            chunks = [data]
            while (most is None or size <= most) and (data := os.read(descriptor, 1 << 20)):
                chunks.append(data)
                size += len(data)
            data = b"".join(chunks)
        return data, found
    finally:
        os.close(descriptor)


def stream(path: str) -> int:
    """Open a regular file, or a pipe that somebody writes to, to be read once.

    Args:
        path: the file.

    Returns:
        A descriptor, to be closed by the caller.

    Raises:
        OSError: it is neither, cannot be read, or nobody opens the pipe within ten seconds.
    """
    import select

    descriptor = os.open(path, _READ)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISFIFO(mode):
            waiting = select.poll()
            waiting.register(descriptor, select.POLLIN)
            if not waiting.poll(_PATIENCE):
                raise OSError(11, "nobody writes to this pipe", path)
        elif not stat.S_ISREG(mode):
            what = "it is a folder" if stat.S_ISDIR(mode) else "it is no regular file and no pipe"
            raise OSError(22, what, path)
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(descriptor, True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def create(path: str, data: bytes, *, durable: bool = False) -> os.stat_result:
    """Write a new file; nothing is left of one that cannot be written to its end.

    Args:
        path: the file.
        data: the whole content.
        durable: have it on the disk, so that a power cut cannot leave it empty once it is renamed.

    Returns:
        What the system says of it.

    Raises:
        OSError: something is there already, a link too, or the system refuses.
    """
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            if durable:
                os.fsync(descriptor)
            found = os.fstat(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        os.unlink(path)
        raise
    return found


def replace(
    path: str,
    scratch: str,
    data: bytes,
    *,
    mode: int | None = None,
    time: int | None = None,
    durable: bool = False,
) -> None:
    """Write a file beside its place, then rename it there.

    Args:
        path: the file; one that is there is replaced.
        scratch: a path in the same folder that nobody else uses.
        data: the whole content.
        mode: its permissions; None for those of any new file.
        time: its time of modification in nanoseconds; None for now.
        durable: as of ``create``.

    Raises:
        OSError: the system refuses; what was there is there still.
    """
    create(scratch, data, durable=durable)
    try:
        if mode is not None:
            os.chmod(scratch, mode)
        if time is not None:
            os.utime(scratch, ns=(time, time))
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise
