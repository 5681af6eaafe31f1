"""Follows a recipe of docs/architecture.md in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.docs.examples import ROOT

PAGE = ROOT / "docs" / "architecture.md"
COPIED = ("generator", "modules", "templates", "jobs", "assets", "dativo.yaml")
# A new file's text, or what is replaced in a file that is there, and by what.
Edit = str | Sequence[tuple[str, str]]
_STEP = re.compile(r"^\d+\. (?:\[)?`([^`]+)`", re.MULTILINE)


def recipes() -> dict[str, str]:
    """The recipes of the page: heading to text."""
    _, _, text = PAGE.read_text(encoding="utf-8").partition("\n## Recipes\n")
    parts = re.split(r"^### ", text.partition("\n## ")[0], flags=re.MULTILINE)
    return {head: body for head, _, body in (part.partition("\n") for part in parts[1:])}


def steps(title: str, name: str) -> list[str]:
    """The files that a recipe says are to be edited, with ``name`` for NAME."""
    return [file.replace("NAME", name) for file in _STEP.findall(recipes()[title])]


@dataclass(frozen=True)
class Copy:
    """A copy of the project in which a recipe was followed."""

    folder: Path

    def run(self, *arguments: str) -> str:
        """Run ``dativo`` from the copy; returns what it printed, and fails where it does."""
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def write(self, file: str, text: str) -> None:
        """Write a file of a user's."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, file: str) -> str:
        """A file's text, runs of blanks as one."""
        return re.sub(r" +", " ", (self.folder / file).read_text(encoding="utf-8"))


def follow(title: str, name: str, folder: Path, edits: Mapping[str, Edit]) -> Copy:
    """Make the edits of a recipe in a copy of the project.

    Args:
        title: the recipe's heading.
        name: what NAME stands for.
        folder: where the copy goes.
        edits: file to what is done to it: these files, and no others, must be the recipe's.
    """
    assert sorted(steps(title, name)) == sorted(edits)
    for source in COPIED:
        if (ROOT / source).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".terraform")
            shutil.copytree(ROOT / source, folder / source, ignore=ignored)
        else:
            shutil.copy(ROOT / source, folder)
    copy = Copy(folder)
    for file, edit in edits.items():
        if isinstance(edit, str):
            assert not (folder / file).exists(), f"{file} is there already"
            copy.write(file, edit)
            continue
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in edit:
            assert text.count(old) == 1, f"{file} has {text.count(old)} times: {old}"
            text = text.replace(old, new)
        copy.write(file, text)
    return copy
