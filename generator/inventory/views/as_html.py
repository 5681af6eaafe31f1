"""The report as one page for a browser: all roots and gaps, sums are the page's to make."""

from __future__ import annotations

from collections.abc import Iterator

from generator.inventory.report import Report
from generator.inventory.views.options import Options
from generator.page.page import page


def as_html(report: Report, options: Options) -> Iterator[str]:
    """The page, in one piece."""
    yield page(report.rows(), (gap._asdict() for gap in report.gaps), options.links)
