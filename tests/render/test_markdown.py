"""Text of job files in a README is shown, never read as Markdown, HTML or Mermaid."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from generator.render.markdown import code, prose
from generator.render.render import render
from tests.render.plans import TEXT, plan, with_values

_SPAN = re.compile(r"`[^`\n]+`")
# What could start a construct, once code spans are gone.
_ACTIVE = re.compile(r"[*<>\[\]!|`&~$@#\\^{}]|://|www\.|_\b|\b_", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a", "`a`"),
        ("", '`""`'),
        (" a", '`" a"`'),
        ("${x}", "`${x}`"),
        ("a|b`c", "`a\\u007cb\\u0060c`"),
        ("a\\|b", "`a\\\\\\u007cb`"),
        ("a\nb", "`a\\nb`"),
        ("<!-- x", "`<!-- x`"),
        ("\u202eevil", "`\\u202eevil`"),
    ],
)
def test_code(text: str, shown: str) -> None:
    """A code span shows every character, one way for each text."""
    assert code(text) == shown


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AWS, us-east-1", True),
        ("1 vCPU, 2 GiB", True),
        ("snake_case", True),
        ("_emphasis_", False),
        ("*", False),
        ("www.example.com", False),
        ("https://example.com", False),
        ("who@example.com", False),
        (":smile:", False),
        ("[a](b)", False),
        ("- item", False),
        ("", False),
    ],
)
def test_prose(text: str, plain: bool) -> None:
    """Words stay words; what some Markdown gives a meaning becomes code."""
    assert prose(text) == (text if plain else code(text))


@given(TEXT)
def test_prose_is_inert(text: str) -> None:
    """Outside of a code span nothing active is left."""
    rest = _SPAN.sub("", prose(text))
    assert not _ACTIVE.search(rest)
    assert "\n" not in rest


@given(TEXT, TEXT)
def test_code_tells_texts_apart(one: str, other: str) -> None:
    """Two values that differ do not look the same."""
    if one != other and not any(text.startswith('"') for text in (one, other)):
        assert code(one) != code(other)


@given(TEXT)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_tables_of_a_readme_keep_their_columns(text: str) -> None:
    """No value adds a row, a column, a heading or a block to the README."""
    readme = render(with_values(text, None))["README.md"]
    calm = render(with_values("calm", None))["README.md"]
    assert [_outline(line) for line in readme.split("\n")] == [
        _outline(line) for line in calm.split("\n")
    ]


def _outline(line: str) -> tuple[int, bool, bool]:
    return line.startswith("|") * line.count("|"), line.startswith("#"), line.startswith("```")


def test_readme_says_what_a_reader_needs() -> None:
    """What it is, who owns it, where to edit, how to apply, inputs, outputs, tags, a picture."""
    text = render(plan(identifiers=("cluster", "task")), "infra/out")["README.md"]
    for part in (
        "# stripe-customers (prod)\n",
        "| Owner | `data@acme.example` |\n",
        "[`jobs/acme/stripe.yaml`](../../../../../jobs/acme/stripe.yaml)",
        "cd infra/out/acme/stripe-customers/prod\nterraform init\n",
        "`tofu`",
        "these back from the outputs: `cluster`, `task`.\n",
    ):
        assert part in text


def test_links_cannot_carry_markdown() -> None:
    """A file's name is percent-encoded in a link."""
    text = render(plan(job_file="jobs/a) <b> [c].yaml"))["README.md"]
    assert "](../../../../jobs/a%29%20%3Cb%3E%20%5Bc%5D.yaml)" in text


def test_shell_command_stays_one_word() -> None:
    """An output folder with a strange name is quoted in the commands of the README."""
    line = render(plan(), "out $(x)")["README.md"].split("```sh\n")[1].split("\n")[0]
    assert line == "cd 'out $(x)/acme/stripe-customers/prod'"
