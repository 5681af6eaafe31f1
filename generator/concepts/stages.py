"""The environments that have more than one usual name."""

from __future__ import annotations

STAGES = {"production": "prod", "development": "dev", "stage": "staging"}


def stage(environment: str) -> str:
    """An environment as it is compared: ``production`` and ``Prod`` are one stage."""
    lower = environment.strip().lower()
    return STAGES.get(lower, lower)
