"""What a YAML file is read as."""

from __future__ import annotations

from typing import Any

import pytest

from generator.errors import InputError, Problem
from generator.files.inside import MAX_BYTES
from generator.yaml.load import load_yaml
from generator.yaml.scalars import PlainScalar, typed
from generator.yaml.source import MAX_DEPTH

FILE = "jobs/x.yaml"


def _read(text: str) -> Any:
    return load_yaml(text.encode(), FILE)


def _problem_of(data: str | bytes) -> Problem:
    with pytest.raises(InputError) as caught:
        load_yaml(data.encode() if isinstance(data, str) else data, FILE)
    (problem,) = caught.value.problems
    return problem


def _at(problem: Problem) -> tuple[str, int | None, int | None]:
    assert problem.location is not None
    assert problem.location.file == FILE
    return problem.code, problem.location.line, problem.location.column


@pytest.mark.parametrize(
    "text",
    ["no", "on", "y", "0123", "1_000", "12:30:45", "2024-01-31", "1.10", "1e3", "0x1F", ".inf"]
    + ["true", "+7", "1.4.0", "123456789012", "2024-01-31T00:00:00Z"],
)
def test_unquoted_scalars_keep_the_text_that_was_written(text: str) -> None:
    """YAML 1.1 would make these booleans, octals, sexagesimals or dates; here they stay text."""
    value = _read(f"key: {text}")["key"]
    assert value == text
    assert isinstance(value, PlainScalar)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_unquoted_nulls_are_none(text: str) -> None:
    """The null forms of the core schema are None."""
    assert _read(f"key: {text}") == {"key": None}


@pytest.mark.parametrize("text", ["'no'", '"0123"', "'~'", '"null"', "''", "|-\n  no", "!!str no"])
def test_quoted_scalars_are_plain_text(text: str) -> None:
    """Quotes, block scalars and !!str say that a value is text, so no field retypes it."""
    value = _read(f"key: {text}")["key"]
    assert type(value) is str
    assert typed(value) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("FALSE", False), ("12", 12), ("-3", -3), ("+7", 7), ("0", 0), ("1.50", 1.5)]
    + [("1e3", 1000.0), (".5", 0.5), ("1.", 1.0), ("-0.25e-2", -0.0025)],
)
def test_resolve_gives_core_types(text: str, value: object) -> None:
    """Where no field wants text, an unquoted scalar has its YAML 1.2 type."""
    found = typed(_read(f"[{text}]"))[0]
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "0123", "1_000", "12:30:45", "2024-01-31", "0x1F", ".inf", "1e999", "1.4.0"],
)
def test_resolve_leaves_the_rest_text(text: str) -> None:
    """What only YAML 1.1 types stays text, and so does a number that is no finite one."""
    found = typed(_read(f"[{text}]"))[0]
    assert (type(found), found) == (str, text)


def test_a_number_of_thousands_of_digits_is_text() -> None:
    """Python refuses to convert such numbers, and nobody means them."""
    assert typed(_read("[" + "9" * 5000 + "]")) == ["9" * 5000]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "--- ~\n", "\n\n"])
def test_an_empty_file_is_none(text: str) -> None:
    """A file without content is None, not an error."""
    assert _read(text) is None


def test_keys_are_text() -> None:
    """A key is the text that was written, whatever its type would be as a value."""
    assert list(_read("{no: 1, 0123: 2, 2024-01-31: 3, ~: 4, 'on': 5}")) == [
        "no",
        "0123",
        "2024-01-31",
        "null",
        "on",
    ]


def test_byte_order_mark_and_line_breaks_do_not_matter() -> None:
    """A byte order mark is skipped; CRLF and CR end lines as LF does."""
    for ending in ("\n", "\r\n", "\r"):
        text = ending.join(["a: 1", "b:", "  - x", "c: |", "  one", "  two", ""])
        expected = {"a": "1", "b": ["x"], "c": "one\ntwo\n"}
        assert load_yaml(b"\xef\xbb\xbf" + text.encode(), FILE) == expected


def test_next_line_characters_in_quotes_stay_in_one_value() -> None:
    """Unusual line breaks inside double quotes reach the value as they are escaped."""
    assert _read(r'a: "x\u2028y\Nz"') == {"a": "x\u2028y\x85z"}


# Aliases and merge keys.


def test_aliases_stand_for_what_they_name() -> None:
    """An anchor may stand on a mapping, a list, a scalar or a key."""
    text = "&name key: &m {x: &s 1}\nm: *m\ns: *s\nname: *name\n"
    assert _read(text) == {"key": {"x": "1"}, "m": {"x": "1"}, "s": "1", "name": "key"}


def test_an_anchor_may_be_set_again() -> None:
    """An alias means the nearest anchor of that name before it (YAML 1.2.2, section 3.2.2.2)."""
    assert _read("[&a 1, *a, &a 2, *a]") == ["1", "1", "2", "2"]


def test_merge_keys() -> None:
    """A mapping's own keys win, then the first of the mappings that << names."""
    text = """
    one: &one {a: 1, b: 1}
    two: &two {b: 2, c: 2}
    three: {<<: [*one, *two], c: 3}
    four: {d: 4, <<: *two}
    five: {"<<": text}
    """
    found = _read(text)
    assert found["three"] == {"a": "1", "b": "1", "c": "3"}
    assert found["four"] == {"b": "2", "c": "2", "d": "4"}
    assert found["five"] == {"<<": "text"}


@pytest.mark.parametrize("text", ["{<<: text}", "{<<: [1]}", "{<<: }"])
def test_merge_keys_take_mappings(text: str) -> None:
    """Anything else behind << is an error at it."""
    assert _at(_problem_of(text)) == ("odd-merge", 1, 2)


def test_an_alias_bomb_is_refused() -> None:
    """Aliases are counted in full: nine levels of nine are half a million million values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 13)]
    problem = _problem_of("\n".join(lines))
    assert problem.code == "too-many-nodes"
    assert problem.location is not None
    assert problem.location.line in range(4, 8)


def test_a_long_text_behind_many_aliases_is_refused() -> None:
    """Text counts too: a thousand aliases of half a mebibyte would be half a gibibyte."""
    text = "a: &a " + "x" * 500_000 + "\nb: [" + ", ".join(["*a"] * 1000) + "]\n"
    assert _problem_of(text).code == "too-many-nodes"


def test_a_long_text_is_fine() -> None:
    """One scalar may be as long as a file may be."""
    assert len(_read("a: " + "x" * 1_000_000)["a"]) == 1_000_000


def test_an_alias_of_itself_is_refused() -> None:
    """A mapping cannot hold itself."""
    assert _at(_problem_of("a: &a\n  b: *a\n")) == ("unknown-alias", 2, 6)


# What is refused, and where.


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("a: 1\na: 2\n", (2, 1)),
        ("a:\n  b:\n    - {c: 1, d: 2, c: 3}\n", (3, 20)),
        ("a: &x {b: 1, b: 2}\nc: *x\n", (1, 14)),
        ("1: a\n'1': b\n", (2, 1)),
        ("null: a\n~: b\n", (2, 1)),
    ],
)
def test_duplicate_keys_are_refused_at_any_depth(text: str, location: tuple[int, int]) -> None:
    """The second of two equal keys is the error's place."""
    assert _at(_problem_of(text)) == ("duplicate-key", *location)


@pytest.mark.parametrize(
    "text", ["{[a]: 1}", "{{a: b}: 1}", "? - a\n: 1", "a: {{terraform_outputs.x}}"]
)
def test_keys_are_scalars(text: str) -> None:
    """A list or mapping as a key, as unquoted {{...}} makes one, is refused with a way out."""
    problem = _problem_of(text)
    assert problem.code == "odd-key"
    assert "quotes" in problem.hint


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!secret", "!!binary", "!!set"])
def test_tags_are_refused(tag: str) -> None:
    """Only the tags of the core schema are known: nothing constructs an object."""
    assert _at(_problem_of(f"a: {tag} x")) == ("unknown-tag", 1, 4)
    assert _problem_of(f"a: {tag} {{x: 1}}").code == "unknown-tag"


def test_core_tags_are__read() -> None:
    """The explicit tags of the core schema have their meaning."""
    text = "{a: !!str 1, b: !!int '2', c: !!null x, d: !!map {e: !!seq [1]}, f: !!bool 'true'}"
    assert typed(_read(text)) == {"a": "1", "b": 2, "c": None, "d": {"e": [1]}, "f": True}


def test_one_document_a_file() -> None:
    """A second document is refused where it starts."""
    assert _at(_problem_of("a: 1\n---\nb: 2\n")) == ("many-documents", 2, 1)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opening: str) -> None:
    """Nesting is bounded well before Python's recursion is."""
    assert _problem_of(opening * 100_000).code in ("too-deep", "yaml-syntax")
    fine = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert _read(fine) is not None
    assert _at(_problem_of(f"[{fine}]")) == ("too-deep", 1, MAX_DEPTH + 1)


def test_files_are_bounded() -> None:
    """A file has 1 MiB at most."""
    assert load_yaml(b"#" * MAX_BYTES, FILE) is None
    assert _problem_of(b"#" * (MAX_BYTES + 1)).code == "file-too-large"


def test_not_utf_8() -> None:
    """Line and column count characters up to the first byte that is not UTF-8."""
    assert _at(_problem_of("a: b\nä: ".encode() + b"\xff")) == ("not-utf-8", 2, 4)
    assert _at(_problem_of(b"\xef\xbb\xbfa: \xff")) == ("not-utf-8", 1, 4)
    assert _problem_of("a: ä".encode("utf-16")).code == "not-utf-8"
    assert _problem_of("a: ä".encode("latin-1")).code == "not-utf-8"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_control_characters_are_refused_at_their_place(character: str) -> None:
    """NUL and its like are no part of a YAML file; the message names the character."""
    problem = _problem_of(f"a: 1\nä: b{character}c\n")
    assert _at(problem) == ("yaml-syntax", 2, 5)
    assert f"U+{ord(character):04X}" in problem.message


@pytest.mark.parametrize(
    ("text", "location", "hint"),
    [
        ("a:\n\tb: 1\n", (2, 1), "spaces"),
        ("a: b: c\n", (1, 5), "quotes"),
        ("a: @x\n", (1, 4), "quotes"),
        ("a: `x`\n", (1, 4), "quotes"),
        ("a: 'x\n", (1, 4), "close"),
        ("a: [x\n", (2, 1), "not closed"),
        ("a: {b: ${X}}\n", (1, 9), "quotes"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "indented"),
        ("a: 1\nb\n", (3, 1), "colon"),
        ('a: "\\q"\n', (1, 5), "single quotes"),
    ],
)
def test_syntax_errors_say_where_and_what_to_do(
    text: str, location: tuple[int, int], hint: str
) -> None:
    """What libyaml found is told at its place, with what it usually takes to mend it."""
    problem = _problem_of(text)
    assert _at(problem) == ("yaml-syntax", *location)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('a: "b\nc: d\n', 1, 4),
        ('x: 1\na: "b\nc: "d"\ne: f\n', 2, 4),
        ("x: [1, 'a\n  b: 'c', 2]\n", 1, 8),
    ],
)
def test_an_open_quote_is_told_where_it_opens(text: str, line: int, column: int) -> None:
    """Not where the next quote, or the end of the file, closes it."""
    with pytest.raises(InputError) as caught:
        load_yaml(text.encode(), "a.yaml")

    (problem,) = caught.value.problems
    assert problem.location is not None
    assert (problem.location.line, problem.location.column) == (line, column)
    assert "that opens here is not closed" in problem.message
