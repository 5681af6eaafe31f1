"""Runs Terraform in a root as a person would, and reads the plan that it made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from generator.errors import DativoError, UsageError
from generator.files.names import ROOT_LOCK

_WAIT_FOR_LOCK = "-lock-timeout=300s"


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
        self._environment = {**environment, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"}
        cache = environment.get("TF_PLUGIN_CACHE_DIR")
        if cache:  # it has to be there
            os.makedirs(cache, exist_ok=True)

    def init(self) -> None:
        """Install what the root needs; its lock file, where it has one, is kept as it is."""
        locked = os.path.isfile(os.path.join(self._folder, ROOT_LOCK))
        self._run("init", "-input=false", "-no-color", *(["-lockfile=readonly"] if locked else []))

    def plan(self, file: str, *, lock: bool) -> None:
        """Plan into a file.

        Args:
            file: absolute; it holds values in the clear, so that nobody else may read it.
            lock: lock the state meanwhile, for which a right to write is needed.
        """
        locking = _WAIT_FOR_LOCK if lock else "-lock=false"
        self._run("plan", "-input=false", "-no-color", locking, f"-out={file}")

    def shown(self, file: str) -> dict[str, Any]:
        """A plan as data."""
        return self._data("show", "-json", file)

    def apply(self, file: str) -> None:
        """Apply a plan; Terraform refuses it when the state changed since it was made."""
        self._run("apply", "-input=false", "-no-color", _WAIT_FOR_LOCK, file)

    def outputs(self) -> dict[str, Any]:
        """The values of the outputs that are not sensitive."""
        found = self._data("output", "-json")
        return {name: one["value"] for name, one in found.items() if not one.get("sensitive")}

    def _data(self, *arguments: str) -> dict[str, Any]:
        try:
            data = json.loads(self._run(*arguments, stdout=subprocess.PIPE))
        except ValueError:
            data = None
        if not isinstance(data, dict):
            raise TerraformError(f"terraform {arguments[0]} -json printed no JSON")
        return data

    def _run(self, *arguments: str, stdout: int | None = None) -> str:
        """What it prints, where that is asked for."""
        sys.stdout.flush()
        try:
            done = subprocess.run(
                [self._program, *arguments],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                stdout=stdout,
                stderr=subprocess.PIPE,
                check=False,
            )
        except OSError as error:
            raise UsageError(f"{self._program} cannot be run: {error.strerror}") from None
        sys.stderr.write(done.stderr)
        sys.stderr.flush()
        if done.returncode:
            reason = _reason(done.stderr, done.returncode)
            raise TerraformError(f"terraform {arguments[0]}: {reason}")
        return done.stdout or ""


def _reason(said: str, code: int) -> str:
    """The first error that Terraform tells of."""
    for line in said.splitlines():
        text = line.strip("╷│╵ \t")
        if text.startswith("Error: "):
            return text.removeprefix("Error: ")
    return f"exit code {code}"
