"""Values that look like a secret: tags are shown in consoles and bills and never hold one."""

from __future__ import annotations

from collections.abc import Collection

from generator.errors import Problem, Problems
from generator.tags.tag_set import Tag
from generator.text import credentials

# Nor is a certificate anything for a tag.
_PEM = "-----BEGIN"


def check(tags: Collection[Tag]) -> list[Problem]:
    """Errors for tags that look like secrets; the value itself is not repeated.

    Every layer counts: what is overridden is written to ``locals.tf`` all the same.
    """
    everything = "\n".join([value for tag in tags for value in tag.values])
    if not credentials.may_hold(everything) and _PEM not in everything:
        return []
    problems = Problems()
    for tag in tags:
        kind = next(filter(None, map(_kind, tag.values)), None)
        if kind:
            message = f'the value of tag "{tag.written}" looks like {kind}'
            hint = "tags are readable for everybody who sees the resource or the bill"
            problems.error("tag-secret", message, tag.location, hint)
    return problems


def _kind(text: str) -> str | None:
    return credentials.looks_like(text) or ("a certificate" if _PEM in text else None)
