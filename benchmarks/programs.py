"""Programs that are measured: which there are, how one is run, and what it took."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))
_OUTPUT = "output.txt"


class Taken(NamedTuple):
    """What one run of a program took.

    Attributes:
        wall: seconds from its start to its end.
        cpu: seconds of processors, user and system, of it and of what it waited for.
        memory: the largest resident size of any one process, in KiB.
    """

    wall: float
    cpu: float
    memory: int


class UnexpectedEndError(Exception):
    """A program did not end as it should, so that there is nothing to measure."""


@dataclass(frozen=True)
class Call:
    """One run of a program.

    Attributes:
        command: its path and its arguments.
        folder: where it is started.
        ends: the exit codes that it may end with.
        variables: of its environment, beside the few that all get.
    """

    command: Sequence[str]
    folder: str
    ends: Collection[int] = (0,)
    variables: Mapping[str, str] = field(default_factory=dict)


class Programs:
    """The programs at hand, and where those find the others.

    Attributes:
        folder: where ``dativo`` and ``dativo-hook`` are.
        scratch: a folder for what programs write of their own accord.
    """

    def __init__(self, folder: str, scratch: str) -> None:
        """Take the programs of an installation.

        Args:
            folder: as above.
            scratch: as above; must exist.

        Raises:
            FileNotFoundError: there is no ``dativo`` in the folder.
        """
        self.folder, self.scratch = os.path.abspath(folder), scratch
        if not os.access(os.path.join(self.folder, "dativo"), os.X_OK):
            raise FileNotFoundError(f"there is no dativo in {folder}; see make generate")

    @property
    def python(self) -> str:
        """The interpreter that runs dativo."""
        return os.path.join(self.folder, "python")

    def ours(self, name: str) -> str:
        """The path of one of dativo's programs."""
        return os.path.join(self.folder, name)

    def run(self, call: Call) -> Taken:
        """Run a program; see ``launcher``.

        Raises:
            UnexpectedEndError: another exit code than those that were expected.
        """
        output = os.path.join(self.scratch, _OUTPUT)
        launcher = [sys.executable, "-I", "-S", os.path.join(HERE, "launcher.py"), output]
        done = subprocess.run(
            [*launcher, *call.command],
            cwd=call.folder,
            env=self._environment(call.variables),
            check=True,
            capture_output=True,
            text=True,
        )
        code, wall, cpu, memory = done.stdout.split()
        if int(code) not in call.ends:
            with open(output, encoding="utf-8", errors="replace") as stream:
                said = stream.read()[-2000:]
            raise UnexpectedEndError(f"{' '.join(call.command)} ended with {code}:\n{said}")
        return Taken(float(wall), float(cpu), int(memory))

    def quietly(self, *command: str, folder: str) -> None:
        """Run a program that is not measured, and that has to succeed."""
        self.run(Call(command, folder))

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Nothing of the caller's but PATH: no settings of git, Terraform or Python."""
        return {
            "HOME": self.scratch,
            "LANG": "C.UTF-8",
            "PATH": os.pathsep.join([self.folder, os.environ.get("PATH", os.defpath)]),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "TMPDIR": self.scratch,
            "XDG_CACHE_HOME": os.path.join(self.scratch, "cache"),
            **more,
        }


def found(name: str) -> str | None:
    """The path of a program on PATH; None where there is none."""
    return shutil.which(name)
