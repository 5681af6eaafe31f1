"""One text of a job, through each writer that it can come to, and back through another's reader.

A whole run takes milliseconds, and most texts of it take the same way. Here an input takes some
tens of microseconds, so that millions of texts can be tried.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shlex
from collections.abc import Sequence
from functools import cache
from random import Random

import yaml
from markdown_it import MarkdownIt

from generator.adopt.evaluate import Scope
from generator.errors import InputError, Location, Problem
from generator.render.hcl import attributes, to_hcl
from generator.render.markdown import code, prose
from generator.render.python import to_python
from generator.report.located import Located
from generator.report.machine import as_github, as_json
from generator.report.sarif import as_sarif
from generator.report.text import as_text
from generator.terraform_text.blocks import body_of
from generator.terraform_text.literals import literal
from generator.text.characters import has_surrogate, in_line
from generator.text.expression import Interpolation, Reference
from generator.text.printable import printable
from generator.text.spreadsheet import line
from generator.yaml.write import block, flow
from tests.fuzz.hostile import STRINGS
from tests.fuzz.mutation import of_text
from tests.fuzz.target import Target
from tests.fuzz.world import assert_inert

_MOST = 300
_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
# OWASP, "CSV Injection".
_FORMULA = re.compile(r"(?:^|[\t,;|])[ \u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_OURS = re.compile(r"\x1b\[(?:0|1|2|1;3[136])m")


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _hcl(data: bytes) -> None:
    """A string, a key and a template mean the text, and are no more than one argument each."""
    text = _text(data)
    try:
        written = attributes([("a", text), ("b", {text: [text]}), ("c", 1)])
    except InputError:
        assert has_surrogate(text)
        return
    assert_inert(written)
    body = body_of(written)
    assert [*body.arguments] == ["a", "b", "c"] and not body.blocks
    values = {name: literal(one.text) for name, one in body.arguments.items()}
    assert values == {"a": text, "b": {text: [text]}, "c": 1}
    template = to_hcl(Interpolation((text, Reference("var.x"), text)))
    assert Scope({"x": "-"}, {}).value(template) == f"{text}-{text}", template


def _yaml(data: bytes) -> None:
    """As a value, a key and an item it reads as the text, by YAML 1.1 too."""
    text = _text(data)
    if has_surrogate(text):
        return
    document = {"a": text, "b": {text: [text, {text: text}]}, "c": [text]}
    for written in (block(document), flow(document)):
        assert_inert(written)
        assert yaml.load(written, Loader=yaml.CSafeLoader) == document, written
    assert "\n" not in flow(document)


@cache
def _markdown_reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _markdown(data: bytes) -> None:
    """In a sentence and in the cells of a table it is words or code, and ends neither."""
    text = _text(data)
    shown, said = code(text), prose(text)
    assert_inert(shown + said)
    page = f"A {said}, B {shown}.\n\n| a | b |\n|---|---|\n| {said} | {shown} |\n"
    blocks = _markdown_reader().parse(page)
    kinds = [one.type for one in blocks if one.nesting >= 0]
    row = ["tr_open", *["th_open", "inline"] * 2]
    rows = [*row, "tbody_open", *(kind.replace("th", "td") for kind in row)]
    assert kinds == ["paragraph_open", "inline", "table_open", "thead_open", *rows], page
    inside = [child.type for one in blocks for child in one.children or ()]
    assert {*inside} <= {"text", "code_inline"}, page
    assert inside.count("code_inline") == (2 if said == text else 4), page


def _report(data: bytes) -> None:
    """As message, file, hint and source of a problem it commands no terminal, log or pipeline."""
    text = _text(data)
    problem = Problem("code", text, Location(text), text)
    found = [Located(problem, text, 1, len(text) // 2 + 1, _BREAK.split(text)[0])]
    assert_inert(as_text(found, False))
    assert_inert(_OURS.sub("", as_text(found, True)))
    (entry,) = json.loads(as_json(found))["problems"]
    assert entry["message"] == entry["file"] == text
    json.loads(as_sarif(found, "/"))
    command = as_github(found, "/")
    assert_inert(command)
    # As the runner reads it: actions/runner, ActionCommand.cs.
    read = re.fullmatch(r"::error file=([^,:\n]*),line=1,col=\d+,title=code::([^\n]*)\n", command)
    assert read, command
    said = read[2].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert said == printable(text) + ("\n" + printable(text) if text else ""), command


def _cells(data: bytes) -> None:
    """In CSV, in Python and in a shell it is one cell, one string and one word."""
    text = _text(data)
    for one in (text, in_line(text)):
        (cells,) = csv.reader(io.StringIO(line([one, 1, one]), newline=""), strict=True)
        assert cells[0] == cells[2] and cells[1] == "1" and len(cells) == 3
        for part in re.split("[\r\n]", cells[0]):
            assert not _FORMULA.search(part), cells
    literals = to_python(text), to_python({text: [text, (text,)]})
    assert_inert("".join(literals))
    assert ast.literal_eval(literals[0]) == text
    assert ast.literal_eval(literals[1]) == {text: [text, (text,)]}
    assert shlex.split(f"a {shlex.quote(in_line(text))} b") == ["a", in_line(text), "b"]


def _mutated(data: bytes, random: Random) -> bytes:
    """A short one: what a text of 300 letters does not do, a longer one hardly does."""
    return of_text(data, random)[:_MOST]


def _seeds() -> Sequence[bytes]:
    return [text.encode("utf-8", "surrogatepass")[:_MOST] for text in STRINGS.values()]


TARGETS = (
    Target("text_hcl", _seeds, _mutated, _hcl, ".txt", guided=False),
    Target("text_yaml", _seeds, _mutated, _yaml, ".txt", guided=False),
    Target("text_markdown", _seeds, _mutated, _markdown, ".txt", guided=False),
    Target("text_report", _seeds, _mutated, _report, ".txt", guided=False),
    Target("text_cells", _seeds, _mutated, _cells, ".txt", guided=False),
)
