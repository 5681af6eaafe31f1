"""The page about the report shows what dativo prints of this repository."""

from __future__ import annotations

import re
import shlex

import pytest

from generator import report_roots
from generator.cli import main
from generator.inventory.chosen import COLUMNS
from generator.inventory.gaps import RULES
from generator.inventory.schedules import timing
from tests.docs.examples import ROOT, example

PAGE = "docs/report.md"
_TEXT = (ROOT / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name, code", [("question", 0), ("csv", 0), ("pivots", 0), ("fail", 2)])
def test_commands_print_what_is_shown(
    name: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the letter, and with the exit code that the page names."""
    first, _, shown = example(PAGE, name).partition("\n")
    program, command, *arguments = shlex.split(first.removeprefix("$ "))
    assert program == "dativo"
    assert main([command, "--project", str(ROOT), *arguments]) == code
    assert capsys.readouterr().out == shown


def test_every_column_and_rule_is_told() -> None:
    """The tables name what there is, and nothing else."""
    columns = _TEXT.partition("## Columns")[2].partition("\n## ")[0]
    named = [word for row in re.findall(r"^\| (`.*?) \|", columns, re.M) for word in row.split()]
    assert [word.strip("`") for word in named] == [*COLUMNS]
    gaps = _TEXT.partition("## Gaps")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", gaps, re.M)) == RULES
    found = {gap["rule"] for gap in report_roots(ROOT)["gaps"]}
    assert found <= RULES


def test_schedules_run_as_often_as_is_told() -> None:
    """Every expression of the table, and no other number."""
    table = _TEXT.partition("| schedule | runs a month |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*`) \| ([0-9.]+) \|$", table, re.M)
    assert len(rows) > 4
    for expressions, told in rows:
        for expression in re.findall("`(.*?)`", expressions):
            found = timing(expression)
            assert found is not None, expression
            assert round(float(found.runs_a_month), 6) == float(told), expression
