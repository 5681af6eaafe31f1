"""What is wrong with a file that is not YAML, and where."""

from __future__ import annotations

from typing import Any

from generator.errors import Location, Problem
from generator.text import conflicts
from generator.text.patterns import lazy

_MOST_CONFLICTS = 20
# What YAML allows in a file (YAML 1.2.2, section 5.1), and Python can read from UTF-8.
_FORBIDDEN = lazy("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TABS = "indent with spaces, not with tabs"
# What libyaml says, and what its author would have to do about it.
_HINTS = (
    ("mapping values are not allowed", 'put text that holds ": " in quotes'),
    ("tab character", _NO_TABS),
    ("cannot start any token", "put text that starts with @, % or ` in quotes"),
    ("did not find expected key", "check how this line and those above it are indented and quoted"),
    ("did not find expected '-'", "check how this line and those above it are indented"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("unexpected end of stream", "a quote or bracket is not closed"),
    ("expected ',' or", "a bracket is not closed, or text with { } [ ] or , needs quotes"),
    ("escape", r"in double quotes write \\ for a backslash, or use single quotes"),
)


def _open_quote(error: Any, text: str) -> Any:
    """The mark of a quote that was never closed, or that only the next opening quote closed."""
    import yaml

    if "quoted scalar" in str(error.context) and "end of stream" in str(error.problem):
        return error.context_mark
    last = None
    try:
        for token in yaml.scan(text, yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
            if token.start_mark.index >= error.problem_mark.index:
                break
    except yaml.YAMLError:
        pass
    if last is None or not last.start_mark.line < last.end_mark.line == error.problem_mark.line:
        return None
    return last.start_mark


def conflict_problems(text: str, file: str) -> list[Problem]:
    """The merge conflicts that are left in a text, one problem each; at most 20."""
    return [_conflict(file, line) for line in conflicts.conflict_lines(text)[:_MOST_CONFLICTS]]


def _conflict(file: str, line: int) -> Problem:
    location = Location(file, line=line, column=1)
    return Problem("merge-conflict", conflicts.message(line), location, conflicts.HINT)


def syntax_problem(error: Any, text: str, file: str) -> Problem:
    """What PyYAML could not read, said for the author of the file.

    Args:
        error: the ``yaml.YAMLError``.
        text: the file.
        file: its name for the problem.
    """
    if line := conflicts.stray_marker(text):
        return _conflict(file, line)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return _forbidden(text, file)
    if (quote := _open_quote(error, text)) is not None:
        location = Location(file, line=quote.line + 1, column=quote.column + 1)
        message = f"this is not YAML: the quote {text[quote.index]} that opens here is not closed"
        return Problem("yaml-syntax", message, location, "close it on this line")
    reason = str(error.problem or error.context)
    location = Location(file, line=mark.line + 1, column=mark.column + 1)
    hint = next((hint for part, hint in _HINTS if part in reason), "")
    if text[mark.index : mark.index + 1] == "\t":
        hint = _NO_TABS
    return Problem("yaml-syntax", f"this is not YAML: {reason}", location, hint)


def _forbidden(text: str, file: str) -> Problem:
    found = _FORBIDDEN.search(text)
    at = found.start() if found else 0
    location = Location(file, line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at))
    what = f"the control character U+{ord(found[0]):04X}" if found else "a character"
    message = f"this is not YAML: {what} is not allowed in a file"
    hint = r'remove it, or write "\xNN" inside double quotes'
    return Problem("yaml-syntax", message, location, hint if found else "")
