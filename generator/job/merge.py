"""Mappings laid over each other: defaults under a job, an environment over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def deep_merge(weak: dict[str, Any], strong: dict[str, Any]) -> dict[str, Any]:
    """``strong`` over ``weak``: mappings merge key by key, all else replaces; null removes.

    A backend, or a module, of another kind than the weak one replaces it as a whole, so that
    a ``bucket`` meant for one backend type never reaches another.
    """
    merged = dict(weak)
    for key, value in strong.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(below := weak.get(key), dict):
            merged[key] = value if _replaces(key, below, value) else deep_merge(below, value)
        else:
            merged[key] = value
    return merged


def merge_all(documents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Merge documents, weakest first."""
    merged: dict[str, Any] = {}
    for document in documents:
        merged = deep_merge(merged, document) if merged else document
    return merged


_KIND_KEYS = {"backend": "type", "module": "source"}


def _replaces(key: str, weak: dict[str, Any], strong: dict[str, Any]) -> bool:
    kind = _KIND_KEYS.get(key)
    return kind is not None and kind in strong and strong[kind] != weak.get(kind)
