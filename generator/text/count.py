"""Numbers in sentences."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 root", "2 roots"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
