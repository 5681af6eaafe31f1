"""Version constraints as Terraform and OpenTofu read them: whether any version meets them all."""

from __future__ import annotations

import re
from functools import lru_cache

Version = tuple[int, int, int]

_PART = re.compile(r"\s*(=|!=|>=|<=|~>|>|<)?\s*v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?\s*")


# The roots of a project ask for the same few versions.
@lru_cache(maxsize=1024)
def satisfiable(*constraints: str) -> bool:
    """Whether some release meets all constraints.

    Args:
        constraints: such as ``~> 6.0`` or ``>= 1.10, < 2.0`` (Terraform language, "Version
            Constraints"). What cannot be read, and what names a prerelease, rules nothing out:
            Terraform has the last word.
    """
    low: Version = (0, 0, 0)
    high: Version | None = None
    excluded = set()
    for part in ",".join(constraints).split(","):
        match = _PART.fullmatch(part)
        if match is None:
            if part.strip():
                return True
            continue
        operator, version = match[1] or "=", _version(match)
        if operator == "!=":
            excluded.add(version)
            continue
        first, end = _range(operator, version, match)
        low = max(low, first)
        high = end if high is None or (end is not None and end < high) else high
    while low in excluded:
        low = _next(low)
    return high is None or low < high


def _version(match: re.Match[str]) -> Version:
    return int(match[2]), int(match[3] or 0), int(match[4] or 0)


def _range(operator: str, version: Version, match: re.Match[str]) -> tuple[Version, Version | None]:
    """The first version that an operator allows, and the first after those that it allows."""
    major, minor, _ = version
    if operator == "~>":
        if match[3] is None:
            return version, None
        return version, (major + 1, 0, 0) if match[4] is None else (major, minor + 1, 0)
    return {
        "=": (version, _next(version)),
        ">=": (version, None),
        ">": (_next(version), None),
        "<": ((0, 0, 0), version),
        "<=": ((0, 0, 0), _next(version)),
    }[operator]


def _next(version: Version) -> Version:
    return version[0], version[1], version[2] + 1


def newer(version: str, other: str) -> bool:
    """Whether a version is above another; a prerelease counts as its release."""
    return _numbers(version) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[-+]", version)[0].split(".") if part.isdigit())
