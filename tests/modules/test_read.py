"""What a module declares is read from its files, however they are written."""

from __future__ import annotations

import pytest

from generator.errors import InputError
from generator.modules.read import digest, interface, parse
from generator.modules.types import ANY, Type

TRICKY = rb"""
terraform {
  required_version = ">= 1.9"
}

# variable "not_this" { }
variable "heredoc" {
  description = <<-EOT
    First "line" of C:\dir, $${literal}.
      Indented.
  EOT
  type = object({
    a = optional(string, "https://x") # comment {
    /* b = string */
    c = map(list(number)) // }
  })
  default   = {}
  sensitive = true

  validation {
    condition     = var.heredoc.c != null && can(regex("^[a-z]{1,3}$", var.heredoc.a))
    error_message = "The value must say \"c\", not type = string."
  }
}

variable bare {}

variable "quoted" {
  description = "Says \"hi\" to C:\\dir\nand $${x}, %%{y}, \u00e9."
  type        = string
  nullable    = false
  ephemeral   = true
  default     = null
}

output "o" {
  description = "Out."
  value       = { variable = "x", output = [for v in [1] : v] }
  sensitive   = true
}

output "plain" { value = 1 }
"""


def test_a_tricky_module() -> None:
    """Heredocs, comments in types, unquoted names, validations, escapes."""
    found = interface(parse({"main.tf": TRICKY}, "m"))
    assert list(found.variables) == ["bare", "heredoc", "quoted"]
    heredoc, bare, quoted = (found.variables[n] for n in ("heredoc", "bare", "quoted"))
    assert heredoc.description == 'First "line" of C:\\dir, ${literal}.\n  Indented.'
    assert str(heredoc.type) == "object({ a = optional(string), c = map(list(number)) })"
    assert (heredoc.required, heredoc.nullable, heredoc.sensitive) == (False, True, True)
    assert (bare.type, bare.required, bare.description, bare.nullable) == (ANY, True, "", True)
    assert quoted.description == 'Says "hi" to C:\\dir\nand ${x}, %{y}, é.'
    assert (quoted.required, quoted.nullable, quoted.sensitive) == (False, False, False)
    assert [(o.name, o.description, o.sensitive) for o in found.outputs.values()] == [
        ("o", "Out.", True),
        ("plain", "", False),
    ]


def test_defaults_of_attributes_are_no_part_of_a_type() -> None:
    """Two types that differ in defaults only are one type."""
    module = b'variable "v" {\n  type = object({ a = optional(list(string), ["x"]) })\n}\n'
    attributes = {"a": Type("list", item=Type("string"))}
    kind = interface(parse({"v.tf": module}, "m")).variables["v"].type
    assert kind == Type("object", attributes=attributes, optional=frozenset("a"))


def test_a_type_that_we_cannot_read_counts_as_any() -> None:
    """Terraform has the last word on types that it may learn in future."""
    found = interface(parse({"v.tf": b'variable "v" {\n  type = stream(string)\n}\n'}, "m"))
    assert found.variables["v"].type == ANY
    assert found.variables["v"].text == "stream(string)"


@pytest.mark.parametrize(
    "text", [b'variable "a" {\n  type = \n}', b'variable "a" {', b'output "\xff" {}']
)
def test_what_is_no_hcl_is_told_by_file(text: bytes) -> None:
    """The error names the file of the module."""
    with pytest.raises(InputError) as caught:
        parse({"ok.tf": b"", "bad.tf": text}, "modules/m")
    (problem,) = caught.value.problems
    assert problem.code == "module-syntax"
    assert problem.place and problem.place.file == "modules/m/bad.tf"


def test_only_what_declares_counts_in_the_digest() -> None:
    """A change elsewhere in a module, or of line endings, leaves what is known of it."""
    files = {"main.tf": b"locals {}\n", "variables.tf": b'variable "a" {\n}\n'}
    assert digest(files) == digest({"variables.tf": b'variable "a" {\r\n}\r\n'})
    assert digest(files) != digest({"variables.tf": b'variable "b" {\n}\n'})
    assert digest(files) != digest({**files, "more.tf": b'\xef\xbb\xbfoutput "x" {}'})


def test_a_byte_order_mark_is_no_part_of_a_module() -> None:
    """Files that an editor on Windows saved."""
    assert list(parse({"v.tf": b'\xef\xbb\xbfvariable "a" {}\r\n'}, "m")["variables"]) == ["a"]
