"""The report as tables of Markdown: roots, sums, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.inventory.chosen import texts_of, value_of
from generator.inventory.gaps import Gap
from generator.inventory.report import Report
from generator.inventory.views.options import Options
from generator.render.markdown import code, prose
from generator.text.count import count

_USUAL = (
    *("address", "cloud", "runtime", "started_by", "runs_a_month", "vcpu_hours_a_month"),
    *("cost_center", "owner", "classes"),
)
_NUMBERS = "runs_a_month", "vcpu_hours_a_month", "gib_hours_a_month"
_NONE = "\u2013"


def as_markdown(report: Report, options: Options) -> Iterator[str]:
    """All tables, or the one that is asked for."""
    for number, section in enumerate(_sections(report, options)):
        yield "\n" if number else ""
        yield from section


def _sections(report: Report, options: Options) -> Iterator[Iterator[str]]:
    if options.has("rows"):
        yield _roots(report, options.columns or _USUAL)
    if options.has("pivots"):
        for name, lines in report.pivots.items():
            if lines:
                yield _pivot(name, lines)
    if options.has("gaps"):
        yield _gaps(report.gaps)


def _roots(report: Report, chosen: tuple[str, ...]) -> Iterator[str]:
    yield f"## {count(len(report.shown), 'root')}\n"
    if report.shown:
        yield from _head(chosen)
    for row in report.rows():
        yield _line(_cell(name, value_of(row, name)) for name in chosen)


def _pivot(name: str, lines: list[dict[str, Any]]) -> Iterator[str]:
    yield f"## By {name.replace('_', ' ')}\n"
    yield from _head([name, *[*lines[0]][1:]])
    for line in lines:
        yield _line(_cell(key, value) for key, value in line.items())


def _gaps(gaps: tuple[Gap, ...]) -> Iterator[str]:
    yield f"## {count(len(gaps), 'gap')}\n"
    if gaps:
        yield from _head(("severity", "rule", "what", "root", "where"))
    for one in gaps:
        place = f"{one.file}:{one.line}" if one.line is not None else one.file
        yield _line((one.severity, one.rule, prose(one.message), _code(one.address), _code(place)))


def _head(names: Iterable[str]) -> Iterator[str]:
    titles = [name.replace("_", " ") for name in names]
    yield "\n"
    yield _line(titles)
    yield "|" + "---|" * len(titles) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(name: str, value: Any) -> str:
    """A value in a table: a number with at most two places, texts that show as they stand."""
    if name in _NUMBERS and value is not None:
        return f"{value:,.2f}".removesuffix(".00")
    return ", ".join(map(prose, texts_of(value))) or _NONE


def _code(text: str | None) -> str:
    return _NONE if text is None else code(text)
