"""What a misspelt word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is nearest to a word, or None when none is near.

    A word that differs only in case, hyphens or underscores is found first.

    Args:
        word: what the user wrote.
        candidates: what would have been right, in any order; on a tie the first in the
            alphabet is taken.
    """
    if not word or len(word) > _LONGEST:
        return None
    known = sorted(set(candidates))
    folded = _fold(word)
    for candidate in known:
        if _fold(candidate) == folded and candidate != word:
            return candidate
    import difflib

    lower = {candidate.lower(): candidate for candidate in reversed(known)}
    near = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return lower[near[0]] if near else None


def _fold(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")
