"""Values in sentences: short, and without what may be a secret."""

from __future__ import annotations

import json
from typing import Any

from generator.text.credentials import is_literal, is_name, looks_like
from generator.text.printable import shortened

HIDDEN = "…"
_WIDTH = 80
# Of what two long values have in common, so much is shown before the place where they part.
_BEFORE = 12


def shown(name: str, value: Any, width: int = _WIDTH) -> str:
    """A value as it stands in a sentence.

    Args:
        name: what it is the value of; one such as DB_PASSWORD hides what is written out.
        value: plain data.
        width: how many characters there is room for.
    """
    return _cut(_text(name, value), 0, width)


def shown_both(name: str, old: Any, new: Any, width: int = _WIDTH) -> tuple[str, str]:
    """Two values that differ, cut so that it is seen where they do; "" for one that is absent."""
    before, after = ("" if value is None else _text(name, value) for value in (old, new))
    pairs = zip(before, after, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), 0)
    start = same - _BEFORE if max(len(before), len(after)) > width and same > 2 * _BEFORE else 0
    return _cut(before, start, width), _cut(after, start, width)


def _cut(text: str, start: int, width: int) -> str:
    text = "…" + text[start:] if start and text else text
    return shortened(text, width)


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):
        if looks_like(value) or (is_name(name) and is_literal(value)):
            return HIDDEN
        return " ".join(value.split()) if value.startswith("${") else value or '""'
    if isinstance(value, list):
        return f"[{', '.join(_text(name, item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_text(str(key), v)}' for key, v in value.items())}}}"
    return json.dumps(value)
