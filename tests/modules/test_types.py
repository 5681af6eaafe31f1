"""Type constraints are read as Terraform reads them."""

from __future__ import annotations

import pytest
from hypothesis import given

from generator.modules.types import ANY, Type, parse_type
from tests.modules.constraints import PRIMITIVES, types

STRING, NUMBER = Type("string"), Type("number")


@given(types(PRIMITIVES | types().map(lambda kind: kind)))
def test_a_constraint_survives_being_written(kind: Type) -> None:
    """What is written as HCL is read back as the same type."""
    assert parse_type(str(kind)) == kind
    assert str(parse_type(str(kind))) == str(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("string", STRING),
        ("  any ", ANY),
        ("list", Type("list", item=ANY)),
        ("map(any)", Type("map", item=ANY)),
        ("set( list (\nnumber))", Type("set", item=Type("list", item=NUMBER))),
        ("tuple([])", Type("tuple")),
        ("tuple([string, number,])", Type("tuple", items=(STRING, NUMBER))),
        ("object({})", Type("object")),
        ("object({a=string})", Type("object", attributes={"a": STRING})),
        ("object({a = string\nb = number})", Type("object", attributes={"a": STRING, "b": NUMBER})),
        ("object({a : string, b : any,})", Type("object", attributes={"a": STRING, "b": ANY})),
        ('object({"a-b" = string})', Type("object", attributes={"a-b": STRING})),
        ("object({optional = string})", Type("object", attributes={"optional": STRING})),
        ("object({größe = number})", Type("object", attributes={"größe": NUMBER})),
    ],
)
def test_spellings(text: str, kind: Type) -> None:
    """Blanks, line ends, trailing commas and colons are Terraform's own latitude."""
    assert parse_type(text) == kind


@pytest.mark.parametrize(
    "default",
    [
        '"https://example.org/#part"',
        '"a, b) } ] // # /* "',
        r'"a \" } b"',
        '["a", { b = 1 }]',
        "{ a = [1, 2], b = { c = null } }",
        "null",
        "-1.5",
        'jsondecode("[]")',
    ],
)
def test_a_default_of_an_optional_attribute_is_skipped(default: str) -> None:
    """The default is Terraform's business, and no bracket, comma or comment sign in it is ours."""
    kind = parse_type(f"object({{ a = optional(string, {default}), b = number }})")
    assert kind == Type("object", attributes={"a": STRING, "b": NUMBER}, optional=frozenset("a"))


def test_comments_are_skipped() -> None:
    """All three kinds of comments, with brackets in them."""
    text = """object({
      # one { (
      a = string // two } "
      /* three
         b = number */
      c = optional(number) # four
    })"""
    kind = parse_type(text)
    assert kind == Type("object", attributes={"a": STRING, "c": NUMBER}, optional=frozenset("c"))


@pytest.mark.parametrize(
    "text",
    ["", "strin", "list(", "list(string", "list()", "object({a})", "object({a = })", "map(string))"]
    + ["tuple(string)", "object([])", "object({a = optional()})", "string string", '"', "1"],
)
def test_what_is_no_constraint_is_refused(text: str) -> None:
    """Nothing half-read passes for a type."""
    with pytest.raises(ValueError, match=r"."):
        parse_type(text)
