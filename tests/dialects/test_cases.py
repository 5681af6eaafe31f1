"""Example files of every dialect: what each comes to is written in its first lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.plan.runtimes.table import RUNTIMES
from tests.dialects.projects import CASES, FILES, Outcome


@pytest.mark.parametrize("file", FILES)
def test_example(project: Path, file: str) -> None:
    """A file comes to as many roots as it says, or is refused at the line and in the words that
    it says; one whose runtime is not there yet is refused for nothing but that.
    """
    lines = (CASES / file).read_text(encoding="utf-8").splitlines()
    expected = [line[2:] for line in lines if re.match(r"# (root|no root|refused|waits)", line)]
    found = Outcome(project, file)
    refused = [text.removeprefix("refused: ") for text in expected if text.startswith("refused")]
    roots = expected.count("root")
    for text in expected:
        if text.startswith("waits for runtime: "):
            cloud, runtime = text.split()[-2:]
            if (cloud, runtime) in RUNTIMES:
                roots += 1
            else:
                refused.append(f'{cloud} has no runtime "{runtime}"')
        elif text.startswith("no root: "):
            assert found.built.without_root == [file]
            assert any(text[9:] in warning for warning in found.warnings), found.warnings
    assert expected
    assert len(found.errors) == len(refused), found.errors
    for told, text in zip(sorted(found.errors), sorted(refused), strict=True):
        assert text in told if "waits" in lines[0] else told.startswith(text)
    assert len(found.built.roots) == roots


@pytest.mark.parametrize("dialect", ["e", "r", "p", "d", "further"])
def test_there_are_examples(dialect: str) -> None:
    """Of every dialect there are six files at least."""
    assert sum(file.startswith(f"{dialect}/") for file in FILES) >= 6
