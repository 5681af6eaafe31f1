"""One table of the report as CSV, safe for spreadsheets: a row a root, line or gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.inventory.chosen import COLUMNS, value_of
from generator.inventory.gaps import Gap
from generator.inventory.report import Report
from generator.inventory.views.options import Options
from generator.text.characters import in_line
from generator.text.spreadsheet import line


def as_csv(report: Report, options: Options) -> Iterator[str]:
    """The table of roots, or with ``only`` that of sums or of gaps."""
    head, rows = {"rows": _roots, "pivots": _pivots, "gaps": _gaps}[options.only or "rows"](
        report, options
    )
    yield line(head)
    for row in rows:
        yield line(_cell(value) for value in row)


_Table = tuple[Sequence[str], Iterator[list[Any]]]


def _roots(report: Report, options: Options) -> _Table:
    columns = options.columns or COLUMNS
    return columns, ([value_of(row, name) for name in columns] for row in report.rows())


def _pivots(report: Report, _: Options) -> _Table:
    lines = [(name, line) for name, found in report.pivots.items() for line in found]
    keys = [*lines[0][1]] if lines else []
    return ["by", *keys], ([name, *line.values()] for name, line in lines)


def _gaps(report: Report, _: Options) -> _Table:
    return Gap._fields, ([*gap] for gap in report.gaps)


def _cell(value: Any) -> str | int | float:
    """Numbers as they are; of other texts nothing that ends the line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    texts = value if isinstance(value, list) else [value]
    return "; ".join(in_line(str(text)) for text in texts)
