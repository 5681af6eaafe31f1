"""Kubernetes: object names, labels and annotations.

Source: Kubernetes documentation, "Object Names and IDs", "Labels and Selectors".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Fault, Resource, Rule
from generator.rehearsal.values import blocks, mapping

SUBDOMAIN = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*"
LABEL = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
VALUE = r"(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?"
KEY = r"(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"
ANNOTATION_BYTES = 256 * 1024


def object_name(kind: str) -> tuple[int, str]:
    """The longest name of an object and its pattern; a cron job adds 11 to its jobs' names."""
    if "cron_job" in kind:
        return 52, SUBDOMAIN
    if kind.startswith(("kubernetes_namespace", "kubernetes_service")) and "account" not in kind:
        return 63, LABEL
    return (63, LABEL) if kind.startswith("kubernetes_job") else (253, SUBDOMAIN)


def metadata(kind: str, value: Resource) -> Iterator[Fault]:
    """The metadata of the object, and of the pods in its template."""
    longest, pattern = object_name(kind)
    for meta in blocks(value, "metadata"):
        name = meta.get("name")
        if isinstance(name, str) and (len(name) > longest or not re.fullmatch(pattern, name)):
            detail = f"{name!r}: {pattern}, {longest} characters at most."
            yield f"{kind}: invalid metadata.name", detail
    inner = ("spec", "template", "metadata")
    cron = ("spec", "job_template", "spec", "template", "metadata")
    for path in (("metadata",), inner, cron):
        for meta in blocks(value, *path):
            yield from _pairs(kind, meta)


def _pairs(kind: str, meta: Resource) -> Iterator[Fault]:
    for key, value in mapping(meta.get("labels")).items():
        if not re.fullmatch(KEY, key):
            yield f"{kind}: invalid label key", repr(key)
        if isinstance(value, str) and not re.fullmatch(VALUE, value):
            detail = f"{key} = {value!r}: 63 of letters, digits, - _ and ., ends alphanumeric."
            yield f"{kind}: invalid label value", detail
    annotations = mapping(meta.get("annotations"))
    for key in annotations:
        if not re.fullmatch(KEY, key):
            yield f"{kind}: invalid annotation key", repr(key)
    size = sum(len(f"{k}{v}".encode()) for k, v in annotations.items())
    if size > ANNOTATION_BYTES:
        yield f"{kind}: annotations are too long", f"{size} bytes; the API takes 256 KiB."


def rules_for(kind: str) -> list[Rule]:
    """The rules that hold for a resource type."""
    return [metadata]
