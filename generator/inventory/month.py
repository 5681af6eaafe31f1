"""A month on average: the Gregorian calendar repeats itself after 400 years, to the weekday.

Counting over the whole cycle reads no clock and gives each schedule one number for ever.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache

YEARS = 400
MONTHS = YEARS * 12
DAYS = 146_097
# 30.436875 days.
DAYS_A_MONTH = Fraction(DAYS, MONTHS)
HOURS_A_MONTH = DAYS_A_MONTH * 24

# The days of a month, 1 and on, from its length and the weekday of its first day (Monday is 0).
Days = Callable[[int, int], Iterable[int]]


@cache
def _shapes() -> dict[int, Counter[tuple[int, int]]]:
    """Number of the month to how often it has which length and first weekday in a cycle."""
    found: dict[int, Counter[tuple[int, int]]] = {month: Counter() for month in range(1, 13)}
    for year in range(2001, 2001 + YEARS):
        for month, counter in found.items():
            first, length = monthrange(year, month)
            counter[length, first] += 1
    return found


def days_a_month(months: Iterable[int], days: Days) -> Fraction:
    """On how many days of a month something happens, on average over all months.

    Args:
        months: the months in which it does, 1 to 12.
        days: which days of such a month.
    """
    shapes = _shapes()
    total = sum(
        often * len({*days(length, first)})
        for month in set(months)
        for (length, first), often in shapes[month].items()
    )
    return Fraction(total, MONTHS)
