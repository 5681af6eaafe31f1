"""Patterns with ``*`` and ``**``: matched in time linear in the text, whatever the pattern.

No regular expression: whoever writes a pattern, and whoever writes the text, cannot make a match
take long. A pattern is walked once over the text with a bit for each place in it.
"""

from __future__ import annotations

from functools import lru_cache

# What a single star does not stand for: it stays in one part of a path, an ARN, a host and port.
PARTS = "/:"
LONGEST = 500


class _Glob:
    """A pattern, made ready: for each character the places that it leads on from."""

    __slots__ = ("_any", "_end", "_inside", "_literal")

    def __init__(self, pattern: str) -> None:
        place = self._any = self._inside = 0
        self._literal: dict[str, int] = {}
        index = 0
        while index < len(pattern):
            if pattern[index] != "*":
                self._literal[pattern[index]] = self._literal.get(pattern[index], 0) | 1 << place
                index += 1
            else:
                end = index
                while end < len(pattern) and pattern[end] == "*":
                    end += 1
                if end - index > 1:
                    self._any |= 1 << place
                else:
                    self._inside |= 1 << place
                index = end
            place += 1
        self._end = 1 << place

    def matches(self, text: str) -> bool:
        """Whether it stands for the whole text."""
        stars = self._any | self._inside
        places = 1 | (1 & stars) << 1
        for character in text:
            staying = places & (self._any if character in PARTS else stars)
            places = (places & self._literal.get(character, 0)) << 1 | staying
            places |= (places & stars) << 1
            if not places:
                return False
        return bool(places & self._end)


@lru_cache(maxsize=1024)
def _ready(pattern: str) -> _Glob:
    return _Glob(pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern stands for a whole text.

    Args:
        pattern: ``*`` stands for any text without ``/`` and ``:``, ``**`` for any text at all, and
            every other character for itself.
        text: upper and lower case differ.
    """
    return _ready(pattern).matches(text)
