"""docs/tutorial.md, played from top to bottom by somebody who has nothing yet."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, Played, steps
from tests.scaffold.conftest import environment

PAGE = "docs/tutorial.md"
# What differs from one run to the next: times, and which Terraform there is.
_VARIES = re.compile(r" *\d+(\.\d+)? s\b|\((?:Terraform|OpenTofu) v[^)]+\)")


def matches(shown: str, said: str) -> bool:
    """Whether output is what the page shows; a line of three dots stands for any lines."""
    parts = [re.escape(part) for part in _VARIES.sub("", shown).split("…\n")]
    return re.fullmatch("(?:.*\n)*?".join(parts), _VARIES.sub("", said)) is not None


def play(step: Played, folder: Path, variables: dict[str, str]) -> None:
    """Run one command, or make one edit; a command that ends in errors exits with 1."""
    if step.file:
        target = folder / step.file
        text = target.read_text(encoding="utf-8")
        assert text.count(step.before) == 1, f"{step.file} has not once:\n{step.before}"
        target.write_text(text.replace(step.before, step.after), encoding="utf-8")
        return
    done = subprocess.run(
        ["sh", "-c", step.command],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    told = re.search(r"^\d+ errors? in \d+ files?$", step.output, re.MULTILINE)
    assert done.returncode == (1 if told else 0), f"{step.command}\n{done.stdout}"
    assert matches(step.output, done.stdout), f"{step.command}\n{done.stdout}"


@pytest.mark.deep
@pytest.mark.terraform
def test_the_tutorial_is_what_happens(tmp_path: Path) -> None:
    """Each step does what the page says, in its order, in one new repository."""
    home = tmp_path / "home"
    home.mkdir()
    settings = "[user]\n\tname = Test\n\temail = test@example.com\n"
    (home / ".gitconfig").write_text(settings, encoding="utf-8")
    variables = environment(str(home))
    folder = tmp_path
    count = 0
    for step in steps(PAGE):
        if step.command.startswith("cd "):
            folder = folder / step.command.removeprefix("cd ")
            continue
        play(step, folder, variables)
        count += 1
    assert count > 20


def test_what_is_installed_is_what_is_published() -> None:
    """The page installs the distribution of this repository, with an extra that it has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    name, extra = re.findall(r'^pip install "([\w-]+)\[(\w+)\]"$', page, re.MULTILINE)[0]
    assert name == project["name"] and extra in project["optional-dependencies"]


def test_every_block_is_played() -> None:
    """No command of the page stands in a block that the test above leaves out, but the install."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    blocks = re.findall(r"^(.*)\n```(\w+)\n", text, re.MULTILINE)
    others = [
        kind for before, kind in blocks if not before.startswith(("<!-- played", "<!-- edit"))
    ]
    assert others == ["sh"]
    assert sys.version_info >= (3, 11)
    assert "Python 3.11 or newer" in text
