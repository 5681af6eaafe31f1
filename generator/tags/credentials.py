"""Values that look like a secret: tags are shown in consoles and bills and never hold one."""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.errors import Problem
from generator.patterns import lazy
from generator.tags.tag_set import Tag

# A literal that occurs in every such value, what the value looks like, and the value itself.
# The literals keep the search fast: no expression is tried on a tag that holds none of them.
_SIGNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (literal, name, lazy(pattern))
    for literal, name, pattern in (
        ("AKIA", "an AWS access key", r"\bAKIA[0-9A-Z]{16}\b"),
        ("ASIA", "an AWS session key", r"\bASIA[0-9A-Z]{16}\b"),
        ("-----BEGIN", "a private key or certificate", r"-----BEGIN"),
        ("gh", "a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{20}"),
        ("github_pat_", "a GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{20}"),
        ("glpat-", "a GitLab token", r"\bglpat-[A-Za-z0-9_-]{16}"),
        ("xox", "a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10}"),
        ("_live_", "a Stripe key", r"\b[sr]k_live_[A-Za-z0-9]{10}"),
        ("AIza", "a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
        ("ya29.", "a Google access token", r"\bya29\.[0-9A-Za-z_-]{20}"),
        ("dapi", "a Databricks token", r"\bdapi[0-9a-f]{32}"),
        ("AccountKey=", "an Azure storage key", r"AccountKey=[A-Za-z0-9+/=]{20}"),
        ("SharedAccessSignature", "an Azure access signature", r"SharedAccessSignature"),
        ("eyJ", "a JSON web token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."),
        ("://", "an address with a password", r"://[^/\s:@]+:[^/\s:@]+@"),
    )
)


def check(tags: Collection[Tag]) -> list[Problem]:
    """Errors for tags that look like secrets; the value itself is not repeated.

    Every layer counts: what is overridden is written to ``locals.tf`` all the same.
    """
    everything = "\n".join([value for tag in tags for value in tag.values])
    if not any(literal in everything for literal in _LITERALS):
        return []
    problems = []
    for tag in tags:
        kind = next(filter(None, map(looks_like, tag.values)), None)
        if kind:
            message = f'the value of tag "{tag.written}" looks like {kind}'
            hint = "tags are readable for everybody who sees the resource or the bill"
            problems.append(Problem("tag-secret", message, tag.place, hint))
    return problems


def looks_like(text: str) -> str | None:
    """What kind of secret a value looks like; None when it looks like none."""
    for literal, name, pattern in _SIGNS:
        if literal in text and pattern.search(text):
            return name
    return None


_LITERALS = tuple(literal for literal, _, _ in _SIGNS)
