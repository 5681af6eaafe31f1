"""Texts that wait for a variable of a root, and how a job file writes them."""

from __future__ import annotations

import re
from typing import Any

from generator.model.variables import escape

# Before and after the name of a variable that has no value; no file that is read holds it.
WAITS = "\ue0ff"
_WAITING = re.compile(f"{WAITS}([^{WAITS}]*){WAITS}")


def as_in_job(value: Any) -> Any:
    """A value as a job file writes it: ``${NAME}`` for what waits, ``$${`` for what does not."""
    if isinstance(value, str):
        pieces = _WAITING.split(value)
        texts = [f"${{{p.upper()}}}" if odd % 2 else escape(p) for odd, p in enumerate(pieces)]
        return "".join(texts)
    if isinstance(value, list):
        return [as_in_job(item) for item in value]
    if isinstance(value, dict):
        return {key: as_in_job(item) for key, item in value.items()}
    return value


def shown(value: Any) -> str:
    """A value on one line, for people."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    return _WAITING.sub(lambda match: f"${{var.{match[1]}}}", text)
