"""Runs one program and says what it took.

It is small and started anew for each: what a process ever had in memory counts for the programs
that it starts.

python -I -S launcher.py OUTPUT PROGRAM [ARGUMENT ...]
"""

import os
import sys
import time

_NANO = 1e9


def main(output: str, command: list[str]) -> None:
    """Run a program in the current folder, and print four numbers.

    They are: exit code, wall time and CPU time in seconds, and the largest resident size that any
    one process reached, in KiB.
    CPU time is user and system time of the process and of all that it waited for.

    Args:
        output: a file that gets what the program prints.
        command: its path and its arguments.
    """
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    actions = [(os.POSIX_SPAWN_DUP2, target, 1), (os.POSIX_SPAWN_DUP2, target, 2)]
    began = time.perf_counter_ns()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(process, 0)
    wall = (time.perf_counter_ns() - began) / _NANO
    code = os.waitstatus_to_exitcode(status)
    print(code, wall, used.ru_utime + used.ru_stime, used.ru_maxrss)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
