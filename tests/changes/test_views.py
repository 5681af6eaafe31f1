"""Text for people, lines for shells, and a comment that no job file can break."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from generator.changes.model import Cause, Changes, Difference, End, Highlight, RootChanged
from generator.changes.rows import rows
from generator.changes.views.options import Options
from generator.changes.views.table import DIFF_FORMS, FORMS
from tests.changes.conftest import Compared

EVIL = "a|b`c`<img src=x>@octocat -->\x1b[31m\n# h\u202e${x}"


def _changes(number: int, text: str = "x") -> Changes:
    """A comparison with as many roots, each with a difference of its own."""
    roots = [
        RootChanged(
            f"generated/acme/{text}{n}/prod",
            "changed",
            "acme",
            f"{text}{n}",
            "prod",
            f"jobs/{text}{n}.yaml",
            differences=[Difference("tag", f"{text}{n}", text, f"{n}")],
            causes=[Cause(f"jobs/{text}.yaml", 1, 1, text)],
            notes=[text],
        )
        for n in range(number)
    ]
    highlights = [Highlight("rename", text, tuple(root.root for root in roots))]
    return Changes(End(text, "0" * 40), End("the work tree", None), roots, rows(roots), highlights)


def test_no_text_breaks_the_comment() -> None:
    """Bars, backticks, HTML, mentions and control characters stay inside code spans."""
    text = DIFF_FORMS["markdown"].view(_changes(3, EVIL), Options())
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 2
    assert kinds.count("heading_open") == 1
    plain = ""
    for token in tokens:
        for child in token.children or ():
            assert child.type in (
                "text",
                "code_inline",
                "softbreak",
                "strong_open",
                "strong_close",
                "html_inline",
            ), child
            assert child.type != "html_inline" or child.content == "<br>"
            plain += child.content if child.type == "text" else ""
    assert "@" not in plain
    assert {len(row.split("|")) for row in text.split("\n") if row.startswith("| tag")} == {7}


def test_the_comment_fits() -> None:
    """Whole rows go until it fits, the first stay, and a sentence tells how to see the rest."""
    changes = _changes(2000)
    whole = DIFF_FORMS["markdown"].view(changes, Options(max_chars=1_000_000))
    for most in (1000, 10_000, 65_536, 150_000):
        options = Options(max_chars=most, command="dativo diff --base x")
        text = DIFF_FORMS["markdown"].view(changes, options)
        assert len(text) <= most
        assert text.startswith("<!-- dativo diff -->\n### Terraform roots: 2000 changed")
        found = re.search(r"are (\d+) more lines, left out .*: `dativo diff --base x`", text)
        assert found is not None
        left = whole.count("\n| ") + whole.count("\n- ") - text.count("\n| ") - text.count("\n- ")
        assert int(found[1]) == left - 1 + (text.count("\n| what") == 0) + (
            text.count("\n| roots") == 1
        )
    assert len(DIFF_FORMS["markdown"].view(changes, Options())) <= 65_536
    assert "more line" not in whole


def test_the_marker_stays(compared: Compared) -> None:
    """A pipeline finds its comment again: the first line is the same whatever changed."""
    first = compared.run("diff", "--format", "markdown").out.split("\n")[0]
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.generate()
    text = compared.run("changed", "--format", "markdown").out
    assert text.split("\n")[0] == first == "<!-- dativo diff -->"
    assert "| input `memory_mib` | `2048` | `4096` | `generated/acme/orders/prod` |" in text


def test_a_project_below_the_top_has_its_own_marker(compared: Compared, tmp_path: Path) -> None:
    """Two projects of one repository make two comments, each of its own roots."""
    compared.git("clone", "--quiet", str(compared.folder), str(tmp_path / "all"))
    inner = tmp_path / "all" / "data etl"
    inner.mkdir()
    for name in ("dativo.yaml", "jobs", "modules", "generated"):
        compared.git("mv", name, "data etl/", at=tmp_path / "all")
    compared.git("commit", "--quiet", "-m", "below", at=tmp_path / "all")
    before, compared.folder = compared.folder, inner
    try:
        compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
        compared.generate()
        document = compared.changed("--base", "HEAD")
        text = compared.run("diff", "--base", "HEAD", "--format", "markdown").out
    finally:
        compared.folder = before
    [root] = document["roots"]
    assert (root["root"], root["causes"][0]["file"]) == (
        "generated/acme/orders/prod",
        "jobs/orders.yaml",
    )
    assert text.startswith("<!-- dativo diff data etl -->\n")


def test_lines_are_for_shells(compared: Compared) -> None:
    """The roots to plan and nothing else; nothing at all where there is nothing to plan."""
    assert compared.run("changed", "--format", "lines").out == ""
    compared.edit("jobs/orders.yaml", "memory: 2Gi", "memory: 4Gi")
    compared.git("mv", "jobs/refunds.yaml", "jobs/r.yaml")
    compared.generate()
    assert compared.run("changed", "--format", "lines").out == "generated/acme/orders/prod\n"


def test_terminals_are_safe() -> None:
    """No control character of a file reaches a terminal."""
    for forms in (FORMS, DIFF_FORMS):
        for name, form in forms.items():
            if name == "text":
                text = form.view(_changes(2, EVIL), Options())
                assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)


def test_sizes_that_make_no_sense(compared: Compared) -> None:
    """--max-chars is for Markdown, and too few characters hold no comment."""
    assert "is for --format markdown" in compared.run("diff", "--max-chars", "5000").err
    assert "1000 or more" in compared.run("diff", "--format", "markdown", "--max-chars", "9").err
