"""How often a schedule starts a run: counted over 400 years, in every syntax that there is."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import pytest

from generator.inventory.month import DAYS, DAYS_A_MONTH, MONTHS
from generator.inventory.schedules import Start, timing

_FIRST = date(2001, 1, 1)


@cache
def _days() -> list[date]:
    return [_FIRST + timedelta(days=number) for number in range(DAYS)]


def _counted(wanted: object) -> Fraction:
    """Days of 400 years that meet a condition, a month."""
    return Fraction(sum(map(wanted, _days())), MONTHS)  # type: ignore[call-overload]


def test_the_calendar_repeats_itself() -> None:
    """400 years are whole weeks, so that a mean over them is one for ever."""
    assert date(2401, 1, 1) - _FIRST == timedelta(days=DAYS) and DAYS % 7 == 0
    assert float(DAYS_A_MONTH) == 30.436875


@pytest.mark.parametrize(
    "expression, same",
    [
        ("0 2 * * *", ["@daily", "0 2 * * 0-7", "cron(0 2 * * ? *)", "0 0 2 ? * *", "rate(1 day)"]),
        ("0 9 * * 1-5", ["0 9 * * MON-FRI", "cron(0 9 ? * 2-6 *)", "0 0 9 ? * MON-FRI"]),
        ("0 0 1 * *", ["@monthly", "cron(0 0 1 * ? *)", "cron(0 0 L * ? *)", "0 0 0 15W * ?"]),
        ("0 0 1 1 *", ["@yearly", "@annually", "cron(0 0 1 JAN ? *)", "0 0 0 LW 12 ?"]),
        ("*/5 * * * *", ["rate(5 minutes)", "cron(0/5 * * * ? *)", "0 */5 * * * ?"]),
        ("0 * * * *", ["@hourly", "rate(1 hour)", "rate(60 minutes)"]),
        ("0 3 * * 5", ["@weekly", "cron(0 3 ? * FRI *)", "0 0 3 ? * 6", "cron(0 3 ? * L *)"]),
    ],
)
def test_one_schedule_in_every_syntax(expression: str, same: list[str]) -> None:
    """What means the same is counted alike, whoever it is written for."""
    wanted = timing(expression)
    assert wanted is not None
    for other in same:
        found = timing(other)
        assert found is not None, other
        assert found.runs_a_month == wanted.runs_a_month, other


@pytest.mark.parametrize(
    "expression, wanted",
    [
        ("0 0 31 * *", lambda day: day.day == 31),
        ("0 0 29 2 *", lambda day: day.day == 29 and day.month == 2),
        ("0 0 13 * 5", lambda day: day.day == 13 or day.weekday() == 4),
        ("0 0 */2 * *", lambda day: day.day % 2 == 1),
        ("cron(0 0 ? * 6#5 *)", lambda day: day.weekday() == 4 and day.day > 28),
        (
            "cron(0 0 ? 2 FRIL *)",
            lambda day: day.month == 2 and day.weekday() == 4 and (day + timedelta(7)).month == 3,
        ),
        ("0 0 0 ? * SAT-MON", lambda day: day.weekday() in (5, 6, 0)),
        ("0 0 0 L-30 * ?", lambda day: day.day == 1 and (day + timedelta(30)).month == day.month),
    ],
)
def test_days_are_counted_one_by_one(expression: str, wanted: object) -> None:
    """The sum over shapes of months is that over all 146,097 days."""
    found = timing(expression)
    assert found is not None
    assert found.runs_a_month == _counted(wanted)


def test_when_runs_start() -> None:
    """By hour, and by day of the week where that is all that matters; Monday is 0."""
    assert timing("*/30 2 * * SUN").starts == (Start(6, 2, 2),)  # type: ignore[union-attr]
    assert timing("0 2 1 * *").starts == (Start(None, 2, 1),)  # type: ignore[union-attr]
    assert timing("cron(15 6,18 ? * MON *)").starts == (  # type: ignore[union-attr]
        Start(0, 6, 1),
        Start(0, 18, 1),
    )
    assert timing("rate(1 day)").starts == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ["", "soon", "@reboot", "* * * *", "61 * * * *", "cron(0 2 * * * *)", "rate(0 minutes)"]
    + ["cron(0 2 ? * 8 *)", "at(2030-01-01T00:00:00)", "0 0 2 ? * ?", "0 " * 400],
)
def test_what_is_no_schedule_is_not_counted(text: str) -> None:
    """Nothing is guessed."""
    assert timing(text) is None
