"""Characters that a reviewer could not see, or that reorder what they see (CVE-2021-42574).

The ranges are spelt out instead of asking ``unicodedata``, whose answers change from one Python
to the next: the same job must give the same bytes everywhere.
"""

from __future__ import annotations

import re

from generator.text.patterns import lazy

INVISIBLE = (
    "\x00-\x1f\x7f-\xa0\xad"  # controls, no-break space, soft hyphen
    "\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"  # joiners and format marks
    "\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # fillers and Mongolian selectors
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000"  # spaces, zero width, bidi, separators
    "\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"  # surrogates, private use, selectors, BOM
    "\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff"  # tags, more selectors, private use
)
_SURROGATE = lazy("[\ud800-\udfff]")
_UNSAFE_IN_STRING = lazy(rf'[{INVISIBLE}"\\]|[$%](?=\{{)')
_UNSAFE_IN_LINE = lazy(f"[{INVISIBLE}]")
_UNSAFE_IN_CODE = lazy(rf"[{INVISIBLE}\\`|]")
# `terraform fmt` aligns by grapheme clusters. These blocks hold nothing that joins its neighbour,
# so there a character is a column; anything else in a key is written as an escape.
_UNSAFE_IN_KEY = lazy(
    rf'[{INVISIBLE}"\\]|[$%](?=\{{)|[^\x20-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u052f'
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u2500-\u27bf\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U0001f300-\U0001f3fa\U0001f400-\U0001f64f]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", "$": "$$", "%": "%%"}


def _replacement(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMED.get(character) or code_point(character)


def code_point(character: str) -> str:
    r"""One character as HCL spells it by number: ``\u200b``, ``\U000e0041``."""
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def in_string(text: str) -> str:
    """The inside of an HCL quoted template that evaluates to ``text`` and to nothing else."""
    return _UNSAFE_IN_STRING.sub(_replacement, text)


def in_key(text: str) -> str:
    """Like ``in_string``, for the key of a map, which must have a width that is certain."""
    return _UNSAFE_IN_KEY.sub(_replacement, text)


def in_line(text: str) -> str:
    """Text for a comment: one line, everything in it visible."""
    return _UNSAFE_IN_LINE.sub(_replacement, text)


def in_code(text: str) -> str:
    """Text for a Markdown code span: one line, unambiguous, no backtick and no bar."""
    return _UNSAFE_IN_CODE.sub(_replacement, text)


def has_surrogate(text: str) -> bool:
    """Whether the text holds half of a UTF-16 pair, which no UTF-8 file can hold."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def composed(text: str) -> str:
    """Text in composed Unicode (NFC), as Terraform has every string.

    Two keys that look alike are one, and what the cloud counts and compares is what we do ("HCL
    Syntax-Agnostic Information Model", "Primitive Types").
    """
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)
