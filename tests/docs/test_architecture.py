"""The pages about the house say what the house is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.docs.examples import ROOT

PACKAGE = ROOT / "generator"
ROOMS = sorted(file.parent for file in PACKAGE.rglob("__init__.py") if file.parent != PACKAGE)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE)))
def test_plan_of_the_house_names_every_room(room: Path) -> None:
    """A room's line in generator/README.md is the first sentence of its docstring."""
    name = str(room.relative_to(PACKAGE))
    text = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text("utf-8"))) or ""
    sentence = re.split(r"(?<=\.)\s", " ".join(text.split()))[0].replace("``", "`")
    page = (PACKAGE / "README.md").read_text(encoding="utf-8")
    assert f"| [{name}]({name}/) | {sentence} |\n" in page


def test_plan_of_the_house_names_no_other_room() -> None:
    """What is gone is not in generator/README.md either."""
    page = (PACKAGE / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| \[([^\]]+)\]", page, flags=re.MULTILINE)
    assert named == [str(room.relative_to(PACKAGE)) for room in ROOMS]


def test_way_of_a_job_is_short() -> None:
    """The way of a job through the house is read in under two screens."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert len(page.partition("\n## Recipes\n")[0].splitlines()) <= 60
