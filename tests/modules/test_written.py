"""What is written from the modules reads well."""

from __future__ import annotations

import re

import pytest

from generator.modules.types import parse_type
from scripts import module_readmes
from scripts.pages import module_names, prose


@pytest.mark.parametrize("name", module_names())
def test_every_row_of_a_table_has_its_cells(name: str) -> None:
    """No description breaks a table: each row has as many bars as its head."""
    lines = module_readmes.page(name)
    width = 0
    for line in lines:
        bars = len(re.findall(r"(?<!\\)\|", line))
        if line.startswith("|---"):
            width = bars
        assert not line.startswith("| ") or not width or bars in (width, 3, 4, 5), line
        width = width if line.startswith("|") else 0
        assert not (width and line.startswith("|")) or bars == width, line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("two\n  lines", "two lines"),
        ("*all* of <b>", r"\*all\* of \<b\>"),
        ("code `*a* | <b>`, open `", r"code `*a* \| <b>`, open \`"),
        ("snake_case and _lead", r"snake_case and \_lead"),
        ("costs $1 and $2", r"costs \$1 and \$2"),
        ("[link](url) ~~x~~", r"\[link\](url) \~\~x\~\~"),
        ("C:\\dir", r"C:\\dir"),
    ],
)
def test_descriptions_are_text_in_markdown(text: str, shown: str) -> None:
    """What Markdown would read as more than words is escaped, and a cell stays on its line."""
    assert prose(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        'object({a = optional(string, "x, {y}"), b = list(object({c = number, d = bool}))})',
        "map(object({a = object({b = string}), c = tuple([string, any])}))",
        "object({})",
        "list(string)",
    ],
)
def test_a_long_type_keeps_its_meaning(text: str) -> None:
    """A type that is shown over several lines is still that type."""
    assert parse_type(module_readmes.pretty(text)) == parse_type(text)


def test_a_long_type_has_an_attribute_a_line() -> None:
    """Aligned as `terraform fmt` would."""
    shown = module_readmes.pretty("object({a = string, long = optional(object({b = number}), {})})")
    assert shown == (
        "object({\n  a    = string\n  long = optional(object({\n    b = number\n  }), {})\n})"
    )
