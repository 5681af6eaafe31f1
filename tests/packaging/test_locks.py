"""The locks last: complete, for every machine, and of releases that nobody withdrew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.checkout import ROOT
from tests.packaging.test_tools import APART

pytestmark = [pytest.mark.deep, pytest.mark.packaging]

UV = str(Path(sys.executable).parent / "uv")
AS_MADE = [
    *("--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-annotate", "--no-header"),
]


def uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run uv in this repository; it has to succeed."""
    done = subprocess.run([UV, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def asked(lock: str) -> list[str]:
    """What a lock was made of, as the Makefile has it."""
    if lock == "ci":
        return ["pyproject.toml", "--group", "dev", "--extra", "rehearse"]
    overrides = f"requirements/{lock}.overrides.txt"
    there = os.path.exists(os.path.join(ROOT, overrides))
    return ["--group", lock, *(["--overrides", overrides] if there else [])]


@pytest.mark.parametrize("lock", ["ci", *APART])
def test_a_lock_is_complete(lock: str, tmp_path: Path) -> None:
    """Resolving anew what a lock is for, for every Python and system, and with its own pins as the
    only choice, comes to the lock itself: nothing is missing, nothing is left over, no hash is
    another one, and no pin contradicts what some package asks for.
    """
    committed = Path(ROOT, "requirements", f"{lock}.txt").read_text("utf-8")
    again = tmp_path / "again.txt"
    again.write_text(committed, "utf-8")

    uv("pip", "compile", *asked(lock), *AS_MADE, "-o", str(again))

    assert pins(again.read_text("utf-8")) == pins(committed)


def pins(text: str) -> dict[str, frozenset[str]]:
    """Each pin with its marker, to its hashes."""
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    return {
        entry.split(" \\\n")[0]: frozenset(re.findall(r"sha256:[0-9a-f]{64}", entry))
        for entry in entries
    }


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("lock", ["ci", *APART])
def test_no_release_was_withdrawn(lock: str, python: str) -> None:
    """Each pin can be installed on each supported Python from what the index has now, and none of
    them was withdrawn (PEP 592).
    """
    done = uv(
        *("pip", "install", "--dry-run", "--no-deps", "--require-hashes"),
        *("--python-version", python, "--target", os.devnull + "-none"),
        *("--requirement", f"requirements/{lock}.txt"),
    )
    assert "yanked" not in done.stderr.lower()


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14", "3.15"])
def test_nothing_is_compiled(python: str) -> None:
    """What `make generate` installs is there as a wheel for each Python that somebody may have: a
    machine that is newer than the lock has no compiler, and a PyYAML without its C parser is slow.
    """
    uv(
        *("pip", "install", "--dry-run", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
        *("--python-version", python, "--target", os.devnull + "-none"),
        *("--requirement", "requirements/ci.txt"),
    )
