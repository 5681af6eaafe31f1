"""A literal has the value that Terraform gives it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.terraform_run import run
from generator.terraform_text.blocks import body_of
from generator.terraform_text.json_syntax import blocks_in, json_of
from generator.terraform_text.literals import ExpressionError, json_literal, literal
from generator.terraform_text.scan import UnreadableError

# A blank after the closing marker of a heredoc, written ~ here.
NATIVE = r"""
output "quoted" { value = "say \"x\" to C:\\dir\tor \u00e9, $${x} %%{y} $$$${z} 5% $5 \U0001f600" }
output "empty" { value = "" }
output "heredoc" {
  value = <<EOT
  a \n "b" $${c}
    d
EOT~
}
output "flush" {
  value = <<-EOT
    a

      b # no comment
    EOT
}
output "nothing" {
  value = <<EOT
EOT
}
output "numbers" { value = [1, -2, 1.5, 1e3, -0.25] }
output "words" { value = [true, false] }
output "nested" {
  value = { # a comment
    a = "1", "b c" : [[], {}] /* } */
    größe = (("x"))
    1 = {
      d = <<EOT
e
EOT
    }
    (true) = "f",
  }
}
""".replace("~", " ")
JSON = r"""{"output": [
  {"json": {"value": "a \"b\" $${c} \\n 5%", "//": "a comment"}},
  {"deep": [{"value": {"k$${}": [1, "%%{x}", null]}}]}
], "output": {"twice": {"value": "as two blocks"}}}"""


def test_literals_are_what_terraform_makes_of_them(
    tmp_path: Path, terraform_program: Terraform
) -> None:
    """Escapes, heredocs, numbers, nested values, in both syntaxes."""
    (tmp_path / "main.tf").write_text(NATIVE, encoding="utf-8")
    (tmp_path / "more.tf.json").write_text(JSON, encoding="utf-8")
    ran = run(
        terraform_program.path, ["apply", "-auto-approve"], os.fspath(tmp_path), dict(os.environ)
    )
    assert ran.code == 0, ran.stderr
    state = json.loads((tmp_path / "terraform.tfstate").read_text(encoding="utf-8"))
    found = {
        block.labels[0]: literal(block.body().arguments["value"].text)
        for block in body_of(NATIVE).of("output")
    }
    found |= {name: json_literal(body["value"]) for (name,), body in outputs_of_json()}
    assert found == {name: one["value"] for name, one in state["outputs"].items()}
    assert len(found) == 11


def outputs_of_json() -> list[tuple[tuple[str, ...], dict[str, object]]]:
    """The outputs of the file in JSON syntax."""
    return list(blocks_in(json_of(JSON), "output", 1))


@pytest.mark.parametrize(
    "text",
    [
        "var.x",
        '"${x}"',
        '"%{ if a }%{ endif }"',
        "1 + 2",
        "a ? 1 : 2",
        "f(1)",
        "[1, x]",
        "{ a = x }",
    ]
    + ["<<EOT\n${a}\nEOT", '"a" "b"', "{ a = 1 b = 2 }", "[1 2]", "", '"\\q', "[for x in y : x]"],
)
def test_what_has_to_be_calculated_is_no_literal(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ExpressionError):
        literal(text)


def test_templates_of_json_are_no_literals() -> None:
    """Every string of JSON syntax is a template."""
    for value in ("${x}", ["%{ if a }"], {"${k}": 1}):
        with pytest.raises(ExpressionError):
            json_literal(value)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"a": 1} x'])
def test_what_is_no_json_is_told(text: str) -> None:
    """Neither a syntax error nor a depth that no file has gets through."""
    with pytest.raises(UnreadableError):
        json_of(text)
