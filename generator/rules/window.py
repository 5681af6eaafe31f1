"""Hours of the day, and whether a schedule starts runs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.plan.cron import values

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY = 24 * 60


class Window(NamedTuple):
    """A span of each of some days.

    Attributes:
        start: its first minute of the day.
        end: the minute after its last; no later than the start where that is on the next day.
        days: days of the week that it begins on, Sunday is 0.
    """

    start: int
    end: int
    days: frozenset[int]

    @classmethod
    def of(cls, start: str, end: str, days: Sequence[str] | None) -> Window:
        """A window from times such as 08:00, and names of days; None for each day."""
        named = range(7) if days is None else map(DAYS.index, days)
        return cls(_minute(start), _minute(end), frozenset(named))

    def has(self, day: int, minute: int) -> bool:
        """Whether a minute of a day of the week is in it."""
        if self.start < self.end:
            return day in self.days and self.start <= minute < self.end
        before = (day - 1) % 7
        return (day in self.days and minute >= self.start) or (
            before in self.days and minute < self.end
        )


def _minute(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def starts_in(window: Window, cron: str) -> str | None:
    """The first start of a week that is in a window, as HH:MM; None where none is.

    Args:
        window: in the time zone of the schedule.
        cron: five fields, normalised. Days of the month fall on any day of the week.
    """
    found = (minute for day, minute in _starts(cron) if window.has(day, minute))
    first = next(found, None)
    return None if first is None else f"{first // 60:02}:{first % 60:02}"


def _starts(cron: str) -> Iterator[tuple[int, int]]:
    minutes, hours, _, _, days = values(cron)
    # crontab(5): where both kinds of days are restricted, either will do.
    any_day = not cron.split()[2].startswith("*")
    for day in range(7) if any_day else days:
        for hour in hours:
            for minute in minutes:
                yield day, hour * 60 + minute
