"""What a misspelt word was meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.hints import did_you_mean

KEYS = ["memory", "cpu", "max_retries", "timeout_seconds", "data_bucket"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("memmory", "memory"),
        ("MEMORY", "memory"),
        ("maxRetries", "max_retries"),
        ("data-bucket", "data_bucket"),
        ("timeout", "timeout_seconds"),
        ("zebra", None),
        ("", None),
        ("memory" * 100, None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    """A near word is found, case and hyphens do not matter, and a far one is not guessed."""
    assert did_you_mean(word, KEYS) == meant


@given(word=st.text(max_size=90), keys=st.lists(st.text(max_size=10), max_size=8))
def test_order_does_not_matter(word: str, keys: list[str]) -> None:
    """Rule: the answer is one of the candidates, and their order does not change it."""
    meant = did_you_mean(word, keys)

    assert meant is None or meant in keys
    assert did_you_mean(word, reversed(keys)) == meant
