"""The report for people."""

from __future__ import annotations

import io
import json
import os
import tempfile
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from generator.errors import Location, Problem
from generator.report import render, wants_color
from generator.report.text import excerpt
from generator.text.printable import printable, width

JOB = """\
# A job.
tenant_id: acme
infrastructure:
  runtime:
    memmory: 2Gi
"""
UNKNOWN = Problem(
    "unknown-key",
    'unknown key "memmory"',
    Location("jobs/a.yaml", ("infrastructure", "runtime", "memmory"), on_key=True),
    'did you mean "memory"?',
)


def project(tmp_path: os.PathLike[str], text: str = JOB, file: str = "jobs/a.yaml") -> str:
    """A project folder with one file."""
    path = os.path.join(tmp_path, file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    return os.fspath(tmp_path)


def test_layout(tmp_path: os.PathLike[str]) -> None:
    """A problem is file, line, column, severity, sentence and hint; then the line and a caret."""
    text = render([UNKNOWN], project(tmp_path))

    assert text == (
        'jobs/a.yaml:5:5: error: unknown key "memmory" (did you mean "memory"?)\n'
        "    5 |     memmory: 2Gi\n"
        "      |     ^\n"
        "1 error in 1 file\n"
    )


def test_value_or_key(tmp_path: os.PathLike[str]) -> None:
    """The caret stands below the value, or below the key where the key is meant."""
    value = Problem("x", "odd", Location("jobs/a.yaml", ("tenant_id",)))

    assert "jobs/a.yaml:2:12: error: odd\n" in render([value], project(tmp_path))


def test_known_line_is_not_looked_up(tmp_path: os.PathLike[str]) -> None:
    """A place with a line keeps it, even in a file that does not parse."""
    broken = Problem("yaml-syntax", "not YAML", Location("jobs/a.yaml", line=2, column=3))

    text = render([broken], project(tmp_path, "a: 1\n\t]x: [\n"))

    assert text.splitlines()[:3] == [
        "jobs/a.yaml:2:3: error: not YAML",
        "    2 |     ]x: [",
        "      |      ^",
    ]


def test_what_may_be_a_secret_is_not_shown(tmp_path: os.PathLike[str]) -> None:
    """Nor on the same line below another problem: a log has more readers than the file."""
    text = "a:\n  secrets: {TOKEN: hunter2, OTHER: hunter3}\n  backend: {access_key: hunter4}\n"
    folder = project(tmp_path, text)
    problems = [
        Problem(
            "invalid-value", "no reference", Location("jobs/a.yaml", ("a", "secrets", "OTHER"))
        ),
        Problem("invalid-value", "no", Location("jobs/a.yaml", ("a", "secrets", "TOKEN"), True)),
        Problem("no-effect", "none", Location("jobs/a.yaml", ("a",), line=2, column=3)),
        Problem("credential", "no", Location("jobs/a.yaml", ("a", "backend", "access_key"), True)),
    ]
    shown = render(problems, folder)
    assert "hunter" not in shown
    assert "    2 |   secrets: {TOKEN: …\n" in shown
    assert "    3 |   backend: {access_key: …\n" in shown


def test_no_place(tmp_path: os.PathLike[str]) -> None:
    """What concerns no file comes last and names none."""
    nowhere = Problem("no-jobs", "there is no job file")

    text = render([nowhere, UNKNOWN], project(tmp_path))

    assert text.splitlines()[-2:] == ["error: there is no job file", "2 errors in 1 file"]


def test_file_that_is_not_there(tmp_path: os.PathLike[str]) -> None:
    """A file that cannot be read is named, without a line and without a complaint."""
    gone = Problem("x", "is gone", Location("jobs/gone.yaml", ("a",)))

    assert (
        render([gone], project(tmp_path)) == "jobs/gone.yaml: error: is gone\n1 error in 1 file\n"
    )


def test_outside_is_never_opened(tmp_path: os.PathLike[str]) -> None:
    """A line of a file outside the project is not quoted."""
    inner = os.path.join(project(tmp_path, "secret: 1\n", "secret.yaml"), "inner")
    os.mkdir(inner)
    outside = os.path.join(tmp_path, "secret.yaml")

    for file in ("../secret.yaml", "jobs/../../secret.yaml", outside):
        text = render([Problem("x", "m", Location(file, ("secret",)))], inner)
        assert "secret: 1" not in text


def test_sorted_and_said_once(tmp_path: os.PathLike[str]) -> None:
    """Problems come by file, line and column, whatever their order; a repeated one once."""
    b = Problem("x", "in b", Location("jobs/b.yaml", line=1, column=1))
    late = Problem("x", "late", Location("jobs/a.yaml", line=10, column=1), severity="warning")
    early = Problem("x", "early", Location("jobs/a.yaml", line=9, column=1))
    folder = project(tmp_path)

    text = render([b, late, early, b, UNKNOWN], folder)

    heads = [line.split(" ")[0] for line in text.splitlines() if line.startswith("jobs/")]
    assert heads == [
        "jobs/a.yaml:5:5:",
        "jobs/a.yaml:9:1:",
        "jobs/a.yaml:10:1:",
        "jobs/b.yaml:1:1:",
    ]
    assert text.endswith("3 errors and 1 warning in 2 files\n")
    assert text == render([UNKNOWN, early, b, late], folder)


def test_nothing_to_say(tmp_path: os.PathLike[str]) -> None:
    """Without problems there is no text."""
    assert render([], str(tmp_path)) == ""
    assert render([], str(tmp_path), format="github") == ""


def test_color_changes_no_character(tmp_path: os.PathLike[str]) -> None:
    """Colour adds escapes and nothing else; without it there is none."""
    import re

    folder = project(tmp_path)
    plain, colored = render([UNKNOWN], folder), render([UNKNOWN], folder, color=True)

    assert "\x1b" not in plain
    assert "\x1b[1;31m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_when_color_is_wanted() -> None:
    """Colour is for terminals, unless NO_COLOR says something or the terminal is dumb."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert wants_color(Terminal(), {})
    assert wants_color(Terminal(), {"NO_COLOR": ""})
    assert not wants_color(Terminal(), {"NO_COLOR": "1"})
    assert not wants_color(Terminal(), {"TERM": "dumb"})
    assert not wants_color(io.StringIO(), {})


def test_wide_characters() -> None:
    """A caret stands below its character where characters before it take two columns or none."""
    quoted, caret = excerpt("名前: e\u0301x", 6)

    assert quoted == "名前: e\u0301x"
    assert caret == " " * 7 + "^"


def test_tabs() -> None:
    """A tab takes four columns, in the line and under it alike."""
    assert excerpt("\tkey:\tx", 2) == ("    key:    x", "    ^")
    assert excerpt("\tkey:\tx", 7) == ("    key:    x", " " * 12 + "^")


def test_long_line() -> None:
    """Of a long line the part around the column is shown, and the caret points into it."""
    quoted, caret = excerpt("a" * 5000 + "HERE" + "b" * 5000, 5001)

    assert quoted[len(caret) - 1 :].startswith("HERE")
    assert quoted[0] == quoted[-1] == "…"
    assert len(quoted) < 130


def test_terminal_escapes_in_a_job(tmp_path: os.PathLike[str]) -> None:
    """A job file cannot send a terminal escape, hide text or turn the reading direction."""
    evil = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe \u2066 \u200b \u2028 \U000e0041"
    problem = Problem("x\n", f'unknown key "{evil}"', Location(f"jobs/{evil}.yaml", line=1), evil)
    quoting = Problem("x", "m", Location("jobs/a.yaml", line=1, column=3))
    folder = project(tmp_path, f"a: {evil}\n")

    for name in ("text", "json", "github", "sarif"):
        text = render([problem, quoting], folder, format=name)
        bad = [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
        assert bad == []
    assert "\\x1b]0;owned\\x07" in render([quoting], folder)


ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\t\x1b\x7f\x9b\u202e\u200d名👩\u0301\r\x85\u2028 :#'\""),
    ),
    max_size=300,
)


@given(line=ANYTHING, column=st.integers(min_value=1, max_value=400))
@example(line="\u0301", column=1)
@example(line="", column=1)
def test_caret_stands_below_its_character(line: str, column: int) -> None:
    """Rule: the caret is as many columns in as what is printed before the character takes."""
    quoted, caret = excerpt(line, column)

    assert caret.count("^") == 1 and caret.strip(" ") == "^"
    at = min(column - 1, len(line))
    shown = "".join("    " if c == "\t" else printable(c) for c in line[:at])
    if not quoted.startswith("…"):
        assert len(caret) - 1 == width(shown)
    assert len(caret) - 1 <= 62 * 10


@given(text=ANYTHING)
def test_printable_is_safe(text: str) -> None:
    """Rule: what is printed holds no control, no hidden format character and no line break."""
    shown = printable(text)

    for character in shown:
        category = unicodedata.category(character)
        assert category not in ("Cc", "Cs", "Zl", "Zp")
        assert category != "Cf" or character in "\u200c\u200d"
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


@given(line=ANYTHING, message=ANYTHING, hint=ANYTHING, name=ANYTHING)
def test_number_of_lines_is_ours(line: str, message: str, hint: str, name: str) -> None:
    """Rule: no text of a file can add a line to the report, in any format, or break its JSON."""
    problem = Problem("code", message, Location("a.yaml", line=1, column=2), hint)
    other = Problem("code", message, Location(name or "b"), hint)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "a.yaml"), "w", encoding="utf-8", newline="") as stream:
            stream.write(line.encode("utf-8", "replace").decode())
        problems = [problem, other]
        assert len(render(problems, folder).splitlines()) in (3, 5)
        assert len(render(problems, folder, format="github").splitlines()) == 2
        assert len(json.loads(render(problems, folder, format="json"))["problems"]) == 2
        sarif = json.loads(render(problems, folder, format="sarif"))
        assert len(sarif["runs"][0]["results"]) == 2
