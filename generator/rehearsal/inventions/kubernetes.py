"""Ids as the Kubernetes provider writes them: namespace and name."""

from __future__ import annotations

from generator.rehearsal.inventions import Invention


def invent(name: str, about: Invention) -> str:
    """A plausible value, or the empty string where nothing is known of it."""
    if name == "uid":
        return about.uuid(name)
    if name == "namespace":
        return "default"
    if name != "id":
        return ""
    metadata = about.root.get("metadata")
    first = metadata[0] if isinstance(metadata, list) and metadata else None
    namespace = first.get("namespace") if isinstance(first, dict) else None
    return f"{namespace}/{about.own_name()}" if isinstance(namespace, str) else about.own_name()
