"""Who holds the lock of a project, where the system tells: on Linux, by what ``/proc`` has of it.

Nothing is written for that, so nobody has to remove it after a process that was killed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from generator.text.printable import shortened

_LOCKS = "/proc/locks"
_LONGEST = 120


def holder(descriptor: int) -> str:
    """The process that holds the lock of a folder: its number, its command and its age.

    Args:
        descriptor: of the folder.

    Returns:
        Such as ``process 4711, dativo generate, for 12 s``; empty where the system does not tell,
        or the process is in another container or somebody else's.
    """
    try:
        found = os.fstat(descriptor)
        for process in _holders(os.major(found.st_dev), os.minor(found.st_dev), found.st_ino):
            return f"process {process}, {_command(process)}, for {_age(process)} s"
    except (OSError, ValueError, IndexError):
        pass
    return ""


def _holders(major: int, minor: int, inode: int) -> Iterator[int]:
    """See proc_locks(5): number, kind, whether it binds, access, process, place, first and last."""
    place = f"{major:02x}:{minor:02x}:{inode}"
    with open(_LOCKS, encoding="ascii") as locks:
        for line in locks:
            fields = line.split()
            # What waits has an arrow before its kind; of another container the number is 0 or -1.
            if fields[1] == "FLOCK" and fields[5] == place and int(fields[4]) > 0:
                yield int(fields[4])


def _command(process: int) -> str:
    """What it was started as, without the folders of the program and of its interpreter."""
    with open(f"/proc/{process}/cmdline", "rb") as file:
        words = file.read(4096).decode("utf-8", "replace").rstrip("\0").split("\0")
    is_script = len(words) > 1 and not words[1].startswith("-")
    if is_script and os.path.basename(words[0]).startswith("python"):
        del words[0]
    words[0] = os.path.basename(words[0])
    return shortened(" ".join(words), _LONGEST)


def _age(process: int) -> int:
    """Seconds since it was started; see proc_pid_stat(5), where the name may hold blanks."""
    with open(f"/proc/{process}/stat", "rb") as file:
        started = int(file.read().rpartition(b")")[2].split()[19])
    with open("/proc/uptime", encoding="ascii") as file:
        up = float(file.read().split()[0])
    return max(0, int(up - started / os.sysconf("SC_CLK_TCK")))
