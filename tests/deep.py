"""What `make test` runs and what it leaves to `make deep`, and the time that tests take.

Time is counted in seconds of CPU, of the test and of the programs that it waited for: those are
the same on a busy machine.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from typing import Any

import pytest

# Several times what any test of `make test` needs; seconds of CPU.
LIMIT = 60.0
COUNTED = "cpu"
_SHORT = 60.0  # a run that takes less has no parts worth telling


def sampled(cases: Mapping[str, Any], *kept: str) -> list[Any]:
    """Parameters, named by their keys, of which all but some are marked deep.

    Args:
        cases: name to value; a tuple is the values of several parameters.
        kept: the names of those that stay.
    """
    unknown = set(kept) - cases.keys()
    assert not unknown, f"no such cases: {sorted(unknown)}"
    found = []
    for name, value in cases.items():
        values = value if type(value) is tuple else (value,)
        marks = () if name in kept else (pytest.mark.deep,)
        found.append(pytest.param(*values, id=name, marks=marks))
    return found


def first_of_each(kinds: Iterable[tuple[str, Any]]) -> list[str]:
    """The first name of each kind.

    Args:
        kinds: name and kind of each case.
    """
    found: dict[Any, str] = {}
    for name, kind in kinds:
        found.setdefault(kind, name)
    return list(found.values())


def counted(item: pytest.Item, limit: float | None = None) -> Generator[None, Any, Any]:
    """Note on a test what a phase of it takes; what hooks that wrap the phase yield from.

    Args:
        item: the test.
        limit: what the phase may take, unless the test is deep.
    """
    before = _used()
    try:
        result = yield
    finally:
        took = _used() - before
        item.user_properties.append((COUNTED, took))
    if limit is not None and took > limit and item.get_closest_marker("deep") is None:
        pytest.fail(
            f"{took:.0f} s of CPU, and `make test` allows {limit:g}: make it quicker, or mark it "
            "deep",
            pytrace=False,
        )
    return result


def by_part(reports: Iterable[Any]) -> list[str]:
    """A line for each folder below tests/, the longest first: seconds, tests, name.

    Args:
        reports: those of all phases; the last one of a test has what all of them took.
    """
    seconds: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for report in reports:
        if getattr(report, "when", None) == "teardown":
            part = report.nodeid.partition("::")[0].removeprefix("tests/").partition("/")[0]
            seconds[part] += sum(took for name, took in report.user_properties if name == COUNTED)
            tests[part] += 1
    if sum(seconds.values()) < _SHORT:
        return []
    rows = [*seconds.most_common(), ("all", sum(seconds.values()))]
    tests["all"] = sum(tests.values())
    return [f"{took:8.1f} s {tests[part]:6} tests  {part}" for part, took in rows]


def _used() -> float:
    """Seconds of CPU of this process and of the children that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
