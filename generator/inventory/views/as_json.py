"""The report as a JSON document; keys may be added, none is renamed or removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.inventory.chosen import value_of
from generator.inventory.report import FORMAT, Report
from generator.inventory.views.options import Options


def as_json(report: Report, options: Options) -> Iterator[str]:
    """The document piece by piece: a root a line, a gap a line.

    ``rows`` are as ``facts.row_of`` makes them, or have the columns that were asked for; ``pivots``
    are as ``pivots.Pivots.lines``, and ``gaps`` as ``gaps.Gap``.
    """
    yield f'{{"format": {FORMAT}'
    if options.has("rows"):
        rows: Iterable[dict[str, Any]] = report.rows()
        if options.columns is not None:
            chosen = options.columns
            rows = ({name: value_of(row, name) for name in chosen} for row in rows)
        yield ',\n"rows": '
        yield from _lines(rows)
    if options.has("pivots"):
        yield ',\n"pivots": {'
        for number, (name, lines) in enumerate(report.pivots.items()):
            yield f'{"," if number else ""}\n"{name}": '
            yield from _lines(lines)
        yield "}"
    if options.has("gaps"):
        yield ',\n"gaps": '
        yield from _lines(gap._asdict() for gap in report.gaps)
    yield "}\n"


def _lines(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    first = True
    for item in items:
        yield f"{'[' if first else ','}\n{json.dumps(item)}"
        first = False
    yield "[]" if first else "]"
