"""Quartz cron expressions.

Source: Quartz documentation, "Cron Trigger Tutorial" (org.quartz.CronExpression).
"""

from __future__ import annotations

import re

from generator.rehearsal.rules.common import CRON_WORDS, cron_field

_MONTHS, _DAYS = CRON_WORDS[3], CRON_WORDS[4]
_DAY = r"L(-\d{1,2})?W?|LW|\d{1,2}W"
_WEEKDAY = r"([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5])|L"


def is_quartz(expression: str) -> bool:
    """True for six or seven fields from seconds on, one of the two days being ``?``."""
    fields = expression.upper().split()
    if len(fields) not in (6, 7):
        return False
    second, minute, hour, day, month, weekday = fields[:6]
    if (day == "?") == (weekday == "?"):
        return False
    return (
        cron_field(second, 0, 59)
        and cron_field(minute, 0, 59)
        and cron_field(hour, 0, 23)
        and (day == "?" or bool(re.fullmatch(_DAY, day)) or cron_field(day, 1, 31))
        and cron_field(month, 1, 12, _MONTHS)
        and (weekday == "?" or bool(re.fullmatch(_WEEKDAY, weekday)) or _days(weekday))
        and (len(fields) == 6 or cron_field(fields[6], 1970, 2099))
    )


def _days(text: str) -> bool:
    return cron_field(text, 1, 7, _DAYS)
