"""Changes of a project that the note of the last run has to see."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from generator.noop import answer as unchanged
from tests.repository import Repository

MODULE = "modules/gcp-cloud-run-job"
HAND_WRITTEN = 'terraform {\n  backend "gcs" {\n    bucket = "other"\n  }\n}\n'


def fast(repository: Repository, command: str, *paths: str) -> bool:
    """Whether the note alone answers."""
    files = [str(repository.folder / path) for path in paths]
    arguments = [command, "--project", str(repository.folder), *files]
    return unchanged.nothing_to_do(arguments) == 0


def keep_times(path: Path, change: Callable[[], object]) -> None:
    """Change a file, then set its time of modification back."""
    before = path.stat()
    change()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def same_size_edit(repository: Repository) -> None:
    """Another tag of the same length, at the same time of modification."""
    path = repository.folder / "jobs/orders.yaml"
    keep_times(path, lambda: repository.edit("jobs/orders.yaml", "team: a", "team: b"))


def same_size_edit_of_output(repository: Repository) -> None:
    """A root's file, likewise."""
    path = repository.root("orders") / "main.tf"
    shown = path.relative_to(repository.folder).as_posix()
    keep_times(path, lambda: repository.edit(shown, "2048", "4096"))


def link_output(repository: Repository) -> None:
    """The output folder moves, and a link takes its place."""
    elsewhere = repository.folder.parent / "elsewhere"
    (repository.folder / "generated").rename(elsewhere)
    (repository.folder / "generated").symlink_to(elsewhere)


def link_root(repository: Repository) -> None:
    """A root moves, and a link takes its place."""
    elsewhere = repository.folder.parent / "elsewhere"
    repository.root("orders").rename(elsewhere)
    repository.root("orders").symlink_to(elsewhere)


def add_root(repository: Repository) -> None:
    """A root appears that no job asks for."""
    shutil.copytree(repository.root("orders"), repository.root("orders", "dev"))
