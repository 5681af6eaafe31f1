"""What keeps `make test` short."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.deep import by_part, counted, first_of_each, sampled


class Item:
    """As much of a test as is asked of it."""

    def __init__(self, *marks: str) -> None:
        self.marks, self.user_properties = marks, list[tuple[str, float]]()

    def get_closest_marker(self, name: str) -> Any:
        """The name where the test has that mark."""
        return name if name in self.marks else None


def take(item: Any, limit: float | None) -> str:
    """Run a phase that takes some CPU and returns "done"."""
    phase = counted(item, limit)
    next(phase)
    sum(range(200_000))
    try:
        phase.send("done")
    except StopIteration as end:
        return str(end.value)
    raise AssertionError


def test_what_takes_too_long_fails_unless_it_is_deep() -> None:
    """A test that takes more CPU than allowed fails, and says what to do; a deep one does not."""
    assert take(Item(), 60) == take(Item("deep"), -1) == take(Item(), None) == "done"
    with pytest.raises(pytest.fail.Exception, match="`make test` allows -1: make it quicker"):
        take(Item(), -1)


def test_time_is_told_by_part() -> None:
    """Every phase of a test counts for its folder; a short run has nothing to tell."""

    def report(nodeid: str, *took: float, when: str = "teardown") -> Any:
        return SimpleNamespace(
            nodeid=nodeid, when=when, user_properties=[("cpu", one) for one in took]
        )

    run = [
        report("tests/tags/test_a.py::test_a[x/y]", 1.0, when="call"),
        report("tests/tags/test_a.py::test_a[x/y]", 1.0, 2.5),
        report("tests/plan/deep/test_b.py::test_b", 70.0),
        report("tests/tags/test_a.py::test_c", 0.5),
    ]

    assert [line.split() for line in by_part(run)] == [
        ["70.0", "s", "1", "tests", "plan"],
        ["4.0", "s", "2", "tests", "tags"],
        ["74.0", "s", "3", "tests", "all"],
    ]
    assert by_part(run[:2]) == []


def test_a_sample_keeps_what_it_names() -> None:
    """All cases are there, under their names; those that are not named are deep."""
    found = sampled({"a": (1, 2), "b": 3}, *first_of_each([("b", "x"), ("a", "x")]))

    assert [(one.id, one.values, [mark.name for mark in one.marks]) for one in found] == [
        ("a", (1, 2), ["deep"]),
        ("b", (3,), []),
    ]
    with pytest.raises(AssertionError, match="no such cases: \\['c'\\]"):
        sampled({"a": 1}, "c")
