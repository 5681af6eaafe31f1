"""The environments that dativo.yaml allows."""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import Location, Problem
from generator.text.hints import suggest


def not_allowed(name: str, allowed: Sequence[str], location: Location) -> Problem | None:
    """The problem of an environment that is not among those that are allowed."""
    if name in allowed:
        return None
    listed = ", ".join(allowed)
    message = f'"{name}" is none of the environments that dativo.yaml allows: {listed}'
    hint = suggest(name, allowed, "add it to `environments.allowed` there")
    return Problem("environment-not-allowed", message, location, hint)
