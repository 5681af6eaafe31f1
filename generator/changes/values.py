"""Values in sentences: short, and without what may be a secret."""

from __future__ import annotations

import json
from typing import Any

from generator.text.credentials import is_literal, is_name, looks_like

HIDDEN = "…"
_WIDTH = 80


def shown(name: str, value: Any, width: int = _WIDTH) -> str:
    """A value as it stands in a sentence.

    Args:
        name: what it is the value of; one such as DB_PASSWORD hides what is written out.
        value: plain data.
        width: how many characters there is room for.
    """
    text = _text(name, value)
    return text if len(text) <= width else text[: width - 1] + "…"


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        if looks_like(value) or (is_name(name) and is_literal(value)):
            return HIDDEN
        return value or '""'
    if isinstance(value, list):
        return f"[{', '.join(_text(name, item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_text(str(key), v)}' for key, v in value.items())}}}"
    return json.dumps(value)
