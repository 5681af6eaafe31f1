"""Cron expressions of five fields, counted beside another program that reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from cronsim import CronSim

from generator.inventory.month import MONTHS, YEARS
from generator.inventory.schedules import timing
from tests.deep import sampled

_FIRST = 2001
# Each at most once a day, so that 400 years of it are not too many. Of both day fields, one that
# begins with a star and has a step is left out: there Debian wants both to hold.
_EXPRESSIONS = {
    text: text
    for text in (
        "30 4 29 2 *",
        "0 0 31 * *",
        "0 12 1,15 */3 *",
        "5 0 * * *",
        "15 3 * * MON-FRI",
        "0 0 13 * 5",
        "0 22 1-7 jan,jul sun",
        "59 23 28-31 2 *",
        "0 0 */2 * *",
        "0 6 10-20/5 * 0",
        "0 1 * 2,11 6-7",
    )
}


@pytest.mark.parametrize("expression", sampled(_EXPRESSIONS, "30 4 29 2 *", "0 22 1-7 jan,jul sun"))
def test_both_count_alike(expression: str) -> None:
    """Over 400 years, run by run."""
    end = datetime(_FIRST + YEARS, 1, 1, tzinfo=UTC)
    runs = 0
    for at in CronSim(expression, datetime(_FIRST, 1, 1, tzinfo=UTC) - timedelta(minutes=1)):
        if at >= end:
            break
        runs += 1
    found = timing(expression)
    assert found is not None and found.runs_a_month == Fraction(runs, MONTHS)
