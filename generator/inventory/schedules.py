"""How often a schedule starts a run, whichever scheduler it is written for.

Five fields as in crontab(5), and what ``@daily`` and its like mean; six or seven fields of Quartz;
``cron()`` and ``rate()`` of EventBridge Scheduler.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from generator.inventory import special_days
from generator.inventory.month import DAYS_A_MONTH, Days, days_a_month
from generator.plan.cron import values
from generator.text.patterns import lazy

_RATE = lazy(r"rate\((?P<number>[1-9][0-9]{0,8}) (?P<unit>minute|hour|day)s?\)")
_CRON = lazy(r"cron\((?P<fields>[^()]+)\)")
_ITEM = lazy(r"(?:\*|(?P<first>[A-Z0-9]+)(?:-(?P<last>[A-Z0-9]+))?)(?:/(?P<step>[0-9]+))?")
_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EVERY_HOUR = tuple(range(24))
_LONGEST = 300


class Start(NamedTuple):
    """When runs start, hour by hour.

    Attributes:
        weekday: 0 to 6, Monday is 0; None where the day of the week does not matter.
        hour: 0 to 23, in the schedule's time zone or in UTC.
        runs: how many start within that hour, of a day on which any does.
    """

    weekday: int | None
    hour: int
    runs: int


class Clock(NamedTuple):
    """The times of a day at which runs start.

    Attributes:
        weekdays: on which; empty where the day of the week does not matter.
        hours: at which.
        minutes: of each of these hours.
        a_minute: how many runs start within such a minute.
    """

    weekdays: tuple[int, ...]
    hours: tuple[int, ...]
    minutes: tuple[int, ...]
    a_minute: int = 1

    def starts(self, ahead: int = 0) -> tuple[Start, ...]:
        """By hour, and in order.

        Args:
            ahead: minutes that the time zone of the schedule is ahead of the one that is asked
                for. What starts on another day there has another day of the week.
        """
        shifts = Counter((minute - ahead) // 60 for minute in self.minutes)
        found: Counter[tuple[int | None, int]] = Counter()
        for day in self.weekdays or (None,):
            for hour in self.hours:
                for shift, minutes in shifts.items():
                    days, at = divmod(hour + shift, 24)
                    found[None if day is None else (day + days) % 7, at] += minutes
        ordered = sorted(found.items(), key=lambda one: (one[0][0] or 0, one[0][1]))
        return tuple(Start(day, hour, minutes * self.a_minute) for (day, hour), minutes in ordered)


class Timing(NamedTuple):
    """What a schedule comes to.

    Attributes:
        runs_a_month: on average over 400 years.
        clock: when; None where the first run decides when the others are.
    """

    runs_a_month: Fraction
    clock: Clock | None

    @property
    def starts(self) -> tuple[Start, ...]:
        """By hour of the schedule's own time zone; nothing where no clock says it."""
        return self.clock.starts() if self.clock is not None else ()


# Jobs share their schedules.
@lru_cache(maxsize=1024)
def timing(expression: str) -> Timing | None:
    """What a schedule comes to; None for what no scheduler here would take.

    Args:
        expression: in any of the forms that a job or a module takes.
    """
    text = expression.strip()
    if len(text) > _LONGEST:
        return None
    try:
        if (rate := _RATE.fullmatch(text)) is not None:
            return _rate(int(rate["number"]) * _MINUTES[rate["unit"]])
        if (cron := _CRON.fullmatch(text)) is not None:
            minute, hour, day, month, weekday, _ = cron["fields"].upper().split()
            return _clouds("0", minute, hour, day, month, weekday)
        if len(fields := text.upper().split()) in (6, 7):
            return _clouds(*fields[:6])
        return _five(text)
    except ValueError:
        return None


def _rate(minutes: int) -> Timing:
    # Of which minutes is not known, but every hour has as many.
    clock = Clock((), _EVERY_HOUR, (0,), 60 // minutes) if 60 % minutes == 0 else None
    return Timing(DAYS_A_MONTH * 24 * 60 / minutes, clock)


def _five(text: str) -> Timing:
    """Where both the day of the month and that of the week are given, either will do."""
    minutes, hours, days, months, weekdays = values(text)
    # Sunday is 0 there, Monday here.
    on = tuple(sorted((day - 1) % 7 for day in weekdays))
    of_month, of_week = len(days) < 31, len(on) < 7

    def chosen(length: int, first: int) -> Iterator[int]:
        if of_month or not of_week:
            yield from (day for day in days if day <= length)
        if of_week:
            yield from special_days.on_weekdays(on, length, first)

    each = on if of_week and not of_month else ()
    return _timing(Clock(each, hours, minutes), months, chosen)


def _clouds(second: str, minute: str, hour: str, day: str, month: str, weekday: str) -> Timing:
    """Of the two day fields one is a question mark. Years are not looked at: a month of any."""
    if (day == "?") == (weekday == "?"):
        raise ValueError("one day field is needed, and one question mark")
    seconds, minutes = _numbers(second, 0, 59), _numbers(minute, 0, 59)
    hours, months = _numbers(hour, 0, 23), _numbers(month, 1, 12, _MONTHS)
    each: tuple[int, ...] = ()
    if weekday == "?":
        chosen = special_days.day_of_month(day) or _days(_numbers(day, 1, 31))
    elif (special := special_days.day_of_week(weekday)) is not None:
        chosen = special
    else:
        on = tuple(sorted({(one - 2) % 7 for one in _weekdays(weekday)}))
        chosen = _on(on)
        each = on if len(on) < 7 else ()
    return _timing(Clock(each, hours, minutes, len(seconds)), months, chosen)


def _days(days: tuple[int, ...]) -> Days:
    return lambda length, _: (day for day in days if day <= length)


def _on(weekdays: tuple[int, ...]) -> Days:
    return lambda length, first: special_days.on_weekdays(weekdays, length, first)


def _timing(clock: Clock, months: tuple[int, ...], days: Days) -> Timing:
    a_day = len(clock.hours) * len(clock.minutes) * clock.a_minute
    return Timing(days_a_month(months, days) * a_day, clock)


def _weekdays(text: str) -> tuple[int, ...]:
    """Days of the week, 1 = Sunday; ``L`` alone is Saturday."""
    return _numbers(
        "7" if text == "L" else text, 1, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
    )


def _numbers(text: str, low: int, high: int, names: tuple[str, ...] = ()) -> tuple[int, ...]:
    """The values of a field; a range that ends before it starts goes on from the least value.

    Raises:
        ValueError: it is no list of numbers, ranges and steps.
    """
    found: set[int] = set()
    for item in text.split(","):
        match = _ITEM.fullmatch(item)
        if match is None:
            raise ValueError(item)
        step = int(match["step"] or 1)
        first = low if match["first"] is None else _number(match["first"], low, high, names)
        last = high if match["first"] is None or match["step"] else first
        if match["last"] is not None:
            last = _number(match["last"], low, high, names)
        if step < 1:
            raise ValueError(item)
        span = high - low + 1
        ahead = (last - first) % span
        found.update(low + (first - low + more) % span for more in range(0, ahead + 1, step))
    return tuple(sorted(found))


def _number(text: str, low: int, high: int, names: tuple[str, ...]) -> int:
    number = names.index(text.lower()) + low if text.lower() in names else int(text)
    if not low <= number <= high:
        raise ValueError(text)
    return number
