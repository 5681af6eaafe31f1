"""Text from a file, made safe to print: a job must not command a terminal or a build log."""

from __future__ import annotations

import unicodedata

# Joiners are part of emoji and of several scripts; every other format character, the ones
# that turn the reading direction among them, would hide or reorder what follows.
_JOINERS = "\u200c\u200d"
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printable(text: str) -> str:
    """The text with control and format characters as escapes: a backslash, x or u, and the code."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    code = ord(character)
    if unicodedata.category(character) not in _HIDDEN and not _is_no_character(code):
        return character
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_no_character(code: int) -> bool:
    """Whether a code point never will be a character (Unicode Standard, 23.7)."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def shortened(text: str, most: int) -> str:
    """The text, cut to a number of characters where it is longer."""
    return text if len(text) <= most else text[: most - 1] + "…"


def width(text: str) -> int:
    """How many columns of a terminal a printable text takes.

    Wide and full-width characters take two, combining marks and joiners none
    (Unicode Standard Annex 11).
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
