"""Cron expressions: what is taken, and that converting them changes no minute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.plan.cron import eventbridge, normalise, quartz

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


# A small evaluator of the syntaxes, written from their documentation alone: crontab(5), the
# EventBridge Scheduler user guide, and the Quartz tutorial "CronTrigger", whose last five fields
# mean the same as the first five of EventBridge.


def _member(text: str, value: int, low: int, high: int, names: list[str], first: int) -> bool:
    """Whether a value is in a field; a step counts from the start of its range."""

    def number(word: str) -> int:
        return names.index(word.lower()) + first if word.lower() in names else int(word)

    for item in text.split(","):
        span, _, step = item.partition("/")
        if span == "*":
            start, end = low, high
        elif "-" in span:
            start, end = map(number, span.split("-"))
        else:
            start = number(span)
            end = high if step else start
        if start <= value <= end and (value - start) % int(step or 1) == 0:
            return True
    return False


def _cron_days(expression: str, day: date) -> bool:
    """crontab(5): with both day fields restricted either matches; Sunday is 0 and 7."""
    _, _, monthday, month, weekday = expression.split()
    sunday_first = day.isoweekday() % 7
    in_month = _member(monthday, day.day, 1, 31, [], 0)
    in_week = _member(weekday, sunday_first, 0, 6, DAYS, 0) or (
        sunday_first == 0 and _member(weekday, 7, 0, 7, DAYS, 0) and "*" not in weekday
    )
    either = not monthday.startswith("*") and not weekday.startswith("*")
    days = in_month or in_week if either else in_month and in_week
    return days and _member(month, day.month, 1, 12, MONTHS, 1)


def _one_day_field(fields: list[str], day: date) -> bool:
    """EventBridge and Quartz: ? leaves a day field to the other; 1 is Sunday."""
    _, _, monthday, month, weekday = fields
    in_month = monthday == "?" or _member(monthday, day.day, 1, 31, [], 0)
    in_week = weekday == "?" or _member(weekday, day.isoweekday() % 7 + 1, 1, 7, DAYS, 1)
    return in_month and in_week and _member(month, day.month, 1, 12, MONTHS, 1)


def _minutes(fields: list[str]) -> set[tuple[int, int]]:
    return {
        (hour, minute)
        for hour in range(24)
        for minute in range(60)
        if _member(fields[0], minute, 0, 59, [], 0) and _member(fields[1], hour, 0, 23, [], 0)
    }


def _year() -> Iterator[date]:
    day = date(2024, 1, 1)  # a leap year
    while day.year == 2024:
        yield day
        day += timedelta(days=1)


def _items(low: int, high: int, names: list[str], first: int = 0) -> st.SearchStrategy[str]:
    def word(value: int) -> st.SearchStrategy[str]:
        plain = st.just(str(value))
        named = 0 <= value - first < len(names)
        return (
            plain | st.sampled_from([names[value - first], names[value - first].upper()])
            if named
            else plain
        )

    values = st.integers(low, high)
    single = values.flatmap(word)
    ranges = (
        st.tuples(values, values)
        .map(sorted)
        .flatmap(lambda ends: st.tuples(word(ends[0]), word(ends[1])).map("-".join))
    )
    steps = st.tuples(st.just("*") | ranges, st.integers(1, high)).map(lambda p: f"{p[0]}/{p[1]}")
    return st.lists(single | ranges | steps | st.just("*"), min_size=1, max_size=3).map(",".join)


MINUTE, HOUR = _items(0, 59, []), _items(0, 23, [])
MONTHDAY, MONTH = _items(1, 31, []), _items(1, 12, MONTHS, 1)
WEEKDAY = _items(0, 6, DAYS) | st.sampled_from(["7", "5-7", "0-7", "sun", "1-7/2", "fri-7"])
ONE_DAY_FIELD = st.tuples(MONTHDAY, st.just("*")) | st.tuples(st.just("*"), WEEKDAY)
EXPRESSIONS = st.tuples(MINUTE, HOUR, ONE_DAY_FIELD, MONTH).map(
    lambda p: f"{p[0]} {p[1]} {p[2][0]} {p[3]} {p[2][1]}"
)
ANY_DAYS = st.tuples(MINUTE, HOUR, MONTHDAY, MONTH, WEEKDAY).map(" ".join)


@given(EXPRESSIONS)
@settings(max_examples=150, deadline=None)
def test_eventbridge_fires_at_the_same_minutes(expression: str) -> None:
    """Over a leap year, the converted expression names the days and minutes of the original."""
    converted = eventbridge(expression)
    fields = converted.removeprefix("cron(").removesuffix(")").split()
    assert len(fields) == 6
    assert (fields[2] == "?") != (fields[4] == "?")
    assert _minutes(fields) == _minutes(expression.split())
    for day in _year():
        assert _one_day_field(fields[:5], day) == _cron_days(expression, day), day


@given(EXPRESSIONS)
@settings(max_examples=150, deadline=None)
def test_quartz_fires_at_the_same_minutes(expression: str) -> None:
    """Over a leap year, the converted expression names the days and minutes of the original,
    once each: at second 0.
    """
    second, *fields = quartz(expression).split()
    assert (second, len(fields)) == ("0", 5)
    assert (fields[2] == "?") != (fields[4] == "?")
    assert _minutes(fields) == _minutes(expression.split())
    for day in _year():
        assert _one_day_field(fields, day) == _cron_days(expression, day), day


@given(ANY_DAYS)
@example("* * *,7 * 7")
@example("0 0 1 * */2,7")
@example("0 0 1 * 5-7")
@settings(max_examples=150, deadline=None)
def test_normalising_changes_no_minute(expression: str) -> None:
    """The plain form means the same, holds digits only, and is its own plain form."""
    plain = normalise(expression)
    assert set(plain) <= set("0123456789*,-/ ")
    assert normalise(plain) == plain
    assert _minutes(plain.split()) == _minutes(expression.split())
    for day in _year():
        assert _cron_days(plain, day) == _cron_days(expression, day), day


@given(
    st.text(max_size=30) | st.lists(st.sampled_from("*/-,0159 aA?L#@"), max_size=20).map("".join)
)
def test_any_text_converts_or_is_refused(text: str) -> None:
    """Nothing but ValueError comes of an expression that is none."""
    for convert in (normalise, eventbridge, quartz):
        try:
            convert(text)
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("expression", "converted"),
    [
        ("0 2 * * *", "cron(0 2 * * ? *)"),
        ("@hourly", "cron(0 * * * ? *)"),
        ("@Weekly", "cron(0 0 ? * SUN *)"),
        ("*/15 9-17 * * mon-fri", "cron(0/15 9-17 ? * MON-FRI *)"),
        ("5/20 * * * *", "cron(5,25,45 * * * ? *)"),
        ("0 0 1,15 jan,jul *", "cron(0 0 1,15 1,7 ? *)"),
        ("0 0 * * 5-7", "cron(0 0 ? * SUN,FRI,SAT *)"),
        ("0 0 * * 0-7", "cron(0 0 ? * * *)"),
        ("0   0 *  * *", "cron(0 0 * * ? *)"),
    ],
)
def test_examples(expression: str, converted: str) -> None:
    """What people write, and what EventBridge gets."""
    assert eventbridge(expression) == converted


@pytest.mark.parametrize(
    ("expression", "converted"),
    [
        ("0 2 * * *", "0 0 2 * * ?"),
        ("@weekly", "0 0 0 ? * SUN"),
        ("*/15 9-17 * * 1-5", "0 0/15 9-17 ? * MON-FRI"),
        ("0 0 * * 5-7", "0 0 0 ? * SUN,FRI,SAT"),
        ("30 6 1,15 jan,jul *", "0 30 6 1,15 1,7 ?"),
    ],
)
def test_examples_of_quartz(expression: str, converted: str) -> None:
    """What people write, and what Databricks gets."""
    assert quartz(expression) == converted


def test_quartz_takes_one_day_field() -> None:
    """Two restricted day fields are one or the other to cron, which Quartz cannot say."""
    with pytest.raises(ValueError, match="day of the week, Quartz takes one"):
        quartz("0 0 1 * 1")


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("0 0 1 * 1", "EventBridge takes one"),
        ("* * *", "has 3 fields, five are needed"),
        ("0 0 2 * * ? *", "has 7 fields"),
        ("@reboot", "which is none of @hourly"),
        ("60 * * * *", "not between 0 and 59"),
        ("* 24 * * *", "not between 0 and 23"),
        ("* * 0 * *", "not between 1 and 31"),
        ("* * * 13 *", "not between 1 and 12"),
        ("* * * * 8", "not between 0 and 7"),
        ("5-1 * * * *", "ends before it starts"),
        ("*/0 * * * *", "whose step is not between"),
        ("*/99 * * * *", "whose step is not between"),
        ("a * * * *", "not between"),
        ("1,,2 * * * *", "no number, range, list or step"),
        ("* * L * *", "not between"),
        ("* * * * mon#1", "no number"),
        ("rate(5 minutes)", "has 2 fields"),
        ("* " * 300, "more than 200 characters"),
    ],
)
def test_what_is_refused(expression: str, why: str) -> None:
    """The message says what is wrong with which field."""
    with pytest.raises(ValueError, match=re.escape(why)):
        eventbridge(expression)
