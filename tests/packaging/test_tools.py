"""The lock, the make targets and CI agree with what declares them."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.checkout import ROOT, files


def read(name: str) -> str:
    """The text of a file of this repository."""
    with open(os.path.join(ROOT, name), encoding="utf-8") as stream:
        return stream.read()


# What has an environment and a lock of its own: the groups of the Makefile's TOOLS, what
# `make benchmarks` compares with, and what `make audit`, `make dist` and `make fuzz` run.
TOOLS = ("moto", "orchestrators", "policy", "site")
APART = ("benchmarks", "fuzz", "supply", *TOOLS)
LOCKS = ("ci", *APART)


def declared() -> Iterator[tuple[str, Requirement]]:
    """Everything that pyproject.toml asks for, extras and groups included, with its lock."""
    settings: dict[str, Any] = tomllib.loads(read("pyproject.toml"))
    project, groups = settings["project"], settings["dependency-groups"]
    lists = [("ci", project["dependencies"])]
    lists += [("ci", extra) for extra in project["optional-dependencies"].values()]
    lists += [(name if name in APART else "ci", group) for name, group in groups.items()]
    for lock, entries in lists:
        yield from ((lock, Requirement(entry)) for entry in entries if isinstance(entry, str))


def test_locks_are_fresh() -> None:
    """A lock holds every declared dependency at a version that is allowed; else: make lock."""
    texts = {lock: read(f"requirements/{lock}.txt") for lock in LOCKS}
    pattern = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
    pins = {lock: pattern.findall(text) for lock, text in texts.items()}

    for lock, requirement in declared():
        name = canonicalize_name(requirement.name)
        found = [pin for pinned, pin in pins[lock] if pinned == name]
        assert any(pin in requirement.specifier for pin in found), f"{requirement}: run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_for_everybody(lock: str) -> None:
    """Every pin has hashes, and no machine's own package index is named."""
    text = read(f"requirements/{lock}.txt")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]

    assert len(entries) > (30 if lock != "fuzz" else 0)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_the_makefile_makes_what_is_apart() -> None:
    """`make test` makes an environment for each group that has a lock of its own."""
    assert f"TOOLS := {' '.join(TOOLS)}\n" in read("Makefile")


def test_every_dependency_has_a_lower_bound() -> None:
    """Nothing is asked for in any version at all."""
    for _, requirement in declared():
        assert {">=", "=="} & {one.operator for one in requirement.specifier}, requirement


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


def test_links_stay_inside() -> None:
    """A clone holds no link that leads out of it, to what only one machine has."""
    top = os.path.realpath(ROOT)
    links = [path for path in files() if os.path.islink(os.path.join(ROOT, path))]
    led = {path: os.path.realpath(os.path.join(ROOT, path)) for path in links}
    assert {path for path, real in led.items() if not real.startswith(top + os.sep)} == set()
