"""The progress line."""

from __future__ import annotations

import io

import pytest

from generator.report import progress
from generator.report.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_INTERVAL", 0)


def test_silent_when_piped() -> None:
    """Nothing is written to what is no terminal."""
    stream = io.StringIO()
    with Progress(stream, "reading jobs", 2) as line:
        line.step("a")
        line.step("b")

    assert stream.getvalue() == ""


def test_gone_at_the_end() -> None:
    """On a terminal the line counts, and is erased at the end, after an error too."""
    stream = Terminal()
    with pytest.raises(KeyError), Progress(stream, "reading jobs", 2) as line:
        line.step("jobs/a.yaml")
        raise KeyError

    assert stream.getvalue() == "\r\x1b[Kreading jobs 1/2 jobs/a.yaml\r\x1b[K"


def test_fits_the_terminal() -> None:
    """The line is cut to the width, so that it never wraps, and holds no escape of a file name."""
    stream = Terminal()
    with Progress(stream, "reading", 0, columns=20) as line:
        line.step("\x1b[2J" + "名" * 50)

    shown = stream.getvalue().split("\x1b[K")[1].rstrip("\r")
    assert shown.startswith("reading 1 \\x1b[2J")
    assert len(shown) < 20


def test_nothing_shown_nothing_cleared() -> None:
    """A run that was over before anything was shown writes nothing at all."""
    stream = Terminal()
    with Progress(stream, "reading", 3):
        pass

    assert stream.getvalue() == ""
