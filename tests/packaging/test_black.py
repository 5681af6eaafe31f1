"""Orchestrators' files have the same bytes with every version of black that is allowed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from generator.render.python import assignments

REPOSITORY = Path(__file__).resolve().parents[2]

UV = (sys.executable, "-m", "uv")
pytestmark = pytest.mark.packaging

# What black alone lays out, since it does not fit its line.
SAMPLES: list[list[Any]] = [
    ["word " * 30],
    ["x" * 80],
    [["one", "two"] * 12],
    [["x" * 30] * 3, [], [["a" * 40, ["b" * 60]]]],
    [{"team": "data", "note": "n" * 90}, {"only": ["v" * 50, "w" * 50]}],
    [{"a" * 50: {"b" * 40: ["c" * 30, {"d": None, "e": True}]}}],
    ['It\'s "quoted" ' * 9, 'say "no" ' * 12, "back\\slash\n" * 12],
    ["日本語の説明" * 8, ["日本語", "x" * 70], {"鍵": "値" * 40}],
    [10**100, [10**30] * 6, -1],
    [["only-one-item-that-is-very-long-" * 3], {"k": ["only-one-" * 10]}],
]
SCRIPT = """\
import json, sys
from generator.render.python import assignments
samples = json.load(sys.stdin)
found = [assignments([("A" + "B" * i, v) for i, v in enumerate(s)]) for s in samples]
json.dump(found, sys.stdout)
"""


def allowed() -> Requirement:
    """What pyproject.toml says of black."""
    data = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    found = map(Requirement, data["project"]["dependencies"])
    return next(one for one in found if one.name == "black")


def laid_out(version: str, folder: Path) -> list[str]:
    """The samples as a version of black has them, in an environment of its own."""
    subprocess.run([*UV, "venv", "--quiet", "--python", sys.executable, str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [*UV, "pip", "install", "--quiet", "--python", str(python), f"black=={version}"]
    subprocess.run(install, check=True)
    ran = subprocess.run(
        [python, "-c", SCRIPT],
        input=json.dumps(SAMPLES),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(ran.stdout)
    return found


def test_the_oldest_black_writes_the_same_bytes(tmp_path: Path) -> None:
    """The lower bound lays the samples out as the version at hand, which the lock has."""
    oldest = next(one.version for one in allowed().specifier if one.operator == ">=")
    here = [assignments([("A" + "B" * i, v) for i, v in enumerate(s)]) for s in SAMPLES]
    assert laid_out(oldest, tmp_path / "oldest") == here


def test_no_black_of_a_year_to_come_is_allowed() -> None:
    """A stable style holds for the calendar year of a version; the next year's is not known yet."""
    specifier = allowed().specifier
    newest = max(one.version for one in specifier if one.operator == "<")
    assert not specifier.contains(f"{newest}.1.0")
