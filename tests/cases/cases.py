"""Cases as folders: a project of a user's, and beside its files what shall come of it."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = HERE.parent.parent / "modules"
# Not part of the user's project.
APART = ("expected", "stderr.txt")


def names(kind: str) -> list[str]:
    """The names of all cases of a kind, in order."""
    return sorted(path.name for path in (HERE / kind).iterdir() if path.is_dir())


def lay_down(case: Path, folder: Path) -> Path:
    """Copy a case's project, and the shipped modules to it as a user would."""
    project = folder / "project"
    shutil.copytree(case, project, symlinks=True, ignore=shutil.ignore_patterns(*APART))
    for module in MODULES.iterdir():
        if module.is_dir():
            (project / "modules" / module.name).mkdir(parents=True)
            for file in module.glob("*.tf"):
                shutil.copyfile(file, project / "modules" / module.name / file.name)
    return project


def texts(folder: Path) -> dict[str, str]:
    """Path below the folder to text of every file; a link to its target."""
    found = {}
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".dativo"]
        for name in files:
            path = Path(top, name)
            text = path.read_text(encoding="utf-8", errors="replace")
            found[path.relative_to(folder).as_posix()] = text
    return found


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> str:
    """A unified diff of every file that differs; empty when none does."""
    parts = []
    for name in sorted(expected.keys() | found.keys()):
        before, after = expected.get(name, ""), found.get(name, "")
        if before != after or (name in expected) != (name in found):
            lines = difflib.unified_diff(
                before.splitlines(keepends=True),
                after.splitlines(keepends=True),
                f"expected/{name}",
                f"found/{name}",
            )
            parts.append("".join(lines) or f"{name}: only one of the two has it, empty\n")
    return "".join(parts)


def fail(case: Path, diff: str) -> None:
    """Fail with the diff and the command that takes it over."""
    where = f"{case.parent.parent.name}/test_{case.parent.name}.py"
    pytest.fail(
        f"{diff}\nif that is right: python -m pytest tests/{where} --update -k {case.name}",
        pytrace=False,
    )
