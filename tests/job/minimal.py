"""A minimal job."""

from __future__ import annotations

from collections.abc import Callable

Minimal = Callable[..., str]
