"""The report for people: what a compiler prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.report.located import Located
from generator.text.count import count
from generator.text.printable import printable, width

# A minified or base64 line would bury the message: a part of it around the column is shown.
_BEFORE = 60
_AFTER = 60
_ELLIPSIS = "…"
_TAB = "    "

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_DIM = "\x1b[2m"
_SEVERITY = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m"}


def as_text(found: Sequence[Located], color: bool) -> str:
    """One block for each problem, and a line that counts them; empty without problems."""
    if not found:
        return ""
    blocks = [_block(located, color) for located in found]
    return "".join(blocks) + counted(found) + "\n"


def counted(found: Sequence[Located]) -> str:
    """The closing line: "2 errors and 1 warning in 2 files"."""
    numbers = Counter(located.problem.severity for located in found)
    told = [count(numbers[kind], kind) for kind in _SEVERITY if numbers[kind]]
    files = len({located.file for located in found} - {None})
    where = f" in {count(files, 'file')}" if files else ""
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1]))) + where


def excerpt(source: str, column: int) -> tuple[str, str]:
    """A source line fit to print, and the spaces and caret to print below it.

    Args:
        source: the line without its break; tabs become four columns.
        column: 1-based, in characters; past the end it stands after the last character.
    """
    at = max(min(column - 1, len(source)), 0)
    start = at - _BEFORE if at > _BEFORE + len(_ELLIPSIS) else 0
    end = at + _AFTER if len(source) > at + _AFTER + len(_ELLIPSIS) else len(source)
    before = (_ELLIPSIS if start else "") + _expanded(source[start:at])
    after = _expanded(source[at:end].rstrip()) + (_ELLIPSIS if end < len(source) else "")
    return (before + after).rstrip(), " " * width(before) + "^"


def _block(located: Located, color: bool) -> str:
    problem = located.problem
    location = located.file and printable(located.file)
    if location and located.line is not None:
        location = f"{location}:{located.line}:{located.column}"
    severity = _paint(f"{problem.severity}:", _SEVERITY.get(problem.severity, _BOLD), color)
    message = printable(problem.message) + (f" ({printable(problem.hint)})" if problem.hint else "")
    head = f"{_paint(location + ':', _BOLD, color)} {severity}" if location else severity
    block = f"{head} {message}\n"
    if located.source is None or located.line is None or not located.source.strip():
        return block
    quoted, caret = excerpt(located.source, located.column or 1)
    caret = _paint(caret, _SEVERITY.get(problem.severity, _BOLD), color)
    numbered = _paint(f"{located.line:5} |", _DIM, color)
    empty = _paint(" " * len(f"{located.line:5}") + " |", _DIM, color)
    return f"{block}{numbered} {quoted}\n{empty} {caret}\n"


def _expanded(text: str) -> str:
    return _TAB.join(printable(part) for part in text.split("\t"))


def _paint(text: str, style: str, color: bool) -> str:
    return f"{style}{text}{_RESET}" if color else text
