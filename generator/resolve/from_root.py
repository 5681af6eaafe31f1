"""The outputs of a root, as Terraform prints them in its folder."""

from __future__ import annotations

import os
import shutil
import subprocess

from generator.errors import UsageError

VARIABLE = "DATIVO_TERRAFORM"
_TIMEOUT = 600


def output_json(folder: str, program: str | None = None) -> bytes:
    """What ``terraform output -json`` prints in a folder that was initialised.

    Args:
        folder: the root.
        program: a path or a name on PATH; None for DATIVO_TERRAFORM, terraform or tofu.

    Raises:
        UsageError: no folder, no Terraform, or Terraform says no.
    """
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such root, run: dativo generate")
    path = program_of(program)
    try:
        done = subprocess.run(
            [path, "output", "-json", "-no-color"],
            cwd=folder,
            env={**os.environ, "TF_IN_AUTOMATION": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"{path} cannot be run: {error}") from None
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())[:500]
        raise UsageError(f"terraform output failed in {folder} (terraform init was run?): {reason}")
    return done.stdout


def program_of(named: str | None) -> str:
    """The program to run: what is named, DATIVO_TERRAFORM, else terraform or tofu on PATH.

    Raises:
        UsageError: what is named is not there, or nothing is.
    """
    for name in (named, os.environ.get(VARIABLE)):
        if name:
            found = shutil.which(name)
            if found is None:
                raise UsageError(f"{name}: no such program")
            return os.path.abspath(found)
    found = shutil.which("terraform") or shutil.which("tofu")
    if found is None:
        raise UsageError("no terraform and no tofu on PATH; name one with --terraform")
    return found
