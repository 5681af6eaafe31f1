"""The lock, the make targets and CI agree with what declares them."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.checkout import ROOT


def read(name: str) -> str:
    """The text of a file of this repository."""
    with open(os.path.join(ROOT, name), encoding="utf-8") as stream:
        return stream.read()


def declared() -> Iterator[Requirement]:
    """Everything that pyproject.toml asks for, extras and groups included."""
    settings: dict[str, Any] = tomllib.loads(read("pyproject.toml"))
    project, groups = settings["project"], settings["dependency-groups"]
    lists = [project["dependencies"], *project["optional-dependencies"].values(), *groups.values()]
    for entries in lists:
        yield from (Requirement(entry) for entry in entries if isinstance(entry, str))


def test_lock_is_fresh() -> None:
    """The lock holds every declared dependency at a version that is allowed; else: make lock."""
    pins = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", read("requirements/ci.txt"), re.MULTILINE))

    for requirement in declared():
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin is not None and pin in requirement.specifier, f"{requirement}: run make lock"


def test_lock_is_for_everybody() -> None:
    """Every pin has hashes, and no machine's own package index is named."""
    text = read("requirements/ci.txt")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]

    assert len(entries) > 30
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_every_dependency_has_a_lower_bound() -> None:
    """Nothing is asked for in any version at all."""
    for requirement in declared():
        assert re.match(r">=|==", str(requirement.specifier)), requirement


def test_targets_that_are_told_exist() -> None:
    """Each `make TARGET` in README, CONTRIBUTING and .ci/run is a target, and listed by make."""
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
    ).stdout
    targets = {line.split()[0] for line in listed.splitlines()}
    told = set()
    for name in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        told |= set(re.findall(r"(?:^|`)(?:\w+=\S+ )?make ([a-z]+)", read(name), re.MULTILINE))

    assert {"generate", "test", "lint"} <= told <= targets


def test_ci_runs_what_the_readme_says() -> None:
    """CI runs the command for the tests that README gives, and lint with types before it."""
    commands = read(".ci/run").splitlines()

    assert "make test" in read("README.md")
    assert commands.index("make lint") < commands.index("make test")
    assert "mypy" in read("Makefile").split("\nlint:")[1].split("\n\n")[0]
