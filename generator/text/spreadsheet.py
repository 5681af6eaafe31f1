"""CSV files of which no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from generator.text.patterns import lazy

# OWASP, "CSV Injection": what a formula begins with, its full-width forms too, and what a
# spreadsheet in another country may take for the end of the cell before.
_FORMULA = lazy(r"(?:^|(?<=[\r\n\t,;|]))([ \u00a0]*)(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")


def cell(text: str) -> str:
    """The text, with an apostrophe before whatever could begin a formula."""
    return _FORMULA.sub(r"\1'", text)


def line(cells: Iterable[str | int | float]) -> str:
    """A line of a CSV file, with its end; numbers are as they are, of texts each is a ``cell``."""
    stream = io.StringIO()
    safe = (cell(one) if isinstance(one, str) else one for one in cells)
    # Only what is in the line's own end is put between quotes, so both parts of it are.
    csv.writer(stream, lineterminator="\r\n").writerow(safe)
    return stream.getvalue().removesuffix("\r\n") + "\n"
