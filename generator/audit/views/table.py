"""The forms, by name."""

from __future__ import annotations

from collections.abc import Callable

from generator.audit.compare import Audit
from generator.audit.views.machine import as_csv, as_json
from generator.audit.views.text import as_markdown, as_text

VIEWS: dict[str, Callable[[Audit], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
    "csv": as_csv,
}
