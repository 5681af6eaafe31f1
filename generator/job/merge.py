"""Mappings laid over each other: defaults under a job, an environment over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.errors import PathItem


def deep_merge(weak: dict[str, Any], strong: dict[str, Any]) -> dict[str, Any]:
    """``strong`` over ``weak``: mappings merge key by key, all else replaces; null removes.

    A backend, or a module, of another kind than the weak one replaces it as a whole, so that
    a ``bucket`` meant for one backend type never reaches another.

    Args:
        weak: what is laid under; not changed.
        strong: what is laid over; not changed. A null over nothing stays a null.
    """
    merged = dict(weak)
    for key, value in strong.items():
        below = merged.get(key)
        if value is None and key in merged:
            del merged[key]
        elif type(value) is dict and type(below) is dict and not _replaces(key, below, value):
            merged[key] = deep_merge(below, value)
        else:
            merged[key] = value
    return merged


def merge_all(documents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Merge documents, weakest first. A single one is returned as it is."""
    merged: dict[str, Any] = {}
    for document in documents:
        merged = deep_merge(merged, document) if merged else document
    return merged


# What says of which kind a backend or a module is.
KIND_KEYS: dict[PathItem, str] = {"backend": "type", "module": "source"}


def _replaces(key: str, weak: dict[str, Any], strong: dict[str, Any]) -> bool:
    kind = KIND_KEYS.get(key)
    return kind is not None and kind in strong and strong[kind] != weak.get(kind)
