"""A project, and commits to it, for the tests of the hook."""

from __future__ import annotations

import os
from collections.abc import Callable

from tests.scaffold.conftest import Shell

Make = Callable[..., Shell]
JOB = "jobs/acme/orders.yaml"
ROOT = "generated/acme/orders/prod"


def commit(shell: Shell, code: int = 0) -> str:
    """Commit what is staged."""
    return shell.git("commit", "--message", "change", code=code)


def other_job(shell: Shell) -> None:
    """Stage a job beside the first one: the folder of job files is there without that."""
    with open(os.path.join(shell.folder, "jobs/acme/local.yaml"), "w", encoding="utf-8") as job:
        job.write("tenant_id: acme\n")
    shell.git("add", "jobs")


def heads(shell: Shell) -> int:
    """How many commits there are."""
    return int(shell.git("rev-list", "--count", "HEAD"))


def write(shell: Shell, path: str, text: str) -> None:
    """Write a file, with the folders it needs."""
    full = os.path.join(shell.folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)
