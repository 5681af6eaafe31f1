"""Five-field cron expressions, and the form that each cloud's scheduler takes.

The fields are those of crontab(5): minute, hour, day of month, month, day of week.
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of week", 0, 7, _DAYS),
)
_MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_ITEM = re.compile(r"(\*|[A-Za-z0-9]+)(?:-([A-Za-z0-9]+))?(?:/([0-9]+))?")
MAX_LENGTH = 200


def normalise(expression: str) -> str:
    """The expression with single spaces, macros such as ``@daily`` written out.

    Raises:
        ValueError: it is not a five-field cron expression; the message says why.
    """
    if len(expression) > MAX_LENGTH:
        raise ValueError(f"has more than {MAX_LENGTH} characters")
    text = _MACROS.get(expression.strip().lower(), expression)
    fields = text.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(
            f"has {len(fields)} fields, five are needed: minute hour day month weekday"
        )
    for field, shape in zip(fields, _FIELDS, strict=True):
        _values(field, shape)
    return " ".join(fields)


def eventbridge(expression: str) -> str:
    """The expression as Amazon EventBridge Scheduler takes it.

    It has six fields, counts days of the week from 1 = Sunday, and wants ``?`` in exactly one
    of the two day fields (EventBridge Scheduler user guide, "Cron-based schedules").

    Raises:
        ValueError: both day fields are restricted, which cron reads as "either" and
            EventBridge cannot say.
    """
    minute, hour, day, month, weekday = normalise(expression).split()
    if weekday == "*":
        day, weekday = _steps(day, 1), "?"
    elif day == "*":
        day, weekday = "?", _weekdays(weekday)
    else:
        raise ValueError(
            "restricts both the day of the month and the day of the week, EventBridge takes one"
        )
    return (
        f"cron({_steps(minute, 0)} {_steps(hour, 0)} {day} {_steps(month, 1).upper()} {weekday} *)"
    )


def _steps(field: str, first: int) -> str:
    return ",".join(
        f"{first}{item[1:]}" if item.startswith("*/") else item for item in field.split(",")
    )


def _weekdays(field: str) -> str:
    """Names instead of numbers, since EventBridge counts from another day than cron."""
    days = sorted({value % 7 for value in _values(field, _FIELDS[4])})
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{_DAYS[days[0]]}-{_DAYS[days[-1]]}".upper()
    return ",".join(_DAYS[day] for day in days).upper()


def _values(field: str, shape: tuple[str, int, int, tuple[str, ...]]) -> list[int]:
    name, low, high, _ = shape
    values = []
    for item in field.split(","):
        match = _ITEM.fullmatch(item)
        if match is None or match[1] == "*" and match[2]:
            raise ValueError(f'has the {name} "{item}", which is not a number, range, list or step')
        start = low if match[1] == "*" else _number(match[1], shape)
        end = high if match[1] == "*" or (match[3] and not match[2]) else start
        if match[2]:
            end = _number(match[2], shape)
        step = int(match[3]) if match[3] else 1
        if start > end or not 1 <= step <= high:
            raise ValueError(f'has the {name} "{item}", which is an empty range')
        values += range(start, end + 1, step)
    return values


def _number(text: str, shape: tuple[str, int, int, tuple[str, ...]]) -> int:
    name, low, high, names = shape
    if text.lower() in names:
        return names.index(text.lower()) + low
    if not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f'has the {name} "{text}", which is not between {low} and {high}')
    return int(text)
