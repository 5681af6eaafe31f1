"""What a view may be told beyond the report."""

from __future__ import annotations

from typing import NamedTuple

PARTS = ("rows", "pivots", "gaps")


class Options(NamedTuple):
    """How to show a report.

    Attributes:
        columns: those of the table of roots; None for the view's own choice.
        only: one of ``PARTS``; None for all that the view has.
        links: where a page finds a line of a job file, with FILE and LINE for the two.
    """

    columns: tuple[str, ...] | None = None
    only: str | None = None
    links: str = "FILE"

    def has(self, part: str) -> bool:
        """Whether a part is asked for; who chooses columns wants the table of roots."""
        if self.only is None and self.columns is not None:
            return part == "rows"
        return self.only in (None, part)
