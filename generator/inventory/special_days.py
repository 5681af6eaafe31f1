"""The days of a month as EventBridge and Quartz name them: ``L``, ``15W``, ``6#3``, ``FRIL``.

Sources: EventBridge Scheduler user guide, "Cron-based schedules"; Quartz, "CronTrigger Tutorial".
Both count days of the week from 1 = Sunday.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.inventory.month import Days
from generator.text.patterns import lazy

_LAST = lazy(r"L(?:-(?P<before>[0-9]{1,2}))?")
_NEAREST = lazy(r"(?:(?P<day>[0-9]{1,2})|L)W")
_NTH = lazy(r"(?P<day>[A-Z0-9]+)#(?P<which>[1-5])")
_LAST_OF = lazy(r"(?P<day>[A-Z0-9]+)L")
_NAMES = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_SATURDAY, _SUNDAY = 5, 6


def weekday(text: str) -> int:
    """A day of the week, Monday is 0, from its name or its number, 1 = Sunday.

    Raises:
        ValueError: it is neither.
    """
    number = _NAMES.index(text) if text in _NAMES else int(text) - 1
    if not 0 <= number <= len(_NAMES) - 1:
        raise ValueError(f"no day of the week: {text}")
    return (number - 1) % 7


def day_of_month(text: str) -> Days | None:
    """The day that ``L``, ``L-3``, ``15W`` or ``LW`` means; None for what is none of these."""
    if (last := _LAST.fullmatch(text)) is not None:
        before = int(last["before"] or 0)
        return lambda length, _: [length - before] if before < length else []
    if (near := _NEAREST.fullmatch(text)) is not None:
        wanted = near["day"]
        return lambda length, first: _nearest(int(wanted) if wanted else length, length, first)
    return None


def day_of_week(text: str) -> Days | None:
    """The day that ``6#3`` or ``6L`` means; None for what is neither."""
    if (nth := _NTH.fullmatch(text)) is not None:
        day, which = weekday(nth["day"]), int(nth["which"])
        return lambda length, first: on_weekdays((day,), length, first)[which - 1 : which]
    if (last := _LAST_OF.fullmatch(text)) is not None:
        final = weekday(last["day"])
        return lambda length, first: on_weekdays((final,), length, first)[-1:]
    return None


def on_weekdays(days: Iterable[int], length: int, first: int) -> list[int]:
    """The days of a month that fall on some days of the week, Monday is 0."""
    wanted = {*days}
    return [day for day in range(1, length + 1) if (first + day - 1) % 7 in wanted]


def _nearest(day: int, length: int, first: int) -> list[int]:
    """The working day nearest to a day, in the same month."""
    if day > length:
        return []
    on = (first + day - 1) % 7
    if on == _SATURDAY:
        return [day - 1 if day > 1 else day + 2]
    if on == _SUNDAY:
        return [day + 1 if day < length else day - 2]
    return [day]
