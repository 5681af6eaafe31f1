"""Cells of a CSV file that no spreadsheet takes for a formula."""

from __future__ import annotations

from generator.text.patterns import lazy

# OWASP, "CSV Injection": what a formula begins with, its full-width forms too, and what a
# spreadsheet in another country may take for the end of the cell before.
_FORMULA = lazy(r"(^|[\r\n\t,;|])([ \u00a0]*)([=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")


def cell(text: str) -> str:
    """The text, with an apostrophe before whatever could begin a formula."""
    return _FORMULA.sub(r"\1\2'\3", text)
