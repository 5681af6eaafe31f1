"""What pyproject.toml allows works at its oldest, and what a release is made of is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator import __version__
from scripts import lowest
from tests.packaging.checkout import ROOT, copy_to
from tests.packaging.test_fresh_clone import environment, run

pytestmark = [pytest.mark.deep, pytest.mark.packaging]

PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def declared() -> list[Requirement]:
    """What a user's installation asks for, with the extra."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as stream:
        project = tomllib.load(stream)["project"]
    return [
        Requirement(entry)
        for entry in (*project["dependencies"], *project["optional-dependencies"]["rehearse"])
    ]


def test_the_oldest_dependencies_do() -> None:
    """With each direct dependency at its lower bound, every module can be imported, the examples
    come to the same bytes, and a new repository is laid down.
    """
    said = run("make", "--no-print-directory", "lowest", cwd=Path(ROOT), env=environment())

    assert re.search(r"^\d{3,} modules can be imported$", said, re.MULTILINE)
    pins = dict(PIN.findall(Path(ROOT, "build", "lowest.txt").read_text("utf-8")))
    for requirement in declared():
        bound = next(one.version for one in requirement.specifier if one.operator == ">=")
        pin = pins[canonicalize_name(requirement.name)]
        assert pin == bound or pin.startswith(f"{bound}."), requirement


def test_an_example_that_differs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One byte of one example's root, and one file too many, are named and fail the target."""
    clone = Path(copy_to(str(tmp_path / "clone")))
    root = clone / "generated/acme/stripe-customers/prod"
    with open(root / "main.tf", "a", encoding="utf-8") as stream:
        stream.write("\n")
    shutil.copy(root / "main.tf", root / "other.tf")
    monkeypatch.setattr(lowest, "TOP", str(clone))

    assert lowest.main() == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "acme/stripe-customers/prod/main.tf differs from the example that is committed",
        "acme/stripe-customers/prod/other.tf differs from the example that is committed",
    ]


def test_a_release_says_what_it_is_made_of() -> None:
    """`make dist` builds a wheel and an sdist, and a bill of materials that names the version,
    what it needs directly, and every package at the lock's version; the same bytes each time.
    """
    made = []
    for _ in range(2):
        run("make", "--no-print-directory", "dist", cwd=Path(ROOT), env=environment())
        paths = [*Path(ROOT, "dist").iterdir(), Path(ROOT, "build", "dativo-generator.cdx.json")]
        made.append({path.name: path.read_bytes() for path in paths})
    assert made[0] == made[1]

    assert sorted(os.listdir(os.path.join(ROOT, "dist"))) == [
        f"dativo_generator-{__version__}-py3-none-any.whl",
        f"dativo_generator-{__version__}.tar.gz",
    ]
    bill = json.loads(Path(ROOT, "build", "dativo-generator.cdx.json").read_text("utf-8"))
    root = bill["metadata"]["component"]
    assert (root["name"], root["version"]) == ("dativo-generator", __version__)
    (needed,) = (one["dependsOn"] for one in bill["dependencies"] if one["ref"] == root["bom-ref"])
    names = {canonicalize_name(reference.partition("==")[0]) for reference in needed}
    assert names == {canonicalize_name(requirement.name) for requirement in declared()}
    with open(os.path.join(ROOT, "requirements", "ci.txt"), encoding="utf-8") as stream:
        pins = set(PIN.findall(stream.read()))
    parts = {(canonicalize_name(one["name"]), one["version"]) for one in bill["components"]}
    assert len(parts) > 20 and parts <= pins
