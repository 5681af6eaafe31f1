"""How far time zones are ahead of UTC, in January and in July, by the package tzdata alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

from generator.plan.runtimes.schedule import zones

# Where clocks are put forward, one of these is in summer and the other in winter, on either half
# of the globe.
MONTHS = MappingProxyType({"january": 1, "july": 7})
# After every change that a file of tzdata lists, so that the rule at its end decides, whatever day
# it is today (RFC 9636, section 3.3).
_YEAR = 9000


@lru_cache(maxsize=1024)
def minutes_ahead(zone: str) -> Mapping[str, int] | None:
    """Minutes that a zone is ahead of UTC by its rule for all years to come.

    Args:
        zone: a name of the IANA's.

    Returns:
        Month to minutes; None for what tzdata does not list.
    """
    if zone not in zones():
        return None
    # What the machine itself has may be older: every machine is to say the same.
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        known = ZoneInfo.from_file(file)
    found = {}
    for name, month in MONTHS.items():
        offset = datetime(_YEAR, month, 15, 12, tzinfo=known).utcoffset()
        if offset is None:
            return None
        found[name] = int(offset.total_seconds()) // 60
    return MappingProxyType(found)
