"""Text of job files in a README: shown as it is, never read as Markdown or HTML."""

from __future__ import annotations

from functools import lru_cache

from generator.text.characters import in_code
from generator.text.patterns import lazy

# Words, numbers and quiet punctuation; no sign that any Markdown dialect gives a meaning.
_HARMLESS = lazy(
    r"[0-9A-Za-z\u00c0-\u024f](?:[0-9A-Za-z\u00c0-\u024f ,;/%=()']|\.(?![\w.])|\.(?=\d)"
    r"|:(?= )|-(?=\w)|(?<=[0-9A-Za-z])_(?=[0-9A-Za-z]))*"
)
_PLAIN_CODE = lazy(r"[!#-\[\]-_a-{}~](?:[ !#-\[\]-_a-{}~]*[!#-\[\]-_a-{}~])?")


# Roots share most words of their READMEs.
@lru_cache(maxsize=4096)
def code(text: str) -> str:
    r"""A code span, fit for a table cell, that shows every character of the text.

    What cannot be seen is spelt as in HCL (``\n``, ``\u200b``), and so are backslashes
    (``\\``), backticks and bars (``\u0060``, ``\u007c``), since a span ends at the one and a
    cell at the other. An empty text is shown as an empty string.
    """
    if not _PLAIN_CODE.fullmatch(text):
        text = in_code(text)
        if text != text.strip(" ") or not text:
            text = f'"{text}"'
    return f"`{text}`"


@lru_cache(maxsize=4096)
def prose(text: str) -> str:
    """The text as it stands where Markdown sees nothing but words in it, else a code span."""
    return text if _HARMLESS.fullmatch(text) else code(text)
