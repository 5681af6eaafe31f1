"""Finds where an expression or the body of a block ends: brackets, strings, heredocs, comments.

One pass without recursion. A quoted string or a heredoc is a template: what stands in its
``${ }`` and ``%{ }`` is code again, with brackets, strings and heredocs of its own.
"""

from __future__ import annotations

import re

# Wider than HCL's identifiers, which are Unicode's with hyphens: Terraform has the last word.
# Said by what they do not hold, which is compiled in a tenth of the time.
NAME = r"[^\x00-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*"
_STRING = r'"(?:[^"\\$%\n]|\\[^\n]|[$%](?!\{))*"'
_REST = rf"(?P<comment>\#[^\n]*|//[^\n]*|/\*)|<<-?(?P<heredoc>{NAME})\r?\n"
_STOP = re.compile(rf"""(?P<plain>{_STRING})|(?P<mark>["{{}}()\[\]\n])|{_REST}""")
_STOP_AT_COMMA = re.compile(rf"""(?P<plain>{_STRING})|(?P<mark>["{{}}()\[\]\n,])|{_REST}""")
_QUOTED = re.compile(r'(?:[^"\\$%\n]|\\[^\n]|\$\$\{|%%\{|[$%](?!\{))*')
_LINE = re.compile(r"(?:[^$%\n]|\$\$\{|%%\{|[$%](?!\{))*")
_CLOSES = {"{": "}", "(": ")", "[": "]"}
_HEREDOC = "\n"


class UnreadableError(ValueError):
    """The text is not what it should be.

    Attributes:
        position: where in the text reading stopped.
        line: the same as a line of the file, from 1.
    """

    def __init__(self, position: int, line: int = 1) -> None:
        super().__init__(f"cannot be read at line {line}")
        self.position = position
        self.line = line


def end_of_block(text: str, position: int) -> int:
    """Where the ``}`` stands that closes a block.

    Args:
        text: a file's text.
        position: right after the block's ``{``.

    Raises:
        UnreadableError: a bracket, string, heredoc or comment is not closed.
    """
    return _Scanner(text, _STOP).end(position, "")[0]


def end_of_expression(text: str, position: int, ends: str = "\n") -> tuple[int, str]:
    """Where an argument's expression ends: at the end of its line, or of the block around it.

    Args:
        text: a file's text.
        position: right after the argument's ``=``.
        ends: what ends it outside of brackets; in an object a comma does, too.

    Returns:
        The position of the line feed, comma or ``}``, or the text's length; and the expression
        without its comments.

    Raises:
        UnreadableError: as ``end_of_block``.
    """
    return _Scanner(text, _STOP_AT_COMMA if "," in ends else _STOP).end(position, ends)


class _Scanner:
    """One pass over a text.

    Attributes:
        open: what is to be closed, innermost last: a closing bracket, a quote, or for a heredoc
            a line feed and its marker.
    """

    def __init__(self, text: str, stop: re.Pattern[str]) -> None:
        self.text = text
        self._stop = stop
        self._at = 0
        self.open: list[str] = []
        self.comments: list[tuple[int, int]] = []

    def end(self, position: int, ends: str) -> tuple[int, str]:
        """The end of what starts at a position: a closing bracket, or one of ``ends``."""
        start, at = position, position
        while True:
            inner = self.open[-1] if self.open else ""
            if inner == '"':
                at = self._quoted(at)
            elif inner[:1] == _HEREDOC:
                at = self._heredoc_line(at, inner[1:])
            else:
                found = self._next(at)
                if found is None:
                    if self.open or not ends:
                        raise UnreadableError(len(self.text))
                    return len(self.text), self._without_comments(start, len(self.text))
                if not self.open and found in ("}", *ends):
                    return self._at - 1, self._without_comments(start, self._at - 1)
                self._code(found)
                at = self._at

    def _next(self, at: int) -> str | None:
        """The next mark of code, and ``_at`` right after it; strings without ``${`` are no mark."""
        while (match := self._stop.search(self.text, at)) is not None:
            at = match.end()
            if match["comment"]:
                at = self._comment(match)
            elif match["heredoc"]:
                self._at = at
                return _HEREDOC + match["heredoc"]
            elif match["mark"]:
                self._at = at
                return match["mark"]
        return None

    def _comment(self, match: re.Match[str]) -> int:
        end = match.end()
        if match["comment"] == "/*":
            end = self.text.find("*/", end) + 2
            if end == 1:
                raise UnreadableError(match.start())
        self.comments.append((match.start(), end))
        return end

    def _code(self, found: str) -> None:
        if found in _CLOSES:
            self.open.append(_CLOSES[found])
        elif found == '"' or len(found) > 1:
            self.open.append(found)
        elif found not in "\n," and (not self.open or self.open.pop() != found):
            raise UnreadableError(self._at - 1)

    def _quoted(self, at: int) -> int:
        at = _QUOTED.match(self.text, at).end()  # type: ignore[union-attr]  # matches anything
        if self.text.startswith('"', at):
            self.open.pop()
            return at + 1
        return self._interpolation(at)

    def _heredoc_line(self, at: int, marker: str) -> int:
        starts_line = self.text[at - 1] == "\n"
        end = _LINE.match(self.text, at).end()  # type: ignore[union-attr]  # matches anything
        if not self.text.startswith("\n", end):
            return self._interpolation(end)
        if starts_line and self.text[at:end].strip() == marker:
            self.open.pop()
            return end
        return end + 1

    def _interpolation(self, at: int) -> int:
        if not self.text.startswith(("${", "%{"), at):
            raise UnreadableError(at)
        self.open.append("}")
        return at + 2

    def _without_comments(self, start: int, end: int) -> str:
        pieces, at = [], start
        for first, last in self.comments:
            pieces.append(self.text[at:first])
            at = last
        return " ".join([*pieces, self.text[at:end]]).strip()
