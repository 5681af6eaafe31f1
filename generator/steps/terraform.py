"""Runs Terraform in a root as a person would, and reads the plan that it made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from generator.errors import DativoError, UsageError
from generator.files.names import ROOT_LOCK

_WAIT_FOR_LOCK = "-lock-timeout=300s"
_CHANGES = 2  # of plan -detailed-exitcode


class TerraformError(DativoError):
    """A command of Terraform that did not do what it should; the message is its first line."""


class Terraform:
    """Terraform in one root.

    What it prints goes to where we print; Terraform itself hides what is sensitive there.
    """

    def __init__(self, program: str, folder: str, environment: Mapping[str, str]) -> None:
        """Nothing is run yet.

        Args:
            program: a path.
            folder: the root.
            environment: of every command.
        """
        self._program, self._folder = program, folder
        self._environment = {
            **environment,
            "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0",
            "TF_CLI_ARGS": environment.get("TF_CLI_ARGS", ""),
        }
        cache = environment.get("TF_PLUGIN_CACHE_DIR")
        if cache:  # it has to be there
            os.makedirs(cache, exist_ok=True)

    def init(self) -> None:
        """Install what the root needs; its lock file, where it has one, is kept as it is."""
        locked = os.path.isfile(os.path.join(self._folder, ROOT_LOCK))
        self._run("init", "-input=false", "-no-color", *(["-lockfile=readonly"] if locked else []))

    def plan(self, file: str, *, lock: bool) -> bool:
        """Plan into a file; returns whether there is anything to do.

        Args:
            file: absolute; it holds values in the clear, so that nobody else may read it.
            lock: lock the state meanwhile, for which a right to write is needed.
        """
        locking = _WAIT_FOR_LOCK if lock else "-lock=false"
        arguments = ("-input=false", "-no-color", locking, "-detailed-exitcode", f"-out={file}")
        return self._run("plan", *arguments, fine=(0, _CHANGES)) == _CHANGES

    def shown(self, file: str) -> dict[str, Any]:
        """A plan as data."""
        text = self._output("show", "-json", file)
        try:
            data = json.loads(text)
        except ValueError:
            data = None
        if not isinstance(data, dict):
            raise TerraformError("terraform show -json printed no JSON")
        return data

    def apply(self, file: str) -> None:
        """Apply a plan; Terraform refuses it when the state changed since it was made."""
        self._run("apply", "-input=false", "-no-color", _WAIT_FOR_LOCK, file)

    def outputs(self) -> bytes:
        """What ``terraform output -json`` prints."""
        return self._output("output", "-json").encode()

    def _run(self, *arguments: str, fine: Sequence[int] = (0,)) -> int:
        sys.stdout.flush()
        with self._process(arguments) as process:
            said = process.stderr.read() if process.stderr is not None else ""
            code = process.wait()
        sys.stderr.write(said)
        sys.stderr.flush()
        if code not in fine:
            raise TerraformError(f"terraform {arguments[0]}: {_reason(said, code)}")
        return code

    def _output(self, *arguments: str) -> str:
        with self._process(arguments, stdout=subprocess.PIPE) as process:
            out, said = process.communicate()
        if process.returncode:
            raise TerraformError(f"terraform {arguments[0]}: {_reason(said, process.returncode)}")
        return str(out)

    def _process(
        self, arguments: Sequence[str], stdout: int | None = None
    ) -> subprocess.Popen[str]:
        try:
            return subprocess.Popen(
                [self._program, *arguments],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                stdout=stdout,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise UsageError(f"{self._program} cannot be run: {error.strerror}") from None


def _reason(said: str, code: int) -> str:
    """The first error that Terraform tells of."""
    for line in said.splitlines():
        text = line.strip("╷│╵ \t")
        if text.startswith("Error: "):
            return text.removeprefix("Error: ")
    return f"exit code {code}"
